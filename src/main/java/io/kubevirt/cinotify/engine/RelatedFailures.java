// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.TestStats.LaneFailures;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.prow.Lane;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where else the test failed that the message about a lane names, as far as readers of the lane's repository may see. */
record RelatedFailures(Config config, Transaction transaction) {
    private static final Duration LOOK_BACK = Duration.ofDays(7);
    private static final int MOST_LANES = 2;

    Decision.Notify annotate(Decision.Notify notify) {
        Notification notification = notify.notification();
        return sentence(notification)
                .map(text -> new Decision.Notify(notification.withAlsoFailed(text), notify.reasons()))
                .orElse(notify);
    }

    private Optional<String> sentence(Notification notification) {
        IncidentView incident = notification.incident();
        Symptoms symptoms = incident.diagnosis().symptoms();
        if (incident.kind() != IncidentKind.LANE || incident.state().isOver() || symptoms == null) {
            return Optional.empty();
        }
        return symptoms.failingTests().stream().findFirst().flatMap(test -> incident.repository()
                .flatMap(Repository::parse)
                .map(repository -> lanes(test, repository, notification))
                .filter(lanes -> !lanes.isEmpty())
                .map(RelatedFailures::sentence));
    }

    /** Without those of the incident; in its repository by their job. */
    private List<String> lanes(String test, Repository repository, Notification notification) {
        DigestPeriod period = DigestPeriod.before(notification.decidedAt().plusMillis(1), LOOK_BACK);
        List<String> own = notification.incident().lanes().stream()
                .map(job -> new Lane(repository, job).toString())
                .toList();
        String prefix = repository + " ";
        return new TestRanking(transaction, new VisibilityResolver(config, transaction).readersOf(repository))
                .lanes(test, period).stream()
                        .map(LaneFailures::lane)
                        .filter(lane -> !own.contains(lane))
                        .map(lane -> lane.startsWith(prefix) ? lane.substring(prefix.length()) : lane)
                        .toList();
    }

    private static String sentence(List<String> lanes) {
        int more = lanes.size() - MOST_LANES;
        return "within " + LOOK_BACK.toDays() + " days this test also failed on "
                + String.join(", ", lanes.subList(0, Math.min(MOST_LANES, lanes.size())))
                + (more > 0 ? " and " + Plural.of(more, "more lane") : "");
    }
}
