// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.BoundedHttpClient.RequestFailedException;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.prow.GitHubServer;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks GitHub who signs in, with the steps of its web application flow
 * (https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps). No scope is asked for: the token serves
 * one question, and is dropped.
 */
final class GitHubOAuthClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path clientFile;
    private final BoundedHttpClient http = new BoundedHttpClient(TIMEOUT);

    GitHubOAuthClient(Path clientFile) {
        this.clientFile = clientFile;
    }

    /** Why GitHub names nobody; the message is for the operator and has no secret. */
    static final class SignInFailedException extends Exception {
        SignInFailedException(String message) {
            super(Secrets.censor(message), null, false, false);
        }
    }

    private record Credentials(String id, String secret) {}

    /** Where the browser goes to sign in. */
    String authorizeUrl(GitHubServer server, String redirect, String state, String challenge)
            throws SignInFailedException {
        return server.url() + "/login/oauth/authorize?"
                + form(Map.of(
                        "client_id", credentials().id(),
                        "redirect_uri", redirect,
                        "state", state,
                        "code_challenge", challenge,
                        "code_challenge_method", "S256"));
    }

    /**
     * The login of who signed in.
     *
     * @param code from GitHub, in the browser's request
     * @param verifier of the challenge
     */
    String login(GitHubServer server, String redirect, String code, String verifier) throws SignInFailedException {
        Credentials client = credentials();
        HttpRequest exchange = request(server.url() + "/login/oauth/access_token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of(
                        "client_id", client.id(),
                        "client_secret", client.secret(),
                        "code", code,
                        "redirect_uri", redirect,
                        "code_verifier", verifier))))
                .build();
        String token = Secrets.add(text(exchange, "access_token"));
        return text(
                request(server.api() + "/user")
                        .header("Authorization", "Bearer " + token)
                        .build(),
                "login");
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "application/json")
                .header("User-Agent", "ci-notify");
    }

    private String text(HttpRequest request, String field) throws SignInFailedException {
        HttpResult result;
        try {
            result = http.send(request);
        } catch (RequestFailedException e) {
            throw new SignInFailedException(e.getMessage());
        }
        // GitHub answers a wrong code with 200 and an error inside.
        String found = json(result.body()).path(field).asText("");
        if (!result.isSuccess() || found.isEmpty()) {
            throw new SignInFailedException(
                    request.uri() + " answered " + result.status() + " without " + field + ": " + result.excerpt());
        }
        return found;
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private Credentials credentials() throws SignInFailedException {
        try {
            JsonNode document = YamlDocument.parse(clientFile.toString(), new SecretFile(clientFile).read())
                    .root();
            String id = document.path("client_id").asText("");
            String secret = document.path("client_secret").asText("");
            if (id.isEmpty() || secret.isEmpty()) {
                throw new SignInFailedException(
                        clientFile + " has no client_id or no client_secret: write both, as deck's file has them");
            }
            return new Credentials(id, Secrets.add(secret));
        } catch (IOException e) {
            throw new SignInFailedException(String.valueOf(e.getMessage()));
        } catch (InvalidConfigException e) {
            throw new SignInFailedException(e.problems().getFirst().toString());
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .sorted()
                .collect(Collectors.joining("&"));
    }
}
