/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.notice.github;

import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.github.GitHubFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What an answer means that is not a good one, and what the operator can do about it. */
final class Verdict {

    /** What GitHub asks for where it names no time. */
    private static final Duration SECONDARY_PAUSE = Duration.ofMinutes(1);

    /** More than GitHub's own window of an hour would be a mistake of its clock or ours. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(61);

    private Verdict() {}

    /** How long nothing more may be asked; empty if the answer is not about a limit. */
    static Optional<Duration> pause(GitHubReply reply, Instant now) {
        if (reply.status() != 403 && reply.status() != 429) {
            return Optional.empty();
        }
        Optional<Duration> asked = reply.number("retry-after").map(Duration::ofSeconds);
        if (asked.isPresent()) {
            return asked.map(Verdict::bounded);
        }
        if (reply.number("x-ratelimit-remaining").filter(rest -> rest == 0).isPresent()) {
            return Optional.of(reply.number("x-ratelimit-reset")
                    .map(reset -> Duration.between(now, Instant.ofEpochSecond(reset)))
                    .map(Verdict::bounded)
                    .orElse(SECONDARY_PAUSE));
        }
        String words = reply.complaint().toLowerCase(Locale.ROOT);
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
    static GitHubFailure of(GitHubRequest request, GitHubReply reply, Instant now) {
        String asked = request + ": ";
        Optional<Duration> pause = pause(reply, now);
        if (pause.isPresent()) {
            return GitHubFailure.laterForAll(
                    pause.get(),
                    asked + "GitHub's rate limit is reached; it is asked again in "
                            + pause.get().toSeconds() + " s" + words(reply));
        }
        return switch (reply.status()) {
            case 401 ->
                GitHubFailure.laterForAll(
                        SecretFile.MENDING,
                        asked + "GitHub does not accept the token (401); put a good one into the file of"
                                + " --github-token-path, or mend the App's key: it is read again by itself; another id of"
                                + " the App, --github-app-id, counts from the next start");
            case 403 -> forbidden(asked, reply);
            case 404, 410 ->
                GitHubFailure.missing(asked + "GitHub knows nothing there (" + reply.status()
                        + "); check the name, and that the token may see it" + words(reply));
            case 422 -> GitHubFailure.refused(asked + "GitHub does not take this" + words(reply));
            default -> other(request, reply, asked);
        };
    }

    private static GitHubFailure other(GitHubRequest request, GitHubReply reply, String asked) {
        if (reply.status() >= 500) {
            return new GitHubFailure(
                    request.repeatable() ? Kind.LATER : Kind.UNCLEAR,
                    reply.number("retry-after")
                            .map(Duration::ofSeconds)
                            .map(Verdict::bounded)
                            .orElse(Duration.ZERO),
                    asked + "GitHub failed (" + reply.status() + ")",
                    null);
        }
        if (reply.status() >= 300 && reply.status() < 400) {
            return GitHubFailure.refused(
                    asked + "this has moved (" + reply.status() + "); write its new name into the settings");
        }
        return GitHubFailure.refused(asked + "GitHub refuses (" + reply.status() + ")" + words(reply));
    }

    /** What only another place can end is refused; a permission can be given within the day. */
    private static GitHubFailure forbidden(String asked, GitHubReply reply) {
        String words = reply.complaint().toLowerCase(Locale.ROOT);
        if (words.contains("archived")) {
            return GitHubFailure.refused(
                    asked + "the repository is archived and takes nothing new; name another one in the settings");
        }
        if (words.contains("locked")) {
            return GitHubFailure.refused(
                    asked + "the conversation is locked; unlock it, or give the account write access");
        }
        String needed = reply.header("x-accepted-github-permissions")
                .map(permissions -> " It needs: " + permissions + ".")
                .orElse("");
        return GitHubFailure.later(
                SecretFile.MENDING,
                asked + "the account may not do this (403); give the token or the App the permission." + needed
                        + words(reply));
    }

    private static String words(GitHubReply reply) {
        String complaint = reply.complaint();
        return complaint.isEmpty() ? "" : ": " + complaint;
    }
}
