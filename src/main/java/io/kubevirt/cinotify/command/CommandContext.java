// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.VisibilityPolicy;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Lane;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known when a command is executed.
 *
 * @param trusted whether Prow would trust the author: an org member or a collaborator
 * @param head the head commit of the pull request; null for an issue or if unknown
 * @param checksError why GitHub could not be asked for them; null if it could
 * @param incidents those that readers of the conversation may see
 * @param withheld the others
 * @param mayShow whether they may see what is known of a job
 * @param jobFiles what the pull request changes; null if its repository has no job configuration, or nobody asks
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
        List<IncidentView> withheld,
        Predicate<Lane> mayShow,
        List<String> notifiedHere,
        List<CommandLogEntry> recentCommands,
        List<Reassignment> reassignments,
        @Nullable JobFiles jobFiles) {
    public CommandContext {
        failedChecks = List.copyOf(failedChecks);
        incidents = List.copyOf(incidents);
        withheld = List.copyOf(withheld);
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
        String repository = conversation().repository().fullName();
        return openIncidents().stream()
                .filter(view -> view.repository()
                        .map(repository::equalsIgnoreCase)
                        .orElseGet(() -> names(view.title(), repository)))
                .toList();
    }

    /** Whether a title has the whole name of a repository; that of another one may begin or end with it. */
    private static boolean names(String title, String repository) {
        return Pattern.compile("(?i)(^|[^\\w./:-])" + Pattern.quote(repository) + "($|[^\\w./-])")
                .matcher(title)
                .find();
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
        return find(incidents, id);
    }

    /** An incident that must not be shown here; a member who knows its id may change it. */
    Optional<IncidentView> withheld(String id) {
        return find(withheld, id);
    }

    /** How many open ones must not be shown here, in a sentence; empty if there are none. */
    Optional<String> noteOnWithheld() {
        int open = (int) withheld.stream()
                .filter(view -> view.state() == IncidentState.OPEN)
                .count();
        return new VisibilityPolicy.Selection<>(List.of(), open).note().map(note -> "Also " + note + ".");
    }

    private static Optional<IncidentView> find(List<IncidentView> views, String id) {
        return views.stream()
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
