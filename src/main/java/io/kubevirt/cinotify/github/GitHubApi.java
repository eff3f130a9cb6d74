// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kubevirt.cinotify.github.GitHubException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * GitHub REST API: credentials, endpoints, rate limits. After a rate limit no request is sent for that organization until it ends. A dry run
 * writes nothing.
 */
public final class GitHubApi implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GitHubApi.class);
    private static final int NOT_MODIFIED = 304;
    /** Maximum number of items in a page. */
    static final int PAGE_SIZE = 100;

    private final EndpointFailover endpoints;
    private final Credentials credentials;
    private final GitHubClientOptions access;
    private final Map<String, Instant> rateLimitedUntil = new ConcurrentHashMap<>();

    public GitHubApi(GitHubClientOptions access) {
        this.access = access;
        this.endpoints = new EndpointFailover(access.server(), access.endpoints(), access.timeout());
        this.credentials = access.credentials(endpoints);
    }

    boolean isApp() {
        return credentials.isApp();
    }

    Instant now() {
        return access.clock().instant();
    }

    JsonNode get(String org, String path) throws GitHubException {
        return call(GitHubRequest.get(org, path));
    }

    /** Empty if it does not exist. */
    Optional<JsonNode> find(String org, String path) throws GitHubException {
        try {
            return Optional.of(get(org, path));
        } catch (GitHubException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Returns the first parsed item of a list.
     *
     * @param path with a query
     * @param most maximum number of pages
     * @throws GitHubException also if there are more pages
     */
    <T> Optional<T> findFirst(String org, String path, int most, Function<JsonNode, Optional<T>> reading)
            throws GitHubException {
        for (int page = 1; page <= most; page++) {
            JsonNode items = get(org, path + "&per_page=" + PAGE_SIZE + "&page=" + page);
            if (!items.isArray()) {
                throw unexpected("GET " + path, "a list");
            }
            for (JsonNode item : items) {
                Optional<T> read = reading.apply(item);
                if (read.isPresent()) {
                    return read;
                }
            }
            if (items.size() < PAGE_SIZE) {
                return Optional.empty();
            }
        }
        throw GitHubException.retryLater(
                Duration.ZERO, "GET " + path + ": more than " + most * PAGE_SIZE + " items are not supported");
    }

    /** For a response that is JSON, but not what GitHub promises: it proves nothing. */
    static GitHubException unexpected(String request, String expected) {
        return GitHubException.retryLater(
                Duration.ZERO, request + ": the response is not " + expected + "; check --github-endpoint");
    }

    /** Writes; a dry run only logs and returns the id 0. */
    JsonNode write(GitHubRequest request) throws GitHubException {
        if (access.dryRun()) {
            LOG.infof("dry run: would %s", request.withoutNames());
            return JsonNodeFactory.instance.objectNode().put("id", 0).put("number", 0);
        }
        return call(request);
    }

    /**
     * A modified resource.
     *
     * @param etag for the next request; empty if there is none
     */
    record ModifiedResponse(JsonNode body, String etag) {}

    /** Reads; empty if the resource still has the ETag. */
    Optional<ModifiedResponse> getIfChanged(GitHubRequest request, @Nullable String etag) throws GitHubException {
        GitHubRequest asked = request.ifNoneMatch(etag);
        GitHubResponse reply = exchange(asked);
        return etag != null && reply.status() == NOT_MODIFIED
                ? Optional.empty()
                : Optional.of(new ModifiedResponse(
                        json(asked, reply), reply.header("etag").orElse("")));
    }

    private JsonNode call(GitHubRequest request) throws GitHubException {
        return json(request, exchange(request));
    }

    private JsonNode json(GitHubRequest request, GitHubResponse reply) throws GitHubException {
        if (!reply.isSuccess()) {
            throw GitHubErrors.toException(request, reply, now());
        }
        try {
            return reply.json();
        } catch (IOException e) {
            throw new GitHubException(
                    request.lost(), Duration.ZERO, request + ": the response is not JSON; check --github-endpoint", e);
        }
    }

    /** The response, whatever its status. */
    GitHubResponse exchange(GitHubRequest request) throws GitHubException {
        String limit = request.isSearch() ? "search of " + request.org() : request.org();
        Instant pause = rateLimitedUntil.get(limit);
        if (pause != null && now().isBefore(pause)) {
            Duration rest = Duration.between(now(), pause);
            String sentence = request + ": waiting for GitHub's rate limit until " + pause;
            throw request.isSearch()
                    ? GitHubException.retryLater(rest, sentence)
                    : GitHubException.retryLaterServiceWide(rest, sentence);
        }
        GitHubResponse reply = endpoints.send(request, credentials.authorizationHeader(request.org()));
        if (reply.status() == 401) {
            credentials.invalidate(request.org());
        }
        GitHubErrors.rateLimitPause(reply, now()).ifPresent(length -> rateLimitedUntil.put(limit, now().plus(length)));
        return reply;
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
