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
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kubevirt.cinotify.notice.github.GitHubFailure.Kind;
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
    static final int PAGE = 100;

    private static final int SHOWN = 400;

    private final Endpoints endpoints;
    private final Credentials credentials;
    private final GitHubAccess access;
    private final Map<String, Instant> pauses = new ConcurrentHashMap<>();

    public GitHubApi(GitHubAccess access) {
        this.access = access;
        this.endpoints = new Endpoints(access.endpoints(), access.patience());
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

    JsonNode get(String org, String path) throws GitHubFailure {
        return call(GitHubRequest.get(org, path));
    }

    /** Empty if it is not there. */
    Optional<JsonNode> find(String org, String path) throws GitHubFailure {
        try {
            return Optional.of(get(org, path));
        } catch (GitHubFailure e) {
            if (e.kind() == Kind.MISSING) {
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
     * @throws GitHubFailure also if there are more
     */
    <T> Optional<T> first(String org, String path, int most, Function<JsonNode, Optional<T>> reading)
            throws GitHubFailure {
        for (int page = 1; page <= most; page++) {
            JsonNode items = get(org, path + "&per_page=" + PAGE + "&page=" + page);
            for (JsonNode item : items) {
                Optional<T> read = reading.apply(item);
                if (read.isPresent()) {
                    return read;
                }
            }
            if (items.size() < PAGE) {
                return Optional.empty();
            }
        }
        throw GitHubFailure.later(
                Duration.ZERO, "GET " + path + ": there is more than " + most * PAGE + " of it, which is not read");
    }

    /** Writes; in a dry run only into the log, with an empty answer. */
    JsonNode write(GitHubRequest request) throws GitHubFailure {
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
    record Fresh(JsonNode body, String etag) {}

    /** Reads; empty if it is still what is known by an ETag. */
    Optional<Fresh> unless(GitHubRequest request, @Nullable String etag) throws GitHubFailure {
        GitHubRequest asked = request.unless(etag);
        GitHubReply reply = reply(asked);
        return etag != null && reply.status() == NOT_MODIFIED
                ? Optional.empty()
                : Optional.of(new Fresh(json(asked, reply), reply.header("etag").orElse("")));
    }

    private JsonNode call(GitHubRequest request) throws GitHubFailure {
        return json(request, reply(request));
    }

    private JsonNode json(GitHubRequest request, GitHubReply reply) throws GitHubFailure {
        if (!reply.isGood()) {
            throw Verdict.of(request, reply, now());
        }
        try {
            return reply.json();
        } catch (IOException e) {
            throw new GitHubFailure(
                    request.repeatable() ? Kind.LATER : Kind.UNCLEAR,
                    Duration.ZERO,
                    request + ": the answer is not JSON; check that --github-endpoint is GitHub's API",
                    e);
        }
    }

    /** The answer as it is, good or not. */
    GitHubReply reply(GitHubRequest request) throws GitHubFailure {
        Instant pause = pauses.get(request.org());
        if (pause != null && now().isBefore(pause)) {
            throw GitHubFailure.laterForAll(
                    Duration.between(now(), pause),
                    request + ": GitHub's rate limit was reached; it is kept until " + pause);
        }
        GitHubReply reply = endpoints.send(request, credentials.header(request.org()));
        if (reply.status() == 401) {
            credentials.refused(request.org());
        }
        Verdict.pause(reply, now()).ifPresent(length -> pauses.put(request.org(), now().plus(length)));
        return reply;
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
