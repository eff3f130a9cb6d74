// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.http.Secrets;
import java.time.Duration;

/** The result of looking up a message. */
public sealed interface LookupResult {
    /**
     * The message exists.
     *
     * @param reference for edits and replies
     */
    record Found(String reference) implements LookupResult {}

    /** The message does not exist. */
    record NotFound() implements LookupResult {}

    /**
     * The lookup failed.
     *
     * @param retryAfter minimum delay; zero if unknown
     * @param scope what has to wait
     * @param reason a sentence for the operator
     */
    record Inconclusive(Duration retryAfter, SendResult.Scope scope, String reason) implements LookupResult {
        public Inconclusive {
            reason = Secrets.censor(reason);
        }

        /** Only the destination has to wait. */
        public Inconclusive(Duration after, String why) {
            this(after, SendResult.Scope.DESTINATION, why);
        }
    }
}
