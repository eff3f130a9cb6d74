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
package io.kubevirt.cinotify.notice.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.http.Answer;
import io.kubevirt.cinotify.notice.http.Server;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Jira's REST v2: what goes wrong becomes a {@link Receipt} with a sentence for the operator. */
final class JiraApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Server server;
    private final Supplier<JiraSite> site;

    JiraApi(Server server, Supplier<JiraSite> site) {
        this.server = server;
        this.site = site;
    }

    JsonNode get(String path) throws Failed {
        return json(good(ask("GET", path, null)));
    }

    JsonNode post(String path, JsonNode body) throws Failed {
        return json(good(ask("POST", path, body)));
    }

    /** For what answers nothing. */
    void send(String method, String path, JsonNode body) throws Failed {
        good(ask(method, path, body));
    }

    /** An answer as it is, good or not. */
    Answer ask(String method, String path, @Nullable JsonNode body) throws Failed {
        JiraSite now = site.get();
        HttpRequest.Builder request = HttpRequest.newBuilder(now.resource(path))
                .header("Authorization", "Bearer " + now.token().read())
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("User-Agent", "ci-notify")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        return server.send(request.build());
    }

    Answer good(Answer answer) throws Failed {
        if (answer.isGood()) {
            return answer;
        }
        throw new Failed(fault(answer));
    }

    JsonNode json(Answer answer) throws Failed {
        try {
            JsonNode body = JSON.readTree(answer.body());
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            // Said below.
        }
        throw new Failed(new Receipt.Unknown(host() + " answered " + answer.status()
                + " with something that is not Jira's JSON: look whether jira.url is Jira, and the token good"));
    }

    private Receipt fault(Answer answer) {
        int status = answer.status();
        String said = "Jira answered " + status + " (" + words(answer) + ")";
        return switch (status) {
            case 401 ->
                new Receipt.Later(
                        SecretFile.MENDING,
                        Receipt.Scope.CHANNEL,
                        "Jira refuses the token (401): put a valid one into "
                                + site.get().token().path() + "; it is read again by itself");
            case 403 -> later(said + ": give the token's owner the permission, or log in once if it wants a captcha");
            case 404, 410 -> new Receipt.Gone(said);
            case 400, 409, 422 ->
                later(said + ": mend project, type, component or transition in the settings, or Jira's screens");
            case 413 -> new Receipt.Refused(said + ": shorten the template");
            case 429 -> new Receipt.Later(answer.retryAfter(), Receipt.Scope.CHANNEL, said);
            default -> {
                if (answer.isTrouble()) {
                    yield new Receipt.Unknown(said);
                }
                yield status / 100 == 3
                        ? later(said + ": it wants a log-in, or has another address than jira.url")
                        : new Receipt.Refused(said);
            }
        };
    }

    /** What Jira says is wrong: general messages, then those about single fields. */
    private static String words(Answer answer) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            List<String> words = new ArrayList<>();
            body.path("errorMessages").forEach(message -> words.add(message.asText()));
            body.path("errors")
                    .properties()
                    .forEach(error ->
                            words.add(error.getKey() + ": " + error.getValue().asText()));
            if (!words.isEmpty()) {
                return new Answer(answer.status(), Duration.ZERO, String.join("; ", words)).shown();
            }
        } catch (JsonProcessingException e) {
            // Then as it is.
        }
        return answer.shown();
    }

    private String host() {
        URI url = site.get().url();
        return url.getAuthority();
    }

    private static Receipt later(String why) {
        return new Receipt.Later(SecretFile.MENDING, why);
    }
}
