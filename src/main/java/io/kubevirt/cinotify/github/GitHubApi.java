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
 * GitHub's REST API, with all that is common to its calls: as whom, by which way, within which limits. A limit that was
 * reached is kept: nothing more is asked of GitHub for that organisation until it is over. In a dry run nothing is
 * written.
 */
public final class GitHubApi implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(GitHubApi.class);
    private static final int NOT_MODIFIED = 304;
    /** How many items of a list GitHub gives at a time, at most. */
    static final int PAGE_SIZE = 100;

    private static final int SHOWN = 400;

    private final EndpointFailover endpoints;
    private final Credentials credentials;
    private final GitHubClientOptions access;
    private final Map<String, Instant> rateLimitedUntil = new ConcurrentHashMap<>();

    public GitHubApi(GitHubClientOptions access) {
        this.access = access;
        this.endpoints = new EndpointFailover(access.endpoints(), access.timeout());
        this.credentials = access.credentials(endpoints);
    }

    /** Whether nothing is written. */
    public boolean isDryRun() {
        return access.dryRun();
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

    /** Empty if it is not there. */
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
     * The first item of a list for which the reading gives something.
     *
     * @param path with a query
     * @param most pages that are read; whatever lies behind cannot be seen
     * @throws GitHubException also if there are more
     */
    <T> Optional<T> findFirst(String org, String path, int most, Function<JsonNode, Optional<T>> reading)
            throws GitHubException {
        for (int page = 1; page <= most; page++) {
            JsonNode items = get(org, path + "&per_page=" + PAGE_SIZE + "&page=" + page);
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
                Duration.ZERO,
                "GET " + path + ": there is more than " + most * PAGE_SIZE + " of it, which is not read");
    }

    /** Writes; in a dry run only into the log, with an empty answer. */
    JsonNode write(GitHubRequest request) throws GitHubException {
        if (access.dryRun()) {
            String body = String.valueOf(request.body());
            LOG.infof("dry run: would %s %s", request, body.length() > SHOWN ? body.substring(0, SHOWN) + "…" : body);
            return JsonNodeFactory.instance.objectNode();
        }
        return call(request);
    }

    /**
     * Something that has changed.
     *
     * @param etag what to ask by the next time; empty if there is none
     */
    record ModifiedResponse(JsonNode body, String etag) {}

    /** Reads; empty if it is still what is known by an ETag. */
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
                    request.idempotent() ? Kind.RETRY_LATER : Kind.OUTCOME_UNKNOWN,
                    Duration.ZERO,
                    request + ": the answer is not JSON; check that --github-endpoint is GitHub's API",
                    e);
        }
    }

    /** The answer as it is, good or not. */
    GitHubResponse exchange(GitHubRequest request) throws GitHubException {
        Instant pause = rateLimitedUntil.get(request.org());
        if (pause != null && now().isBefore(pause)) {
            throw GitHubException.retryLaterServiceWide(
                    Duration.between(now(), pause),
                    request + ": GitHub's rate limit was reached; it is kept until " + pause);
        }
        GitHubResponse reply = endpoints.send(request, credentials.authorizationHeader(request.org()));
        if (reply.status() == 401) {
            credentials.invalidate(request.org());
        }
        GitHubErrors.rateLimitPause(reply, now())
                .ifPresent(length -> rateLimitedUntil.put(request.org(), now().plus(length)));
        return reply;
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
