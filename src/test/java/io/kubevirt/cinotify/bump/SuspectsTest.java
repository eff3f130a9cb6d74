/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.bump;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a bump may be the reason of what broke after it. */
class SuspectsTest {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");
    private static final Suspects SUSPECTS = new Suspects(Duration.ofHours(24));
    private static final List<String> LANES = List.of("pull-e2e-network");
    private static final Suspects.RedRuns GREEN_BEFORE = (lanes, from, until) -> false;

    @Test
    void theLastBumpBeforeItIsNamedWithTheHours() {
        assertThat(SUSPECTS.of(
                        NOON,
                        LANES,
                        List.of(
                                merged(1, NOON.minus(Duration.ofHours(20))),
                                merged(2, NOON.minus(Duration.ofHours(3)))),
                        GREEN_BEFORE))
                .contains("started 3 h after kubevirt/kubevirtci#2 (kubevirtci-centos-bump) was merged");
    }

    @Test
    void whatWasRedBeforeItIsNotItsWork() {
        assertThat(SUSPECTS.of(
                        NOON, LANES, List.of(merged(2, NOON.minus(Duration.ofHours(3)))), (lanes, from, until) -> true))
                .isEmpty();
    }

    @Test
    void whatCameLaterOrLongBeforeIsNotSuspected() {
        assertThat(SUSPECTS.of(
                        NOON,
                        LANES,
                        List.of(merged(1, NOON.plusSeconds(1)), merged(2, NOON.minus(Duration.ofHours(25)))),
                        GREEN_BEFORE))
                .isEmpty();
    }

    private static BumpPull merged(int number, Instant at) {
        return new BumpPull(
                Repository.of("kubevirt/kubevirtci"),
                number,
                "kubevirtci-centos-bump",
                "Automatic bump of CentOS Stream to latest",
                "https://github.example.org/" + number,
                "cafe",
                at.minusSeconds(3600),
                at.minusSeconds(3600),
                null,
                Map.of(),
                at,
                "f00d",
                null);
    }
}
