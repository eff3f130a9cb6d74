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
import java.util.function.Function;
import java.util.function.Predicate;

/** Caches parsed pages with their ETag: GitHub does not count requests that it answers with 304. */
public final class ConditionalGetCache<T> {
    /** Maximum number of pages of 100 items. */
    private static final int MOST_PAGES = 20;

    private static final int PAGE = 100;

    private final GitHubApi api;
    private final Function<JsonNode, Optional<T>> parser;
    private final Map<String, Page<T>> pages;

    /**
     * @param kept maximum number of cached pages
     * @param reading parses an item; empty to skip it
     */
    public ConditionalGetCache(GitHubApi api, int kept, Function<JsonNode, Optional<T>> reading) {
        this.api = api;
        this.parser = reading;
        this.pages = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Page<T>> eldest) {
                return size() > kept;
            }
        };
    }

    private record Page<T>(String etag, int size, List<T> items) {}

    /**
     * Reads a list.
     *
     * @param query appended to the path of the repository, with a question mark
     * @param enough stops after the page with a matching item
     * @throws GitHubException also for more than 2,000 items
     */
    public synchronized List<T> list(Repository repository, String query, Predicate<T> enough) throws GitHubException {
        List<T> all = new ArrayList<>();
        for (int number = 1; number <= MOST_PAGES; number++) {
            Page<T> page = page(repository, query + "&per_page=" + PAGE + "&page=" + number);
            all.addAll(page.items());
            if (page.size() < PAGE || page.items().stream().anyMatch(enough)) {
                return all;
            }
        }
        throw GitHubException.rejected("GET " + GitHubRequest.path(repository) + query + ": more than "
                + MOST_PAGES * PAGE + " items are not supported");
    }

    /** Reads one resource; empty if it does not exist or is not readable. */
    public synchronized Optional<T> get(Repository repository, String path) throws GitHubException {
        try {
            return page(repository, path).items().stream().findFirst();
        } catch (GitHubException e) {
            if (e.kind() == GitHubException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Page<T> page(Repository repository, String path) throws GitHubException {
        GitHubRequest request = GitHubRequest.get(repository.org(), GitHubRequest.path(repository) + path);
        Page<T> before = pages.get(request.path());
        Optional<GitHubApi.ModifiedResponse> fresh = api.getIfChanged(request, before == null ? null : before.etag());
        if (fresh.isEmpty() && before != null) {
            return before;
        }
        Page<T> page = read(fresh.orElseThrow());
        if (page.etag().isEmpty()) {
            pages.remove(request.path());
        } else {
            pages.put(request.path(), page);
        }
        return page;
    }

    private Page<T> read(GitHubApi.ModifiedResponse fresh) {
        List<T> items = new ArrayList<>();
        int size = 0;
        for (JsonNode item : items(fresh.body())) {
            size++;
            parser.apply(item).ifPresent(items::add);
        }
        return new Page<>(fresh.etag(), size, List.copyOf(items));
    }

    /** The items of a list, the statuses of a combined status, or the resource itself. */
    private static Iterable<JsonNode> items(JsonNode body) {
        JsonNode statuses = body.path("statuses");
        return body.isArray() ? body : statuses.isArray() ? statuses : List.of(body);
    }
}
