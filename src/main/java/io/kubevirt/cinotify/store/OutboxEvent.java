// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.store.OutboxState.BATCHED;
import static io.kubevirt.cinotify.store.OutboxState.DEAD;
import static io.kubevirt.cinotify.store.OutboxState.SENDING;
import static io.kubevirt.cinotify.store.OutboxState.UNKNOWN;
import static io.kubevirt.cinotify.store.OutboxState.WAITING;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The transitions of a message at a destination: nothing else changes its state. A message is claimed while its destination
 * is; that is no state of its own, since a claim alone changes nothing that people see.
 */
public enum OutboxEvent {
    /** From now on it may be visible, whatever becomes of this process. */
    WRITE_STARTED(SENDING, "a writing request is about to be sent", WAITING, SENDING, UNKNOWN),
    /** The claim of a dead or paused process was ended. */
    CLAIM_ENDED(UNKNOWN, "nobody recorded how the writing request ended", SENDING),
    OUTCOME_UNKNOWN(UNKNOWN, "it may be, or may still become, visible", WAITING, SENDING, UNKNOWN),
    NOT_SENT(WAITING, "it is certainly not visible", WAITING, SENDING, UNKNOWN),
    SENT(OutboxState.SENT, "the channel accepted it", WAITING, SENDING, UNKNOWN),
    FOUND(OutboxState.SENT, "a lookup found it", WAITING, SENDING, UNKNOWN),
    SUPERSEDED(OutboxState.REPLACED, "a newer message contains it", WAITING, UNKNOWN),
    RESOLVED(OutboxState.STALE, "it was resolved before it was sent", WAITING, UNKNOWN),
    GIVEN_UP(DEAD, "no retry can succeed, or the retries are exhausted", WAITING, SENDING, UNKNOWN),
    BATCH(BATCHED, "the rate limit moved it to a digest", WAITING),
    WITHDRAW(OutboxState.WITHDRAWN, "it is no longer required", WAITING, BATCHED),
    /** By an operator. It may be visible, so it is looked up first. */
    RETRY(UNKNOWN, "an operator wants it to be sent", DEAD, UNKNOWN),
    /** By an operator. */
    DROP(OutboxState.WITHDRAWN, "an operator does not want it to be sent", DEAD, UNKNOWN, WAITING);

    private final OutboxState next;
    private final String reason;
    private final Set<OutboxState> from;

    OutboxEvent(OutboxState next, String reason, OutboxState... from) {
        this.next = next;
        this.reason = reason;
        this.from = Set.of(from);
    }

    /** The state after this event. */
    public OutboxState next() {
        return next;
    }

    /** Why it changes the state, a clause. */
    public String reason() {
        return reason;
    }

    /** Whether this event can occur in a state. */
    public boolean accepts(OutboxState state) {
        return from.contains(state);
    }

    /**
     * The only SQL that changes the state of rows; it leaves rows for which there is no transition.
     *
     * @param assignments of other columns
     */
    String update(String assignments, String condition) {
        return from.stream()
                .map(state -> "'" + state.value() + "'")
                .sorted()
                .collect(Collectors.joining(
                        ", ",
                        "UPDATE outbox SET state = '" + next.value() + "'" + (assignments.isEmpty() ? "" : ", ")
                                + assignments + " WHERE " + condition + " AND state IN (",
                        ")"));
    }
}
