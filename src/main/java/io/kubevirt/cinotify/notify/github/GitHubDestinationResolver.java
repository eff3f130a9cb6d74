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
 * Destinations of an incident: its own pull request or issue, otherwise a new issue, and comments on affected pull requests if
 * configured. The result depends only on values that never change during an incident, so that its end reaches the destinations of
 * its start.
 */
final class GitHubDestinationResolver {
    /** Maximum number of pull requests with an update of existing comments. */
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

    /** Authors are notified of the start and of the end; reminders are not for them. */
    private static List<String> pulls(Notification notification, int most) {
        int bound =
                switch (notification.kind()) {
                    case OPENED, FOLDED -> most;
                    case RESOLVED, CHANGED -> MOST_TO_CHANGE;
                    case ESCALATED, REMINDED, WORSE, HANDOFF, DIGEST -> 0;
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
