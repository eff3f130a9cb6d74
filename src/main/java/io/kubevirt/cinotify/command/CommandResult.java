// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one command.
 *
 * @param verb the verb; the reply replaces the last one to this verb in the conversation
 * @param markdown the reply, with outside text escaped; null for a reaction only
 * @param labels for each label its possible names; the first one that the repository has is set
 */
public record CommandResult(
        String verb,
        Outcome outcome,
        @Nullable String markdown,
        List<List<String>> labels,
        CommandLogEntry logEntry,
        List<Reassignment> reassignments) {
    public enum Outcome {
        DONE,
        /** It was not executed; the reply has the reason. */
        REFUSED
    }

    public CommandResult {
        labels = List.copyOf(labels);
        reassignments = List.copyOf(reassignments);
    }
}
