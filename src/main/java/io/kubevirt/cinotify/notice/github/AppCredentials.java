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
import io.kubevirt.cinotify.notice.SecretFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A GitHub App: a token for each organisation that has installed it, kept until shortly before its end. */
final class AppCredentials implements Credentials {

    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final int MOST_ORGS = 200;

    private final AppKey key;
    private final Endpoints endpoints;
    private final InstantSource clock;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private record Token(String value, Instant end) {}

    AppCredentials(AppKey key, Endpoints endpoints, InstantSource clock) {
        this.key = key;
        this.endpoints = endpoints;
        this.clock = clock;
    }

    @Override
    public String header(String org) throws GitHubFailure {
        Instant now = clock.instant();
        if (org.isEmpty()) {
            return "Bearer " + key.token(now);
        }
        Token known = tokens.get(org);
        if (known == null || !now.isBefore(known.end().minus(MARGIN))) {
            known = fetch(org, now);
            if (tokens.size() >= MOST_ORGS) {
                tokens.clear();
            }
            tokens.put(org, known);
        }
        return "Bearer " + known.value();
    }

    private Token fetch(String org, Instant now) throws GitHubFailure {
        String self = "Bearer " + key.token(now);
        long installation = installation(org, self, now);
        GitHubRequest request = GitHubRequest.set(
                "POST",
                "",
                "/app/installations/" + installation + "/access_tokens",
                JsonNodeFactory.instance.objectNode());
        JsonNode answer = json(request, endpoints.send(request, self), now);
        String token = answer.path("token").asText("");
        try {
            return new Token(token, Instant.parse(answer.path("expires_at").asText("")));
        } catch (DateTimeParseException e) {
            return new Token(token, now.plus(MARGIN.multipliedBy(2)));
        }
    }

    private long installation(String org, String self, Instant now) throws GitHubFailure {
        for (String owner : new String[] {"orgs", "users"}) {
            GitHubRequest request =
                    GitHubRequest.get("", "/" + owner + "/" + GitHubRequest.encoded(org) + "/installation");
            GitHubReply reply = endpoints.send(request, self);
            if (reply.status() != 404) {
                return json(request, reply, now).path("id").asLong();
            }
        }
        throw GitHubFailure.later(
                SecretFile.MENDING, "the GitHub App is not installed for " + org + "; install it there");
    }

    private static JsonNode json(GitHubRequest request, GitHubReply reply, Instant now) throws GitHubFailure {
        if (!reply.isGood()) {
            throw Verdict.of(request, reply, now);
        }
        try {
            return reply.json();
        } catch (IOException e) {
            throw GitHubFailure.later(Duration.ZERO, request + ": the answer is not JSON; is the endpoint GitHub's?");
        }
    }

    @Override
    public void refused(String org) {
        tokens.remove(org);
    }

    @Override
    public boolean isApp() {
        return true;
    }
}
