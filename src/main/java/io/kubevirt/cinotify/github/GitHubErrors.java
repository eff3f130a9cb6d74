// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import io.kubevirt.cinotify.github.GitHubException.Kind;
import io.kubevirt.cinotify.http.SecretFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What an answer means that is not a good one, and what the operator can do about it. */
final class GitHubErrors {

    /** What GitHub asks for where it names no time. */
    private static final Duration SECONDARY_PAUSE = Duration.ofMinutes(1);

    /** More than GitHub's own window of an hour would be a mistake of its clock or ours. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(61);

    private GitHubErrors() {}

    /** How long nothing more may be asked; empty if the answer is not about a limit. */
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

    /** The failure that an answer is. */
    static GitHubException toException(GitHubRequest request, GitHubResponse reply, Instant now) {
        String asked = request + ": ";
        Optional<Duration> pause = rateLimitPause(reply, now);
        if (pause.isPresent()) {
            return GitHubException.retryLaterServiceWide(
                    pause.get(),
                    asked + "GitHub's rate limit is reached; it is asked again in "
                            + pause.get().toSeconds() + " s" + detail(reply));
        }
        return switch (reply.status()) {
            case 401 ->
                GitHubException.retryLaterServiceWide(
                        SecretFile.OPERATOR_RETRY_DELAY,
                        asked + "GitHub does not accept the token (401); put a good one into the file of"
                                + " --github-token-path, or mend the App's key: it is read again by itself; another id of"
                                + " the App, --github-app-id, counts from the next start");
            case 403 -> forbidden(asked, reply);
            case 404, 410 ->
                GitHubException.notFound(asked + "GitHub knows nothing there (" + reply.status()
                        + "); check the name, and that the token may see it" + detail(reply));
            case 422 -> GitHubException.rejected(asked + "GitHub does not take this" + detail(reply));
            default -> other(request, reply, asked);
        };
    }

    private static GitHubException other(GitHubRequest request, GitHubResponse reply, String asked) {
        if (reply.status() >= 500) {
            return new GitHubException(
                    request.idempotent() ? Kind.RETRY_LATER : Kind.OUTCOME_UNKNOWN,
                    reply.number("retry-after")
                            .map(Duration::ofSeconds)
                            .map(GitHubErrors::bounded)
                            .orElse(Duration.ZERO),
                    asked + "GitHub failed (" + reply.status() + ")",
                    null);
        }
        if (reply.status() >= 300 && reply.status() < 400) {
            return GitHubException.rejected(
                    asked + "this has moved (" + reply.status() + "); write its new name into the settings");
        }
        return GitHubException.rejected(asked + "GitHub refuses (" + reply.status() + ")" + detail(reply));
    }

    /** What only another place can end is refused; a permission can be given within the day. */
    private static GitHubException forbidden(String asked, GitHubResponse reply) {
        String words = reply.errorMessage().toLowerCase(Locale.ROOT);
        if (words.contains("archived")) {
            return GitHubException.rejected(
                    asked + "the repository is archived and takes nothing new; name another one in the settings");
        }
        if (words.contains("locked")) {
            return GitHubException.rejected(
                    asked + "the conversation is locked; unlock it, or give the account write access");
        }
        String needed = reply.header("x-accepted-github-permissions")
                .map(permissions -> " It needs: " + permissions + ".")
                .orElse("");
        return GitHubException.retryLater(
                SecretFile.OPERATOR_RETRY_DELAY,
                asked + "the account may not do this (403); give the token or the App the permission." + needed
                        + detail(reply));
    }

    private static String detail(GitHubResponse reply) {
        String complaint = reply.errorMessage();
        return complaint.isEmpty() ? "" : ": " + complaint;
    }
}
