// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.BoundedHttpClient.RequestFailedException;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Jira REST API; errors become a {@link SendResult} with a sentence for the operator. */
final class JiraApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BoundedHttpClient client;
    private final Supplier<JiraConfig> config;
    private final Function<String, SecretFile> secrets;

    /** The account of the last token. */
    private volatile Map.Entry<String, JsonNode> self = Map.entry("", MissingNode.getInstance());

    JiraApi(BoundedHttpClient client, Supplier<JiraConfig> config, Function<String, SecretFile> secrets) {
        this.client = client;
        this.config = config;
        this.secrets = secrets;
    }

    /** Reads: a failure is never {@link SendResult.Unknown}. */
    JsonNode get(String path) throws SendException {
        try {
            return json(requireSuccess(exchange("GET", path, null)));
        } catch (SendException e) {
            throw e.ofRead();
        }
    }

    JsonNode post(String path, JsonNode body) throws SendException {
        return json(requireSuccess(exchange("POST", path, body)));
    }

    /** For requests that Jira answers without a body; one with a body is of a proxy, such as the page of a login. */
    void send(String method, String path, JsonNode body) throws SendException {
        HttpResult answer = requireSuccess(exchange(method, path, body));
        if (!answer.body().isBlank()) {
            throw unexpected(answer, "a body");
        }
    }

    /** The response, whatever its status. */
    HttpResult exchange(String method, String path, @Nullable JsonNode body) throws SendException {
        return exchange(method, config.get().resource(path), body);
    }

    /** Whether an account is the owner of the token. */
    boolean isSelf(JsonNode account) throws SendException {
        // Jira Cloud has account ids, Data Center has names.
        String id = account.has("accountId") ? "accountId" : "name";
        Map.Entry<String, JsonNode> known = self;
        if (!known.getKey().equals(authorization())) {
            known = Map.entry(authorization(), get("myself"));
            self = known;
        }
        return known.getValue().path(id).asText().equals(account.path(id).asText());
    }

    private String authorization() throws SendException {
        JiraConfig now = config.get();
        try {
            return now.authorization(secrets.apply(now.tokenFile()).read());
        } catch (SecretFile.UnusableException e) {
            throw SendException.of(e);
        }
    }

    HttpResult search(JsonNode query) throws SendException {
        return exchange("POST", config.get().search(), query);
    }

    private HttpResult exchange(String method, URI resource, @Nullable JsonNode body) throws SendException {
        String header = authorization();
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(resource)
                    .header("Authorization", header)
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "ci-notify")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
            return client.send(request.build());
        } catch (RequestFailedException e) {
            throw SendException.of(e);
        }
    }

    HttpResult requireSuccess(HttpResult answer) throws SendException {
        if (answer.isSuccess()) {
            return answer;
        }
        throw new SendException(toResult(answer));
    }

    JsonNode json(HttpResult answer) throws SendException {
        try {
            JsonNode body = JSON.readTree(answer.body());
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            // Reported below.
        }
        throw unexpected(answer, "no JSON of Jira");
    }

    private SendException unexpected(HttpResult answer, String body) {
        return new SendException(new SendResult.Unknown(
                host() + " responded with " + answer.status() + " and " + body + ": check jira.url and the token"));
    }

    private SendResult toResult(HttpResult answer) {
        int status = answer.status();
        String detail = "Jira responded with " + status + " (" + errorMessages(answer) + ")";
        return switch (status) {
            case 401 ->
                new SendResult.RetryLater(
                        SecretFile.OPERATOR_RETRY_DELAY,
                        SendResult.Scope.CHANNEL,
                        "Jira rejects the token (401): check jira.user, and put a valid one into "
                                + secrets.apply(config.get().tokenFile()).path() + "; it is reloaded automatically");
            case 403 ->
                retryLater(detail
                        + ": grant the owner of the token the permission, or log in once if Jira asks for a captcha");
            case 404, 410 -> new SendResult.TargetGone(detail);
            case 400, 409, 422 ->
                retryLater(detail
                        + ": fix project, issue type, component or transition in the configuration, or the"
                        + " screens in Jira");
            case 413 -> new SendResult.Rejected(detail + ": shorten the template");
            case 429 -> new SendResult.RetryLater(answer.retryAfter(), SendResult.Scope.CHANNEL, detail);
            default -> {
                if (answer.isServerError()) {
                    yield new SendResult.Unknown(detail);
                }
                yield status / 100 == 3
                        ? retryLater(detail + ": fix jira.url, or the token if Jira asks for a login")
                        : new SendResult.RetryLater(answer.retryAfter(), detail);
            }
        };
    }

    /** The error messages of Jira: general ones, then those of fields. */
    private static String errorMessages(HttpResult answer) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            List<String> words = new ArrayList<>();
            body.path("errorMessages").forEach(message -> words.add(message.asText()));
            body.path("errors")
                    .properties()
                    .forEach(error ->
                            words.add(error.getKey() + ": " + error.getValue().asText()));
            if (!words.isEmpty()) {
                return new HttpResult(answer.status(), Duration.ZERO, String.join("; ", words)).excerpt();
            }
        } catch (JsonProcessingException e) {
            // Use the body as it is.
        }
        return answer.excerpt();
    }

    private String host() {
        return config.get().resource("").getAuthority();
    }

    private static SendResult retryLater(String why) {
        return new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, why);
    }
}
