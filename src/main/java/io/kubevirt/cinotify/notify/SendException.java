// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.http.BoundedHttpClient.RequestFailedException;
import io.kubevirt.cinotify.http.SecretFile;
import java.time.Duration;

/** A failed call, with its result for the message. */
public class SendException extends Exception {
    private final transient SendResult result;

    /** @param result anything but {@link SendResult.Sent} */
    public SendException(SendResult result) {
        super(result.toString(), null, false, false);
        this.result = result;
    }

    /** A failed request: unknown if the server may have processed it, otherwise to be retried at once. */
    public static SendException of(RequestFailedException failure) {
        return new SendException(
                failure.maybeProcessed()
                        ? new SendResult.Unknown(failure.getMessage())
                        : new SendResult.RetryLater(Duration.ZERO, failure.getMessage()));
    }

    /** A missing secret: nothing was sent, and the whole channel waits for the operator. */
    public static SendException of(SecretFile.UnusableException failure) {
        return new SendException(new SendResult.RetryLater(
                SecretFile.OPERATOR_RETRY_DELAY, SendResult.Scope.CHANNEL, failure.getMessage()));
    }

    public SendResult result() {
        return result;
    }

    /** The same failure of a request that only reads: it is retried. */
    public SendException ofRead() {
        return result instanceof SendResult.Unknown unknown
                ? new SendException(new SendResult.RetryLater(Duration.ZERO, unknown.reason()))
                : this;
    }

    /** For {@link Channel#readBack}. */
    public ReadBackResult readBackResult() {
        return switch (lookupResult()) {
            case LookupResult.Found found -> new ReadBackResult.Matches();
            // Deleted, which is respected; the next write notices it.
            case LookupResult.NotFound absent -> new ReadBackResult.Matches();
            case LookupResult.Inconclusive(Duration after, SendResult.Scope scope, String reason) ->
                new ReadBackResult.Inconclusive(after, scope, reason);
        };
    }

    public LookupResult lookupResult() {
        return switch (result) {
            case SendResult.Sent written -> new LookupResult.Found(written.reference());
            case SendResult.RetryLater later ->
                new LookupResult.Inconclusive(later.retryAfter(), later.scope(), later.reason());
            case SendResult.Unknown unknown -> new LookupResult.Inconclusive(Duration.ZERO, unknown.reason());
            case SendResult.TargetGone gone -> new LookupResult.NotFound();
            case SendResult.Rejected refused ->
                new LookupResult.Inconclusive(SecretFile.OPERATOR_RETRY_DELAY, refused.reason());
        };
    }
}
