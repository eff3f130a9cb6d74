// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.engine.BumpTestPlugin.INFRA;
import static io.kubevirt.cinotify.engine.BumpTestPlugin.KUBEVIRT;
import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.PullPayload;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notifications name the bump that was merged before a failure. */
class SuspectsInServeTest {

    private static final String LANE = "pull-kubevirt-e2e-k8s-1.36-sig-compute";
    private static final Duration HOLD = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private BumpTestPlugin plugin;
    private int build;

    @BeforeEach
    void begin() throws Exception {
        plugin = new BumpTestPlugin(folder);
    }

    @AfterEach
    void end() throws InterruptedException {
        plugin.close();
    }

    private void merges(String repository, String branch, String title, Duration before) {
        plugin.receives(new PullPayload(repository, 15567, NOON.minus(Duration.ofDays(2)))
                .by("kubevirt-bot", branch, title)
                .merged("9049f1265b7d61be4a8904a9a27120d2064dab3b", plugin.now.minus(before))
                .event("closed"));
    }

    private void fails(String job, int pull) {
        plugin.receives(
                StatusPayload.failure().job(job).build(++build).pull(pull).ended(plugin.now));
    }

    private Notification broken() {
        for (int pull = 1; pull <= 3; pull++) {
            fails(LANE, pull);
        }
        plugin.pass(HOLD);
        return plugin.shown(message -> message.incident().kind() == IncidentKind.LANE);
    }

    @Test
    void aLaneThatFailsAfterABumpNamesItAlsoAfterARestartAndWhenResolved() throws Exception {
        merges(KUBEVIRT, "bump-kubevirtci", "Bump kubevirtci", Duration.ofHours(3));
        plugin.restart();

        String suspicion = "started 3 h after kubevirt/kubevirt#15567 (kubevirtci-bump) was merged";
        assertThat(broken().incident().why()).endsWith("; " + suspicion);

        plugin.pass(Duration.ofHours(1));
        for (int pull = 1; pull <= 3; pull++) {
            plugin.receives(StatusPayload.success().build(++build).pull(pull).ended(plugin.now));
        }
        assertThat(plugin.shown(message -> message.kind() == NotificationKind.RESOLVED)
                        .incident()
                        .why())
                .endsWith(suspicion);
    }

    @Test
    void aLaneThatFailedBeforeTheBumpDoesNotNameIt() {
        fails(LANE, 9);
        plugin.pass(Duration.ofHours(1));
        merges(KUBEVIRT, "bump-kubevirtci", "Bump kubevirtci", Duration.ZERO);
        plugin.pass(Duration.ofHours(1));

        assertThat(broken().incident().why()).doesNotContain("#15567");
    }

    @Test
    void aBumpOfAnotherRepositoryIsNoSuspectUnlessItsClassIsEverywhere() {
        merges("kubevirt/kubevirtci", "bump-cdi", "Run ./hack/bump-cdi.sh", Duration.ofHours(1));
        merges(INFRA, "prow-autobump", "Bump Prow", Duration.ofHours(2));

        assertThat(broken().incident().why())
                .endsWith("started 2 h after kubevirt/project-infra#15567 (prow-bump) was merged");
    }

    @Test
    void anUnclassifiedBumpIsNoSuspect() {
        merges(KUBEVIRT, "brand-new", "Do something", Duration.ofHours(1));

        assertThat(broken().incident().why()).doesNotContain("#15567");
    }

    @Test
    void anOutageNamesTheBumpEvenIfSomeLanesFailedBefore() {
        fails("pull-kubevirt-e2e-0-sig-storage", 9);
        plugin.pass(Duration.ofHours(1));
        merges(INFRA, "project-infra-image-bump", "Bump prow and container images", Duration.ofMinutes(30));
        for (int lane = 0; lane < 9; lane++) {
            for (int pull = 1; pull <= 4; pull++) {
                fails("pull-kubevirt-e2e-" + lane + "-sig-storage", pull);
            }
        }
        plugin.pass(HOLD);

        assertThat(plugin.shown(message -> message.incident().kind() == IncidentKind.OUTAGE)
                        .incident()
                        .why())
                .contains("started 30 min after kubevirt/project-infra#15567 (prow-image-bump) was merged");
    }
}
