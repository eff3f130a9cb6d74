// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import java.time.Duration;

/** The result of comparing what a root shows with what it should show. */
public sealed interface ReadBackResult {
    /** It shows the message, or what a person made of it: that is respected. Also if a person deleted it. */
    record Matches() implements ReadBackResult {}

    /**
     * It shows an earlier state that ci-notify wrote; the message is written again.
     *
     * @param shown what it shows, for the log
     */
    record Differs(String shown) implements ReadBackResult {}

    /**
     * Reading failed.
     *
     * @param retryAfter minimum delay; zero if unknown
     * @param scope what has to wait
     * @param reason a sentence for the operator
     */
    record Inconclusive(Duration retryAfter, SendResult.Scope scope, String reason) implements ReadBackResult {}
}
