// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which of the open incidents a conversation is about. */
final class ConversationIncidents {

    private final CommandContext context;

    ConversationIncidents(CommandContext facts) {
        this.context = facts;
    }

    /** Those that were told here; else those that touch the pull request. */
    List<IncidentView> relevant() {
        List<IncidentView> said = open().stream()
                .filter(view -> context.notifiedHere().contains(view.id()))
                .toList();
        return said.isEmpty() ? touching() : said;
    }

    /** Those that hit this pull request. */
    List<IncidentView> touching() {
        Conversation here = context.conversation();
        return here.pull()
                ? inRepository().stream()
                        .filter(view -> view.pulls().contains(here.number()))
                        .toList()
                : List.of();
    }

    /** Those of this repository. */
    List<IncidentView> inRepository() {
        String repository = context.conversation().repository().fullName().toLowerCase(Locale.ROOT);
        return open().stream()
                .filter(view -> view.latest() != null && view.latest().repository() != null
                        ? view.latest().repository().toLowerCase(Locale.ROOT).equals(repository)
                        : view.title().toLowerCase(Locale.ROOT).contains(repository))
                .toList();
    }

    /** The open incident that a job belongs to. */
    List<IncidentView> ofJob(String job) {
        return inRepository().stream()
                .filter(view -> view.lanes().contains(job))
                .toList();
    }

    /** All, newest first. */
    List<IncidentView> open() {
        return context.incidents().stream()
                .filter(view -> view.state() == IncidentState.OPEN)
                .sorted(Comparator.comparing(IncidentView::openedAt).reversed())
                .toList();
    }
}
