// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.github;

import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an incident is told: in its own conversation if it has one, in one issue if no pull request is its place, else
 * quietly. What decides this stays the same as long as an incident lives, so that its end is told where its beginning was.
 */
final class GitHubDestinationResolver {

    /** So many pull requests are looked after when there is something to change in what stands there. */
    private static final int MOST_TO_CHANGE = 100;

    private GitHubDestinationResolver() {}

    static List<String> resolve(Notification notification, GitHubConfig config) {
        IncidentView incident = notification.incident();
        if (incident.conversation() != null) {
            return List.of(incident.conversation());
        }
        List<String> destinations = new ArrayList<>();
        boolean ofPulls =
                incident.kind() == IncidentKind.LANE && !incident.pulls().isEmpty();
        if (config.repository() != null && (!ofPulls || config.issuesForLanes())) {
            destinations.add(config.repository().fullName());
        }
        if (wantsComments(incident, config)) {
            destinations.addAll(pulls(notification, config.maxComments()));
        }
        return destinations;
    }

    private static boolean wantsComments(IncidentView incident, GitHubConfig config) {
        return switch (config.comments()) {
            case NEVER -> false;
            case BLOCKING -> incident.blocking();
            case ALWAYS -> true;
        };
    }

    /** Authors are told once, and of the end; nobody reminds them of what is not theirs. */
    private static List<String> pulls(Notification notification, int most) {
        int bound =
                switch (notification.kind()) {
                    case OPENED, FOLDED -> most;
                    case RESOLVED, CHANGED -> MOST_TO_CHANGE;
                    case ESCALATED, REMINDED, HANDOFF, DIGEST -> 0;
                };
        IncidentView incident = notification.incident();
        return repository(incident).stream()
                .flatMap(
                        repository -> incident.pulls().stream().limit(bound).map(pull -> destination(repository, pull)))
                .toList();
    }

    private static Optional<Repository> repository(IncidentView incident) {
        return Optional.ofNullable(incident.latest()).map(FailedRun::repository).flatMap(Repository::parse);
    }

    private static String destination(Repository repository, int pull) {
        return GitHubDestination.conversation(repository, pull).toString();
    }
}
