// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import java.time.Duration;

/** What became of an attempt to write something. */
public sealed interface SendResult {

    /**
     * It is there.
     *
     * @param reference by what the channel knows it, to edit it or to write below it
     */
    record Sent(String reference) implements SendResult {}

    /** What is to be left alone for a while. */
    enum Scope {
        /** The place at which it was to be written: what is wrong there is nobody else's trouble. */
        DESTINATION,
        /** All places of the channel: its own limit is reached, or it knows us no more. */
        CHANNEL
    }

    /**
     * It is not there, and may work later.
     *
     * @param retryAfter how long to wait at least, by the other side's word (Retry-After); zero if it gave none
     * @param scope where to wait
     * @param reason what went wrong, a sentence
     */
    record RetryLater(Duration retryAfter, Scope scope, String reason) implements SendResult {

        /** Where only the place is to be left alone. */
        public RetryLater(Duration after, String why) {
            this(after, Scope.DESTINATION, why);
        }

        /** The same as a fault of its place alone. */
        public RetryLater forDestinationOnly() {
            return new RetryLater(retryAfter, reason);
        }
    }

    /**
     * It may be there or not: the answer was lost. It must be looked for before it is written again.
     *
     * @param reason what went wrong, a sentence
     */
    record Unknown(String reason) implements SendResult {}

    /**
     * What was to be edited or answered is gone: somebody deleted it.
     *
     * @param reason a sentence
     */
    record TargetGone(String reason) implements SendResult {}

    /**
     * It will never work as it is.
     *
     * @param reason what went wrong and what the operator can do, a sentence
     */
    record Rejected(String reason) implements SendResult {}
}
