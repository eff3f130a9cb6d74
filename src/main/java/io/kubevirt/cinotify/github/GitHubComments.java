// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Comments and reviews of a whole repository (https://docs.github.com/en/rest/issues/comments,
 * https://docs.github.com/en/rest/pulls/comments, https://docs.github.com/en/rest/pulls/reviews).
 */
public final class GitHubComments {
    /** A thousand comments for one read; the next read continues. */
    private static final int MOST_PAGES = 10;

    /** GitHub lists reviews only by pull request: one request for each. */
    private static final int MOST_PULLS = 50;

    private static final int KEPT_PAGES = 200;

    private final GitHubApi api;
    private final ConditionalGetCache<JsonNode> pulls;
    private final ConditionalGetCache<JsonNode> reviews;

    public GitHubComments(GitHubApi api) {
        this.api = api;
        this.pulls = new ConditionalGetCache<>(api, KEPT_PAGES, GitHubComments::excerpt);
        this.reviews = new ConditionalGetCache<>(api, KEPT_PAGES, Optional::of);
    }

    /**
     * The items that changed since an instant, oldest change first.
     *
     * @param readThrough the change of the last item if there are more; null if all are read
     */
    public record Changed(List<JsonNode> items, @Nullable Instant readThrough) {
        public Changed {
            items = List.copyOf(items);
        }
    }

    /** Comments on issues and pull requests. */
    public Changed issueComments(Repository repository, Instant since) throws GitHubException {
        return changed(repository, "/issues/comments", since);
    }

    /** Comments on lines of pull requests. */
    public Changed reviewComments(Repository repository, Instant since) throws GitHubException {
        return changed(repository, "/pulls/comments", since);
    }

    private Changed changed(Repository repository, String path, Instant since) throws GitHubException {
        List<JsonNode> items = new ArrayList<>();
        String query = GitHubRequest.path(repository) + path + "?sort=updated&direction=asc&since="
                + since.truncatedTo(ChronoUnit.SECONDS) + "&per_page=" + GitHubApi.PAGE_SIZE;
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode read = api.get(repository.org(), query + "&page=" + page);
            read.forEach(items::add);
            if (read.size() < GitHubApi.PAGE_SIZE) {
                return new Changed(items, null);
            }
        }
        return new Changed(items, time(items.getLast(), "updated_at"));
    }

    /** The reviews of the pull requests that changed since an instant, of the fifty that changed last. */
    public List<JsonNode> reviews(Repository repository, Instant since) throws GitHubException {
        List<JsonNode> found = new ArrayList<>();
        List<JsonNode> changed = pulls
                .list(repository, "/pulls?state=all&sort=updated&direction=desc", pull -> time(pull, "updated_at")
                        .isBefore(since))
                .stream()
                .filter(pull -> !time(pull, "updated_at").isBefore(since))
                .limit(MOST_PULLS)
                .toList();
        for (JsonNode pull : changed) {
            found.addAll(
                    reviews.list(repository, "/pulls/" + pull.path("number").asInt() + "/reviews?", none -> false));
        }
        return found;
    }

    /** An issue or pull request as GitHub shows it among issues; empty if it does not exist. */
    public Optional<JsonNode> issue(Repository repository, int number) throws GitHubException {
        return api.find(repository.org(), GitHubRequest.path(repository) + "/issues/" + number);
    }

    /** A time of an item; long ago if it is absent or invalid. */
    public static Instant time(JsonNode item, String field) {
        try {
            return Instant.parse(item.path(field).asText());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static Optional<JsonNode> excerpt(JsonNode pull) {
        return Optional.of(JsonNodeFactory.instance
                .objectNode()
                .put("number", pull.path("number").asInt())
                .put("updated_at", pull.path("updated_at").asText()));
    }
}
