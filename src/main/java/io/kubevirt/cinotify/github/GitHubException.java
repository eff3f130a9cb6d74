// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import io.kubevirt.cinotify.http.Secrets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failed request to GitHub. The message is a sentence for the operator, without secrets that GitHub echoes. */
public final class GitHubException extends Exception {
    /** The outcome of the request. */
    public enum Kind {
        /** Not done; a retry may succeed. */
        RETRY_LATER,
        /** Unknown: the response was lost. */
        OUTCOME_UNKNOWN,
        /** The resource does not exist, or the token may not see it. */
        NOT_FOUND,
        /** It will not work as it is. */
        REJECTED
    }

    private final Kind kind;
    private final Duration retryAfter;
    private final boolean serviceWide;

    GitHubException(Kind kind, Duration after, String sentence, @Nullable Throwable cause) {
        this(kind, after, false, sentence, cause);
    }

    private GitHubException(
            Kind kind, Duration after, boolean serviceWide, String sentence, @Nullable Throwable cause) {
        super(Secrets.censor(sentence), cause);
        this.kind = kind;
        this.retryAfter = after;
        this.serviceWide = serviceWide;
    }

    static GitHubException retryLater(Duration after, String sentence) {
        return new GitHubException(Kind.RETRY_LATER, after, sentence, null);
    }

    /** A rate limit or invalid credentials: no request can succeed. */
    static GitHubException retryLaterServiceWide(Duration after, String sentence) {
        return new GitHubException(Kind.RETRY_LATER, after, true, sentence, null);
    }

    /** It will not work as it is. */
    public static GitHubException rejected(String sentence) {
        return new GitHubException(Kind.REJECTED, Duration.ZERO, sentence, null);
    }

    static GitHubException unknown(String sentence) {
        return new GitHubException(Kind.OUTCOME_UNKNOWN, Duration.ZERO, sentence, null);
    }

    static GitHubException notFound(String sentence) {
        return new GitHubException(Kind.NOT_FOUND, Duration.ZERO, sentence, null);
    }

    public Kind kind() {
        return kind;
    }

    /** Minimum delay that GitHub asked for; zero if none. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether every request to GitHub has to wait, not only those to the same destination. */
    public boolean serviceWide() {
        return serviceWide;
    }

    public String explanation() {
        return String.valueOf(getMessage());
    }
}
