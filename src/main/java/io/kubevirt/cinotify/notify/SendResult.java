// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.http.Secrets;
import java.time.Duration;

/** The result of an attempt to send a message. Its reasons contain no secrets: a server may echo the token. */
public sealed interface SendResult {
    /**
     * The message was sent.
     *
     * @param reference for edits and replies
     */
    record Sent(String reference) implements SendResult {}

    /** What has to wait. */
    enum Scope {
        /** Only the message: the rate limit of a lookup. */
        MESSAGE,
        /** Only the destination: the error concerns no other. */
        DESTINATION,
        /** All destinations of the channel: its rate limit is reached, or the credentials are invalid. */
        CHANNEL
    }

    /**
     * The message was not sent; a retry may succeed.
     *
     * @param retryAfter minimum delay that the server asked for (Retry-After); zero if none
     * @param scope what has to wait
     * @param reason a sentence for the operator
     */
    record RetryLater(Duration retryAfter, Scope scope, String reason) implements SendResult {
        public RetryLater {
            reason = Secrets.censor(reason);
        }

        /** Only the destination has to wait. */
        public RetryLater(Duration after, String why) {
            this(after, Scope.DESTINATION, why);
        }
    }

    /**
     * The message may have been sent: the response was lost. It is looked up before it is sent again.
     *
     * @param reason a sentence for the operator
     */
    record Unknown(String reason) implements SendResult {
        public Unknown {
            reason = Secrets.censor(reason);
        }
    }

    /**
     * The message to edit or answer was deleted.
     *
     * @param reason a sentence for the operator
     */
    record TargetGone(String reason) implements SendResult {
        public TargetGone {
            reason = Secrets.censor(reason);
        }
    }

    /**
     * No retry can succeed.
     *
     * @param reason what is wrong and how to fix it, a sentence
     */
    record Rejected(String reason) implements SendResult {
        public Rejected {
            reason = Secrets.censor(reason);
        }
    }
}
