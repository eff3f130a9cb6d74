// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Open issues of a repository. */
public final class OpenIssues {

    /** Maximum number of pages of 100 items. */
    private static final int MOST_PAGES = 20;

    private final GitHubApi api;

    public OpenIssues(GitHubApi api) {
        this.api = api;
    }

    /**
     * All open issues, pull requests included.
     *
     * @throws GitHubException also for more than 2,000 items
     */
    public List<JsonNode> all(Repository repository) throws GitHubException {
        return readPages(repository, "/issues?state=open");
    }

    /**
     * A version of a list.
     *
     * @param etag empty if GitHub sent none
     */
    public record State(String etag, List<JsonNode> items) {
        /** Copies the list. */
        public State {
            items = List.copyOf(items);
        }
    }

    /**
     * The open issues with a label, each once; empty if they have not changed.
     *
     * @param etag of the known version; null for none
     * @throws GitHubException also for more than 2,000 items
     */
    public Optional<State> labelled(Repository repository, String label, @Nullable String etag) throws GitHubException {
        // Oldest first, so that a new issue does not shift the pages.
        String query = "/issues?state=open&sort=created&direction=asc&labels=" + GitHubRequest.encoded(label);
        GitHubRequest request = GitHubRequest.get(
                repository.org(), GitHubRequest.path(repository) + query + "&per_page=" + GitHubApi.PAGE_SIZE);
        Optional<GitHubApi.ModifiedResponse> fresh = api.getIfChanged(request, etag);
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        JsonNode items = fresh.get().body();
        // The ETag of the first page does not cover the others.
        return Optional.of(
                items.size() < GitHubApi.PAGE_SIZE
                        ? new State(fresh.get().etag(), distinct(items))
                        : new State("", distinct(readPages(repository, query))));
    }

    private static List<JsonNode> distinct(Iterable<JsonNode> items) {
        Map<Integer, JsonNode> byNumber = new LinkedHashMap<>();
        items.forEach(item -> byNumber.put(item.path("number").asInt(), item));
        return List.copyOf(byNumber.values());
    }

    private List<JsonNode> readPages(Repository repository, String query) throws GitHubException {
        List<JsonNode> items = new ArrayList<>();
        api.<JsonNode>findFirst(repository.org(), GitHubRequest.path(repository) + query, MOST_PAGES, item -> {
            items.add(item);
            return Optional.empty();
        });
        return items;
    }
}
