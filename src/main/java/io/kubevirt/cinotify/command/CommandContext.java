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
 * What is known when a command is executed.
 *
 * @param comment the comment with the command
 * @param now when it is executed
 * @param trusted whether Prow would trust the author: an org member or a collaborator
 * @param head the head commit of the pull request; null for an issue or if unknown
 * @param failedChecks the failed checks of that commit; empty for an issue
 * @param checksError why GitHub could not be asked for them; null if it could
 * @param incidents the open and recently resolved incidents
 * @param notifiedHere the IDs of incidents with a notification in this conversation
 * @param recentCommands recent commands by this person or in this conversation
 * @param reassignments all stored reassignments
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
