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
package io.kubevirt.cinotify.app.bump;

import static io.kubevirt.cinotify.app.bump.FollowedBumps.INFRA;
import static io.kubevirt.cinotify.app.bump.FollowedBumps.KUBEVIRT;
import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.PullPayload;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What breaks after a bump names it, in what people read. */
class SuspectsInServeTest {

    private static final String LANE = "pull-kubevirt-e2e-k8s-1.36-sig-compute";
    private static final Duration HOLD = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private FollowedBumps plugin;
    private int build;

    @BeforeEach
    void begin() throws Exception {
        plugin = new FollowedBumps(folder);
    }

    @AfterEach
    void end() throws InterruptedException {
        plugin.close();
    }

    private void merges(String repository, String branch, String title, Duration before) {
        plugin.hears(new PullPayload(repository, 15567, NOON.minus(Duration.ofDays(2)))
                .by("kubevirt-bot", branch, title)
                .merged("9049f1265b7d61be4a8904a9a27120d2064dab3b", plugin.now.minus(before))
                .event("closed"));
    }

    private void fails(String job, int pull) {
        plugin.hears(StatusPayload.failure().job(job).build(++build).pull(pull).ended(plugin.now));
    }

    private Message broken() {
        for (int pull = 1; pull <= 3; pull++) {
            fails(LANE, pull);
        }
        plugin.pass(HOLD);
        return plugin.shown(message -> message.incident().kind() == CaseKind.LANE);
    }

    @Test
    void aLaneThatBreaksAfterItSaysSoAlsoOverARestartAndWhenItIsOver() throws Exception {
        merges(KUBEVIRT, "bump-kubevirtci", "Bump kubevirtci", Duration.ofHours(3));
        plugin.restart();

        String suspicion = "started 3 h after kubevirt/kubevirt#15567 (kubevirtci-bump) was merged";
        assertThat(broken().incident().why()).endsWith("; " + suspicion);

        plugin.pass(Duration.ofHours(1));
        for (int pull = 1; pull <= 3; pull++) {
            plugin.hears(StatusPayload.success().build(++build).pull(pull).ended(plugin.now));
        }
        assertThat(plugin.shown(message -> message.kind() == MessageKind.RESOLVED)
                        .incident()
                        .why())
                .endsWith(suspicion);
    }

    @Test
    void aLaneThatWasRedBeforeItDoesNotNameIt() {
        fails(LANE, 9);
        plugin.pass(Duration.ofHours(1));
        merges(KUBEVIRT, "bump-kubevirtci", "Bump kubevirtci", Duration.ZERO);
        plugin.pass(Duration.ofHours(1));

        assertThat(broken().incident().why()).doesNotContain("#15567");
    }

    @Test
    void anotherRepositorysBumpIsNotSuspectButProwsIs() {
        merges("kubevirt/kubevirtci", "bump-cdi", "Run ./hack/bump-cdi.sh", Duration.ofHours(1));
        merges(INFRA, "prow-autobump", "Bump Prow", Duration.ofHours(2));

        assertThat(broken().incident().why())
                .endsWith("started 2 h after kubevirt/project-infra#15567 (prow-bump) was merged");
    }

    @Test
    void anUnclassifiedPullRequestIsNoSuspect() {
        merges(KUBEVIRT, "brand-new", "Do something", Duration.ofHours(1));

        assertThat(broken().incident().why()).doesNotContain("#15567");
    }

    @Test
    void anOutageSaysSoThoughSomeOfItsLanesWereRedBefore() {
        fails("pull-kubevirt-e2e-0-sig-storage", 9);
        plugin.pass(Duration.ofHours(1));
        merges(INFRA, "project-infra-image-bump", "Bump prow and container images", Duration.ofMinutes(30));
        for (int lane = 0; lane < 9; lane++) {
            for (int pull = 1; pull <= 4; pull++) {
                fails("pull-kubevirt-e2e-" + lane + "-sig-storage", pull);
            }
        }
        plugin.pass(HOLD);

        assertThat(plugin.shown(message -> message.incident().kind() == CaseKind.OUTAGE)
                        .incident()
                        .why())
                .contains("started 30 min after kubevirt/project-infra#15567 (prow-image-bump) was merged");
    }
}
