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

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is open in a repository, as GitHub describes it. */
public final class GitHubOpen {

    /** Of a hundred each; nobody reads more than that. */
    private static final int MOST_PAGES = 20;

    private final GitHubApi api;

    public GitHubOpen(GitHubApi api) {
        this.api = api;
    }

    /**
     * All open issues; GitHub counts pull requests among them.
     *
     * @throws GitHubFailure also if there are more than two thousand
     */
    public List<JsonNode> issues(Repository repository) throws GitHubFailure {
        return all(repository, "/issues?state=open");
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
     * @throws GitHubFailure also if there are more than two thousand
     */
    public Optional<State> labelled(Repository repository, String label, @Nullable String etag) throws GitHubFailure {
        // The oldest first: one that is opened meanwhile moves none to another page.
        String query = "/issues?state=open&sort=created&direction=asc&labels=" + GitHubRequest.encoded(label);
        GitHubRequest request = GitHubRequest.get(
                repository.org(), GitHubRequest.path(repository) + query + "&per_page=" + GitHubApi.PAGE);
        Optional<GitHubApi.Fresh> fresh = api.unless(request, etag);
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        JsonNode items = fresh.get().body();
        // The first page does not tell whether others are as they were.
        return Optional.of(
                items.size() < GitHubApi.PAGE
                        ? new State(fresh.get().etag(), distinct(items))
                        : new State("", distinct(all(repository, query))));
    }

    private static List<JsonNode> distinct(Iterable<JsonNode> items) {
        Map<Integer, JsonNode> byNumber = new LinkedHashMap<>();
        items.forEach(item -> byNumber.put(item.path("number").asInt(), item));
        return List.copyOf(byNumber.values());
    }

    private List<JsonNode> all(Repository repository, String query) throws GitHubFailure {
        List<JsonNode> items = new ArrayList<>();
        api.<JsonNode>first(repository.org(), GitHubRequest.path(repository) + query, MOST_PAGES, item -> {
            items.add(item);
            return Optional.empty();
        });
        return items;
    }
}
