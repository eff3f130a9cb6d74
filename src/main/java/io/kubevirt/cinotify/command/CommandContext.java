// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known when a command is answered.
 *
 * @param comment what was written, and where
 * @param now when it is answered
 * @param trusted whether Prow would trust the writer: an org member, a collaborator, a trusted author
 * @param head the commit of the pull request; null for an issue, or where it is not known
 * @param failedChecks what is red on that commit; empty for an issue
 * @param checksError why GitHub could not be asked for it; null if it could
 * @param incidents the incidents that are open or just over
 * @param notifiedHere the identities of incidents that were told in this conversation
 * @param recentCommands commands of the last hour by this person or in this conversation, and whatever was refused in it
 * @param reassignments where people reassigned
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

    /** Copies the lists. */
    public CommandContext {
        failedChecks = List.copyOf(failedChecks);
        incidents = List.copyOf(incidents);
        notifiedHere = List.copyOf(notifiedHere);
        recentCommands = List.copyOf(recentCommands);
        reassignments = List.copyOf(reassignments);
    }

    /** The conversation. */
    public Conversation conversation() {
        return comment.conversation();
    }

    Optional<IncidentView> incident(String id) {
        return incidents.stream()
                .filter(view -> view.id().equals(id.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
