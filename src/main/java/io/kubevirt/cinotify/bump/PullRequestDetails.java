// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pull request as in GitHub's events and API; {@code mergeable} is null while GitHub has not determined it. */
public record PullRequestDetails(
        BumpCandidate candidate,
        String url,
        String base,
        String headSha,
        Instant openedAt,
        Instant updatedAt,
        @Nullable Instant endedAt,
        @Nullable String mergeSha,
        @Nullable Boolean mergeable) {
    /** Parses GitHub's object; empty if a required field is missing. */
    public static Optional<PullRequestDetails> parse(JsonNode object) {
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
        return Optional.of(new PullRequestDetails(
                new BumpCandidate(
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

    /** The tracked bump after this update; {@code before} is null if it is new. */
    public TrackedBump toTrackedBump(String className, @Nullable TrackedBump before) {
        boolean sameCommit = before != null && before.headSha().equals(headSha);
        return new TrackedBump(
                Objects.requireNonNull(candidate.repository()),
                Objects.requireNonNull(candidate.number()),
                className,
                candidate.title() == null ? "" : candidate.title(),
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

    private @Nullable Instant conflictsSince(@Nullable TrackedBump before) {
        // A push may have resolved the conflict; it is unknown for the new commit until GitHub has determined it.
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
