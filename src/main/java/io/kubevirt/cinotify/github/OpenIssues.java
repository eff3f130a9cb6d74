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

/** What is open in a repository, as GitHub describes it. */
public final class OpenIssues {

    /** Of a hundred each; nobody reads more than that. */
    private static final int MOST_PAGES = 20;

    private final GitHubApi api;

    public OpenIssues(GitHubApi api) {
        this.api = api;
    }

    /**
     * All open issues; GitHub counts pull requests among them.
     *
     * @throws GitHubException also if there are more than two thousand
     */
    public List<JsonNode> all(Repository repository) throws GitHubException {
        return readPages(repository, "/issues?state=open");
    }

    /**
     * A list as it is now.
     *
     * @param etag what GitHub calls this state of it; empty if it does not say
     */
    public record State(String etag, List<JsonNode> items) {
        /** Copies the list. */
        public State {
            items = List.copyOf(items);
        }
    }

    /**
     * The open issues with a label, each once; empty if they are as they were.
     *
     * @param etag of the state that is known; null for none
     * @throws GitHubException also if there are more than two thousand
     */
    public Optional<State> labelled(Repository repository, String label, @Nullable String etag) throws GitHubException {
        // The oldest first: one that is opened meanwhile moves none to another page.
        String query = "/issues?state=open&sort=created&direction=asc&labels=" + GitHubRequest.encoded(label);
        GitHubRequest request = GitHubRequest.get(
                repository.org(), GitHubRequest.path(repository) + query + "&per_page=" + GitHubApi.PAGE_SIZE);
        Optional<GitHubApi.ModifiedResponse> fresh = api.getIfChanged(request, etag);
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        JsonNode items = fresh.get().body();
        // The first page does not tell whether others are as they were.
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
