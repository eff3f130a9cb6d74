// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The open incidents that a conversation is about. */
final class ConversationIncidents {

    private final CommandContext context;

    ConversationIncidents(CommandContext context) {
        this.context = context;
    }

    /** Those with a notification here; else those that affect the pull request. */
    List<IncidentView> relevant() {
        List<IncidentView> notified = open().stream()
                .filter(view -> context.notifiedHere().contains(view.id()))
                .toList();
        return notified.isEmpty() ? affecting() : notified;
    }

    /** Those with a failed run of this pull request. */
    private List<IncidentView> affecting() {
        Conversation here = context.conversation();
        return here.pull()
                ? inRepository().stream()
                        .filter(view -> view.pulls().contains(here.number()))
                        .toList()
                : List.of();
    }

    /** Those of the repository. */
    List<IncidentView> inRepository() {
        String repository = context.conversation().repository().fullName().toLowerCase(Locale.ROOT);
        return open().stream()
                .filter(view -> view.latest() != null && view.latest().repository() != null
                        ? view.latest().repository().toLowerCase(Locale.ROOT).equals(repository)
                        : view.title().toLowerCase(Locale.ROOT).contains(repository))
                .toList();
    }

    /** Those of a job. */
    List<IncidentView> ofJob(String job) {
        return inRepository().stream()
                .filter(view -> view.lanes().contains(job))
                .toList();
    }

    /** All open ones, newest first. */
    List<IncidentView> open() {
        return context.incidents().stream()
                .filter(view -> view.state() == IncidentState.OPEN)
                .sorted(Comparator.comparing(IncidentView::openedAt).reversed())
                .toList();
    }
}
