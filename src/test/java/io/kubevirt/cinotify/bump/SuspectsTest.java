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
import io.kubevirt.cinotify.settings.SettingsLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When a bump may be the reason of what broke after it. */
class SuspectsTest {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");
    private static final String REPOSITORY = "kubevirt/kubevirtci";
    private static final List<String> LANES = List.of("check-up", "check-provision", "check-network");

    private static final Duration COUNTED = Duration.ofHours(24);

    private static Suspects suspects;

    @BeforeAll
    static void preset() throws Exception {
        suspects = new Suspects(new BumpRules(
                new SettingsLoader(Path.of("config"), null).load().bumpClasses(),
                "prow",
                "operations",
                Duration.ofHours(2),
                Duration.ofHours(24)));
    }

    private static Optional<String> of(List<BumpPull> merged, Map<String, Instant> firstRed) {
        return of(REPOSITORY, merged, firstRed);
    }

    private static Optional<String> of(
            @Nullable String repository, List<BumpPull> merged, Map<String, Instant> firstRed) {
        return suspects.of(new Suspects.Broken(NOON, COUNTED, LANES, repository), merged, (lanes, from, until) -> {
            Map<String, Instant> within = new TreeMap<>(firstRed);
            within.values().removeIf(red -> red.isBefore(from) || red.isAfter(until));
            return within;
        });
    }

    @Test
    void theLastBumpBeforeItIsNamedWithTheHoursUntilTheFirstRedRun() {
        List<BumpPull> merged =
                List.of(merged(2, NOON.minus(Duration.ofHours(3))), merged(1, NOON.minus(Duration.ofHours(20))));

        assertThat(of(merged, Map.of()))
                .contains("started 3 h after kubevirt/kubevirtci#2 (kubevirtci-centos-bump) was merged");
        assertThat(of(merged, Map.of("check-up", NOON.minus(Duration.ofMinutes(150)))))
                .contains("started 30 min after kubevirt/kubevirtci#2 (kubevirtci-centos-bump) was merged");
    }

    @Test
    void whatWasRedBeforeItIsNotItsWorkUnlessMostLanesWereNot() {
        Instant before = NOON.minus(Duration.ofHours(4));
        List<BumpPull> merged = List.of(merged(2, NOON.minus(Duration.ofHours(3))));

        assertThat(of(merged, Map.of("check-up", before, "check-network", before)))
                .isEmpty();
        assertThat(of(merged, Map.of("check-up", before))).isPresent();
    }

    @Test
    void theOneBeforeItIsNamedWhereTheLastCameTooLate() {
        List<BumpPull> merged =
                List.of(merged(1, NOON.minus(Duration.ofHours(5))), merged(2, NOON.minus(Duration.ofHours(1))));
        Map<String, Instant> red =
                Map.of("check-up", NOON.minus(Duration.ofHours(4)), "check-network", NOON.minus(Duration.ofHours(3)));

        assertThat(of(merged, red))
                .hasValueSatisfying(words -> assertThat(words).startsWith("started 1 h after kubevirt/kubevirtci#1"));
    }

    @Test
    void whatCameLaterOrLongBeforeOrElsewhereIsNotSuspected() {
        assertThat(of(List.of(merged(1, NOON.plusSeconds(1)), merged(2, NOON.minus(Duration.ofHours(25)))), Map.of()))
                .isEmpty();
        assertThat(of("kubevirt/kubevirt", List.of(merged(2, NOON)), Map.of())).isEmpty();
        assertThat(of(null, List.of(merged(2, NOON)), Map.of())).isEmpty();
    }

    @Test
    void whatCountsIsTheFirstRedRunAndNotWhenItWasFoundOut() {
        List<BumpPull> merged = List.of(merged(1, NOON.minus(Duration.ofHours(27))));
        Map<String, Instant> slowly = Map.of(
                "check-up",
                NOON.minus(Duration.ofHours(5)),
                "check-network",
                NOON.minus(Duration.ofHours(1)),
                "check-provision",
                NOON);

        assertThat(of(merged, slowly))
                .hasValueSatisfying(words -> assertThat(words).startsWith("started 22 h after kubevirt/kubevirtci#1"));
        assertThat(of(merged, Map.of("check-up", NOON.minus(Duration.ofHours(2)))))
                .as("it began 25 h after the merge")
                .isEmpty();
    }

    @Test
    void whatFailedBeforeItWasCountedIsNotItsBeginning() {
        List<BumpPull> merged = List.of(merged(1, NOON.minus(Duration.ofHours(30))));

        assertThat(of(merged, Map.of("check-up", NOON.minus(Duration.ofHours(26)))))
                .as("a flake of the day before, which no rule has counted")
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
