// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import io.kubevirt.cinotify.http.SecretFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Turns error responses into exceptions with a hint for the operator. */
final class GitHubErrors {
    /** GitHub's default pause for secondary limits. */
    private static final Duration SECONDARY_PAUSE = Duration.ofMinutes(1);

    /** GitHub's window is an hour; more is an error of a clock. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(61);

    private GitHubErrors() {}

    /** How long to pause; empty if the response is not about a rate limit. */
    static Optional<Duration> rateLimitPause(GitHubResponse reply, Instant now) {
        if (reply.status() != 403 && reply.status() != 429) {
            return Optional.empty();
        }
        Optional<Duration> asked = reply.number("retry-after").map(Duration::ofSeconds);
        if (asked.isPresent()) {
            return asked.map(GitHubErrors::bounded);
        }
        if (reply.number("x-ratelimit-remaining").filter(rest -> rest == 0).isPresent()) {
            return Optional.of(reply.number("x-ratelimit-reset")
                    .map(reset -> Duration.between(now, Instant.ofEpochSecond(reset)))
                    .map(GitHubErrors::bounded)
                    .orElse(SECONDARY_PAUSE));
        }
        String words = reply.errorMessage().toLowerCase(Locale.ROOT);
        boolean limited = reply.status() == 429 || words.contains("rate limit") || words.contains("abuse detection");
        return limited ? Optional.of(SECONDARY_PAUSE) : Optional.empty();
    }

    private static Duration bounded(Duration pause) {
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            return LONGEST_PAUSE;
        }
        return pause.isNegative() || pause.isZero() ? Duration.ofSeconds(1) : pause;
    }

    static GitHubException toException(GitHubRequest request, GitHubResponse reply, Instant now) {
        String asked = request + ": ";
        Optional<Duration> pause = rateLimitPause(reply, now);
        if (pause.isPresent()) {
            String sentence = asked + "GitHub's rate limit is reached; retrying in "
                    + pause.get().toSeconds() + " s" + detail(reply);
            return request.isSearch()
                    ? GitHubException.retryLater(pause.get(), sentence)
                    : GitHubException.retryLaterServiceWide(pause.get(), sentence);
        }
        return switch (reply.status()) {
            case 401 ->
                GitHubException.retryLaterServiceWide(
                        SecretFile.OPERATOR_RETRY_DELAY,
                        asked + "GitHub rejects the token (401); put a valid one into the file of --github-token-path,"
                                + " or fix the key of the App: both are reloaded automatically; a new --github-app-id"
                                + " needs a restart");
            case 403 -> forbidden(asked, reply);
            case 404, 410 ->
                GitHubException.notFound(asked + "not found (" + reply.status()
                        + "); check the name, and that the token has access" + detail(reply));
            case 422 -> unprocessable(asked, reply);
            default -> other(request, reply, asked);
        };
    }

    private static GitHubException other(GitHubRequest request, GitHubResponse reply, String asked) {
        if (reply.status() >= 500) {
            return new GitHubException(
                    request.lost(),
                    reply.number("retry-after")
                            .map(Duration::ofSeconds)
                            .map(GitHubErrors::bounded)
                            .orElse(Duration.ZERO),
                    asked + "GitHub failed (" + reply.status() + ")",
                    null);
        }
        if (reply.status() >= 300 && reply.status() < 400) {
            return GitHubException.retryLater(
                    SecretFile.OPERATOR_RETRY_DELAY,
                    asked + "GitHub redirects it (" + reply.status()
                            + ") elsewhere; check --github-endpoint, or use the new name in the configuration");
        }
        return GitHubException.retryLater(
                Duration.ZERO, asked + "GitHub rejects the request (" + reply.status() + ")" + detail(reply));
    }

    /**
     * Only a text that is too long never succeeds: 422 also means that the endpoint has been spammed.
     *
     * @see <a href="https://docs.github.com/rest/issues/comments#create-an-issue-comment">GitHub's documentation</a>
     */
    private static GitHubException unprocessable(String asked, GitHubResponse reply) {
        String sentence = asked + "GitHub rejects the request" + detail(reply);
        return reply.errorMessage().contains("too long")
                ? GitHubException.rejected(sentence + "; shorten the template")
                : GitHubException.retryLater(Duration.ZERO, sentence);
    }

    /** Each of these can be changed within the day. */
    private static GitHubException forbidden(String asked, GitHubResponse reply) {
        String words = reply.errorMessage().toLowerCase(Locale.ROOT);
        if (words.contains("archived")) {
            return GitHubException.retryLater(
                    SecretFile.OPERATOR_RETRY_DELAY,
                    asked + "the repository is archived; unarchive it, or configure another one");
        }
        if (words.contains("locked")) {
            return GitHubException.retryLater(
                    SecretFile.OPERATOR_RETRY_DELAY,
                    asked + "the conversation is locked; unlock it, or grant the account write access");
        }
        String needed = reply.header("x-accepted-github-permissions")
                .map(permissions -> " It needs: " + permissions + ".")
                .orElse("");
        return GitHubException.retryLater(
                SecretFile.OPERATOR_RETRY_DELAY,
                asked + "permission denied (403); grant the token or the App the permission." + needed + detail(reply));
    }

    private static String detail(GitHubResponse reply) {
        String complaint = reply.errorMessage();
        return complaint.isEmpty() ? "" : ": " + complaint;
    }
}
