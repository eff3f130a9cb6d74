// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes of one command.
 *
 * @param verb the command's name: what was answered to it before in the conversation is replaced
 * @param outcome what the reaction on the comment says
 * @param markdown the answer, everything from outside in it escaped; null if the reaction says enough
 * @param labels for each label to be set the names it may have; the first that the repository has is meant
 * @param logEntry how it is remembered
 * @param reassignments what it taught about routing
 */
public record CommandResult(
        String verb,
        Outcome outcome,
        @Nullable String markdown,
        List<List<String>> labels,
        CommandLogEntry logEntry,
        List<Reassignment> reassignments) {

    /** How a command went. */
    public enum Outcome {
        /** What was asked for is done. */
        DONE,
        /** It is not done, and the answer says why. */
        REFUSED
    }

    /** Copies the lists. */
    public CommandResult {
        labels = List.copyOf(labels);
        reassignments = List.copyOf(reassignments);
    }
}
