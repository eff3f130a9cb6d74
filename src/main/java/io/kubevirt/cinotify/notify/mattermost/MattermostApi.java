// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.mattermost;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.JsonRequests;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The REST API of Mattermost.
 *
 * @see <a href="https://docs.mattermost.com/api">Mattermost's documentation</a>
 */
final class MattermostApi {
    private static final String TOO_LONG = "message_length";

    private final JsonRequests requests;
    private final Supplier<MattermostConfig> config;
    private final Function<String, SecretFile> secrets;

    MattermostApi(BoundedHttpClient client, Supplier<MattermostConfig> config, Function<String, SecretFile> secrets) {
        this.requests = new JsonRequests(client);
        this.config = config;
        this.secrets = secrets;
    }

    /** Reads: a failure is never {@link SendResult.Unknown}. */
    JsonNode get(String path) throws SendException {
        try {
            return json(exchange("GET", path, null));
        } catch (SendException e) {
            throw e.ofRead();
        }
    }

    /** The response, whatever its status. */
    HttpResult exchange(String method, String path, @Nullable JsonNode body) throws SendException {
        MattermostConfig now = config.get();
        try {
            String token = secrets.apply(now.tokenFile()).read();
            return requests.send(method, now.resource(path), Map.of("Authorization", "Bearer " + token), body);
        } catch (SecretFile.UnusableException e) {
            throw SendException.of(e);
        }
    }

    /** Whether a post was deleted. Mattermost answers 403 to a change of such a post, as to one without permission. */
    boolean isDeleted(String post) throws SendException {
        HttpResult answer = exchange("GET", "posts/" + post, null);
        return answer.status() == 404
                || (answer.isSuccess() && json(answer).path("delete_at").asLong() > 0);
    }

    JsonNode json(HttpResult answer) throws SendException {
        if (!answer.isSuccess()) {
            throw new SendException(toResult(answer));
        }
        JsonNode body = JsonRequests.object(answer);
        if (body == null) {
            throw new SendException(new SendResult.Unknown("Mattermost responded with " + answer.status()
                    + " and no JSON (" + answer.excerpt() + "): check mattermost.url"));
        }
        return body;
    }

    private SendResult toResult(HttpResult answer) {
        int status = answer.status();
        String detail = "Mattermost responded with " + status + " (" + errorMessage(answer) + ")";
        return switch (status) {
            case 401 ->
                JsonRequests.operatorMustFix(
                        SendResult.Scope.CHANNEL,
                        "Mattermost rejects the token (401): put a valid one into "
                                + secrets.apply(config.get().tokenFile()).path() + "; it is reloaded automatically");
            case 413 -> new SendResult.Rejected(detail + ": shorten the template");
            case 429 -> new SendResult.RetryLater(answer.retryAfter(), SendResult.Scope.CHANNEL, detail);
            default -> {
                if (answer.isServerError()) {
                    yield new SendResult.Unknown(detail);
                }
                yield answer.body().contains(TOO_LONG)
                        ? new SendResult.Rejected(detail + ": shorten the template")
                        : JsonRequests.operatorMustFix(
                                SendResult.Scope.DESTINATION,
                                detail + ": check mattermost.url and the id of the channel, and add the bot to it");
            }
        };
    }

    private static String errorMessage(HttpResult answer) {
        JsonNode body = JsonRequests.object(answer);
        return body != null && body.path("message").isTextual()
                ? new HttpResult(
                                answer.status(),
                                answer.retryAfter(),
                                body.path("message").asText())
                        .excerpt()
                : answer.excerpt();
    }
}
