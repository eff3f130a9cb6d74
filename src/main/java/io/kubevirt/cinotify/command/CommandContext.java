// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import io.kubevirt.cinotify.prow.JobRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known when a command is executed.
 *
 * @param trusted whether Prow would trust the author: an org member or a collaborator
 * @param head the head commit of the pull request; null for an issue or if unknown
 * @param checksError why GitHub could not be asked for them; null if it could
 * @param notifiedHere the IDs of incidents with a notification in this conversation
 */
public record CommandContext(
        Comment comment,
        Instant now,
        boolean trusted,
        @Nullable String head,
        List<FailedCheck> failedChecks,
        @Nullable String checksError,
        List<IncidentView> incidents,
        List<String> notifiedHere,
        List<CommandLogEntry> recentCommands,
        List<Reassignment> reassignments) {
    public CommandContext {
        failedChecks = List.copyOf(failedChecks);
        incidents = List.copyOf(incidents);
        notifiedHere = List.copyOf(notifiedHere);
        recentCommands = List.copyOf(recentCommands);
        reassignments = List.copyOf(reassignments);
    }

    public Conversation conversation() {
        return comment.conversation();
    }

    /** Open incidents with a notification here; else those that affect the pull request. */
    List<IncidentView> relevantIncidents() {
        List<IncidentView> notified = openIncidents().stream()
                .filter(view -> notifiedHere().contains(view.id()))
                .toList();
        return notified.isEmpty() ? affectingIncidents() : notified;
    }

    private List<IncidentView> affectingIncidents() {
        Conversation here = conversation();
        return here.pull()
                ? incidentsInRepository().stream()
                        .filter(view -> view.pulls().contains(here.number()))
                        .toList()
                : List.of();
    }

    List<IncidentView> incidentsInRepository() {
        if (conversation().isChat()) {
            return openIncidents();
        }
        String repository = conversation().repository().fullName().toLowerCase(Locale.ROOT);
        return openIncidents().stream()
                .filter(view -> view.latest() != null && view.latest().repository() != null
                        ? view.latest().repository().toLowerCase(Locale.ROOT).equals(repository)
                        : view.title().toLowerCase(Locale.ROOT).contains(repository))
                .toList();
    }

    List<IncidentView> incidentsOfJob(String job) {
        return incidentsInRepository().stream()
                .filter(view -> view.lanes().contains(job))
                .toList();
    }

    /** All open ones, newest first. */
    List<IncidentView> openIncidents() {
        return incidents().stream()
                .filter(view -> view.state() == IncidentState.OPEN)
                .sorted(Comparator.comparing(IncidentView::openedAt).reversed())
                .toList();
    }

    Optional<IncidentView> incident(String id) {
        return incidents.stream()
                .filter(view -> view.id().equals(id.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /**
     * A failed run of the head commit of a pull request.
     *
     * @param need whether the pull request needs it to merge
     * @param decision null if the plugin has not seen the run
     */
    public record FailedCheck(
            JobRun run,
            Diagnosis diagnosis,
            Need need,
            @Nullable RunDecision decision) {
        public FailedCheck(JobRun run, Diagnosis diagnosis, Need need) {
            this(run, diagnosis, need, null);
        }

        public FailedCheck with(@Nullable RunDecision decided) {
            return new FailedCheck(run, diagnosis, need, decided);
        }
    }

    /**
     * What was decided when a run failed.
     *
     * @param outcome {@code notified}, {@code suppressed}, {@code held} or {@code failed}
     * @param reason why it was suppressed; null otherwise
     */
    public record RunDecision(String outcome, @Nullable String reason, List<String> trace) {
        public RunDecision {
            trace = List.copyOf(trace);
        }

        String describe() {
            return switch (outcome) {
                case "notified" -> "people were notified";
                case "held" -> "the decision waits to see whether an outage forms";
                default -> "nobody was notified" + (reason == null ? "" : " (" + reason + ")");
            };
        }
    }
}
