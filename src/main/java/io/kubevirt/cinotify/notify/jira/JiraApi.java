// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.RequestFailedException;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Jira's REST v2: what goes wrong becomes a {@link SendResult} with a sentence for the operator. */
final class JiraApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BoundedHttpClient client;
    private final Supplier<JiraConfig> config;
    private final Function<String, SecretFile> secrets;

    JiraApi(BoundedHttpClient client, Supplier<JiraConfig> config, Function<String, SecretFile> secrets) {
        this.client = client;
        this.config = config;
        this.secrets = secrets;
    }

    JsonNode get(String path) throws SendException {
        return json(requireSuccess(exchange("GET", path, null)));
    }

    JsonNode post(String path, JsonNode body) throws SendException {
        return json(requireSuccess(exchange("POST", path, body)));
    }

    /** For what answers nothing. */
    void send(String method, String path, JsonNode body) throws SendException {
        requireSuccess(exchange(method, path, body));
    }

    /** An answer as it is, good or not. */
    HttpResult exchange(String method, String path, @Nullable JsonNode body) throws SendException {
        JiraConfig now = config.get();
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(now.resource(path))
                    .header(
                            "Authorization",
                            "Bearer " + secrets.apply(now.tokenFile()).read())
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "ci-notify")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
            return client.send(request.build());
        } catch (SecretFile.UnusableException e) {
            throw SendException.of(e);
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
            // Said below.
        }
        throw new SendException(new SendResult.Unknown(host() + " answered " + answer.status()
                + " with something that is not Jira's JSON: look whether jira.url is Jira, and the token good"));
    }

    private SendResult toResult(HttpResult answer) {
        int status = answer.status();
        String said = "Jira answered " + status + " (" + errorMessages(answer) + ")";
        return switch (status) {
            case 401 ->
                new SendResult.RetryLater(
                        SecretFile.OPERATOR_RETRY_DELAY,
                        SendResult.Scope.CHANNEL,
                        "Jira refuses the token (401): put a valid one into "
                                + secrets.apply(config.get().tokenFile()).path() + "; it is read again by itself");
            case 403 ->
                retryLater(said + ": give the token's owner the permission, or log in once if it wants a captcha");
            case 404, 410 -> new SendResult.TargetGone(said);
            case 400, 409, 422 ->
                retryLater(said + ": mend project, type, component or transition in the settings, or Jira's screens");
            case 413 -> new SendResult.Rejected(said + ": shorten the template");
            case 429 -> new SendResult.RetryLater(answer.retryAfter(), SendResult.Scope.CHANNEL, said);
            default -> {
                if (answer.isServerError()) {
                    yield new SendResult.Unknown(said);
                }
                yield status / 100 == 3
                        ? retryLater(said + ": it wants a log-in, or has another address than jira.url")
                        : new SendResult.Rejected(said);
            }
        };
    }

    /** What Jira says is wrong: general messages, then those about single fields. */
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
            // Then as it is.
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
