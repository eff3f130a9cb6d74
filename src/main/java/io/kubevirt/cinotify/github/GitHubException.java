// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why GitHub did not do what it was asked for; the message is a sentence that tells the operator what to do. */
public final class GitHubException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What it means for what was asked. */
    public enum Kind {
        /** It was not done; it may work later. */
        RETRY_LATER,
        /** It was done or not: the answer was lost. */
        OUTCOME_UNKNOWN,
        /** What it is about is not there, or not to be seen with this token. */
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
        super(sentence, cause);
        this.kind = kind;
        this.retryAfter = after;
        this.serviceWide = serviceWide;
    }

    static GitHubException retryLater(Duration after, String sentence) {
        return new GitHubException(Kind.RETRY_LATER, after, sentence, null);
    }

    /** A limit that holds for all that we ask, or a token that GitHub does not take. */
    static GitHubException retryLaterServiceWide(Duration after, String sentence) {
        return new GitHubException(Kind.RETRY_LATER, after, true, sentence, null);
    }

    /** It will not work as it is. */
    public static GitHubException rejected(String sentence) {
        return new GitHubException(Kind.REJECTED, Duration.ZERO, sentence, null);
    }

    static GitHubException notFound(String sentence) {
        return new GitHubException(Kind.NOT_FOUND, Duration.ZERO, sentence, null);
    }

    /** What it means. */
    public Kind kind() {
        return kind;
    }

    /** How long to wait at least, by GitHub's word; zero if it gave none. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether every request to GitHub has to wait, not only those to the same destination. */
    public boolean serviceWide() {
        return serviceWide;
    }

    /** The sentence. */
    public String explanation() {
        return String.valueOf(getMessage());
    }
}
