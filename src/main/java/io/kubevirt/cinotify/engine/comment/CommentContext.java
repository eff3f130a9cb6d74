// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.command.CommandResult;
import io.kubevirt.cinotify.command.IncidentActions;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What answers need of the rest of the program, within one transaction. */
public interface CommentContext {

    /** What it is decided in. */
    Transaction transaction();

    /** When it is decided. */
    Instant now();

    /** The incidents that are open or just over. */
    List<IncidentView> incidents();

    /** The identities of the incidents that were told on GitHub at a place, {@code org/repo#number}. */
    List<String> notifiedIncidents(String place);

    /** Where incidents are opened and changed. */
    IncidentActions actions();

    /** Puts an answer into the outbox. */
    void enqueue(OutgoingMessage.TextMessage letter, List<String> why);

    /** The delivery led to this answer. */
    void markAnswered(String delivery, OutgoingMessage.TextMessage letter, List<String> why);

    /** Lets something be decided when nothing else is. */
    @FunctionalInterface
    interface DecisionGate {

        /** Decides within one transaction; what is given is only good until it ends. */
        List<CommandResult> decide(Function<CommentContext, List<CommandResult>> work);
    }
}
