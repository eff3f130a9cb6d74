// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pull requests and the statuses of their commits. */
public final class GitHubPullRequests {
    /** GitHub keeps a thousand statuses of a commit. */
    private static final int MOST_PAGES = 10;

    private final GitHubApi api;

    public GitHubPullRequests(GitHubApi api) {
        this.api = api;
    }

    /**
     * A pull request.
     *
     * @param headOwner owner of the branch; null if the fork is gone
     */
    public record PullRequest(
            int number,
            String state,
            boolean merged,
            boolean draft,
            String author,
            String title,
            String sha,
            String headRef,
            @Nullable String headOwner,
            String base) {
        static PullRequest of(JsonNode node) {
            JsonNode head = node.path("head");
            return new PullRequest(
                    node.path("number").asInt(),
                    node.path("state").asText(""),
                    node.path("merged").asBoolean(),
                    node.path("draft").asBoolean(),
                    node.path("user").path("login").asText(""),
                    node.path("title").asText(""),
                    head.path("sha").asText(""),
                    head.path("ref").asText(""),
                    head.path("repo").path("owner").path("login").asText(null),
                    node.path("base").path("ref").asText(""));
        }
    }

    /**
     * The newest status of a context.
     *
     * @param state {@code success}, {@code failure}, {@code error} or {@code pending}
     */
    public record Status(
            String context,
            String state,
            String description,
            @Nullable String targetUrl) {}

    public PullRequest get(Repository repository, int number) throws GitHubException {
        return PullRequest.of(api.get(repository.org(), GitHubRequest.path(repository) + "/pulls/" + number));
    }

    /** The newest status of each context of a commit. */
    public List<Status> statuses(Repository repository, String sha) throws GitHubException {
        List<Status> statuses = new ArrayList<>();
        String path =
                GitHubRequest.path(repository) + "/commits/" + GitHubRequest.encoded(sha) + "/status?per_page=100";
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode answer = api.get(repository.org(), path + "&page=" + page);
            answer.path("statuses").forEach(status -> statuses.add(status(status)));
            if (statuses.size() >= answer.path("total_count").asInt()
                    || answer.path("statuses").isEmpty()) {
                return statuses;
            }
        }
        return statuses;
    }

    private static Status status(JsonNode node) {
        return new Status(
                node.path("context").asText(""),
                node.path("state").asText(""),
                node.path("description").asText(""),
                Optional.of(node.path("target_url"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .orElse(null));
    }
}
