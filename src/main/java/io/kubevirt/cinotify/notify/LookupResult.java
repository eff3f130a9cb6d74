// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import java.time.Duration;

/** What looking for something that may have been written has shown. */
public sealed interface LookupResult {

    /**
     * It is there.
     *
     * @param reference by what the channel knows it
     */
    record Found(String reference) implements LookupResult {}

    /** It is not there. */
    record NotFound() implements LookupResult {}

    /**
     * It could not be seen whether it is there.
     *
     * @param retryAfter how long to wait at least; zero if not known
     * @param scope where to wait
     * @param reason a sentence
     */
    record Inconclusive(Duration retryAfter, SendResult.Scope scope, String reason) implements LookupResult {

        /** Where only the place is to be left alone. */
        public Inconclusive(Duration after, String why) {
            this(after, SendResult.Scope.DESTINATION, why);
        }
    }
}
