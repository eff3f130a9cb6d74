// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.http.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Credentials of a GitHub App: one token per installation, cached until shortly before it expires. */
final class AppCredentials implements Credentials {
    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final int MOST_ORGS = 200;

    private final AppJwtSigner key;
    private final EndpointFailover endpoints;
    private final InstantSource clock;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private record Token(String value, Instant end) {}

    AppCredentials(AppJwtSigner key, EndpointFailover endpoints, InstantSource clock) {
        this.key = key;
        this.endpoints = endpoints;
        this.clock = clock;
    }

    @Override
    public String authorizationHeader(String org) throws GitHubException {
        Instant now = clock.instant();
        if (org.isEmpty()) {
            return "Bearer " + Secrets.add(key.createJwt(now));
        }
        Token known = tokens.get(org);
        if (known == null || !now.isBefore(known.end().minus(MARGIN))) {
            known = fetch(org, now);
            if (tokens.size() >= MOST_ORGS) {
                tokens.clear();
            }
            tokens.put(org, known);
        }
        return "Bearer " + Secrets.add(known.value());
    }

    private Token fetch(String org, Instant now) throws GitHubException {
        String self = "Bearer " + Secrets.add(key.createJwt(now));
        long installation = installation(org, self, now);
        GitHubRequest request = GitHubRequest.write(
                "POST",
                "",
                "/app/installations/" + installation + "/access_tokens",
                JsonNodeFactory.instance.objectNode(),
                GitHubRequest.Effect.NONE);
        JsonNode answer = json(request, endpoints.send(request, self), now);
        String token = answer.path("token").asText("");
        if (token.isEmpty()) {
            throw GitHubApi.unexpected(request.toString(), "a token");
        }
        try {
            return new Token(token, Instant.parse(answer.path("expires_at").asText("")));
        } catch (DateTimeParseException e) {
            return new Token(token, now.plus(MARGIN.multipliedBy(2)));
        }
    }

    private long installation(String org, String self, Instant now) throws GitHubException {
        for (String owner : new String[] {"orgs", "users"}) {
            GitHubRequest request =
                    GitHubRequest.get("", "/" + owner + "/" + GitHubRequest.encoded(org) + "/installation");
            GitHubResponse reply = endpoints.send(request, self);
            if (reply.status() != 404) {
                return json(request, reply, now).path("id").asLong();
            }
        }
        throw GitHubException.retryLater(
                SecretFile.OPERATOR_RETRY_DELAY, "the GitHub App is not installed in " + org + "; install it");
    }

    private static JsonNode json(GitHubRequest request, GitHubResponse reply, Instant now) throws GitHubException {
        if (!reply.isSuccess()) {
            throw GitHubErrors.toException(request, reply, now);
        }
        try {
            return reply.json();
        } catch (IOException e) {
            throw GitHubException.retryLater(
                    Duration.ZERO, request + ": the response is not JSON; check --github-endpoint");
        }
    }

    @Override
    public void invalidate(String org) {
        tokens.remove(org);
    }

    @Override
    public boolean isApp() {
        return true;
    }
}
