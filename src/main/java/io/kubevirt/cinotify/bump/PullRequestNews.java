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
package io.kubevirt.cinotify.bump;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pull request as GitHub describes it, in a {@code pull_request} event and in an answer of its API.
 *
 * @param pull by what its class is found
 * @param url its page
 * @param base the branch into which it goes
 * @param headSha the commit under test
 * @param openedAt when it was opened
 * @param updatedAt when it last changed
 * @param endedAt when it was merged or closed; null while it is open
 * @param mergeSha the commit that the merge made; null unless it was merged
 * @param mergeable whether it can be merged as it is; null while GitHub has not found out
 */
public record PullRequestNews(
        PullRequest pull,
        String url,
        String base,
        String headSha,
        Instant openedAt,
        Instant updatedAt,
        @Nullable Instant endedAt,
        @Nullable String mergeSha,
        @Nullable Boolean mergeable) {

    /** Reads GitHub's object; empty if it lacks what every pull request has. */
    public static Optional<PullRequestNews> read(JsonNode object) {
        Optional<Repository> repository = Repository.parse(
                object.path("base").path("repo").path("full_name").asText());
        Optional<Instant> openedAt = instant(object.path("created_at"));
        String sha = object.path("head").path("sha").asText();
        if (repository.isEmpty()
                || openedAt.isEmpty()
                || sha.isEmpty()
                || !object.path("number").canConvertToInt()) {
            return Optional.empty();
        }
        Optional<Instant> mergedAt = instant(object.path("merged_at"));
        return Optional.of(new PullRequestNews(
                new PullRequest(
                        repository.get(),
                        object.path("number").intValue(),
                        text(object.path("user").path("login")),
                        text(object.path("title")),
                        text(object.path("head").path("ref")),
                        text(object.path("head").path("user").path("login"))),
                object.path("html_url").asText(),
                object.path("base").path("ref").asText(),
                sha,
                openedAt.get(),
                instant(object.path("updated_at")).orElse(openedAt.get()),
                mergedAt.or(() -> instant(object.path("closed_at"))).orElse(null),
                mergedAt.isEmpty() ? null : text(object.path("merge_commit_sha")),
                object.path("mergeable").isBoolean() ? object.path("mergeable").booleanValue() : null));
    }

    /**
     * The bump after this news.
     *
     * @param of the name of its class
     * @param before as it was known; null if it is new
     */
    public BumpPull bump(String of, @Nullable BumpPull before) {
        boolean sameCommit = before != null && before.headSha().equals(headSha);
        return new BumpPull(
                Objects.requireNonNull(pull.repository()),
                Objects.requireNonNull(pull.number()),
                of,
                pull.title() == null ? "" : pull.title(),
                url,
                headSha,
                openedAt,
                before != null && sameCommit ? before.pushedAt() : before == null ? openedAt : updatedAt,
                conflictsSince(before),
                before != null && sameCommit ? before.checks() : Map.of(),
                endedAt,
                mergeSha,
                before == null ? null : before.deployment());
    }

    private @Nullable Instant conflictsSince(@Nullable BumpPull before) {
        // A push may have resolved it; until GitHub has found out, nobody knows of a conflict of the new commit.
        Instant known = before == null || !before.headSha().equals(headSha) ? null : before.conflictsSince();
        if (mergeable == null) {
            return known;
        }
        return mergeable ? null : known == null ? updatedAt : known;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : null;
    }

    private static Optional<Instant> instant(JsonNode value) {
        try {
            return value.isTextual() ? Optional.of(Instant.parse(value.textValue())) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
