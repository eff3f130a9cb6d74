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
package io.kubevirt.cinotify.notice.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.http.RetryAfter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Slack's Web API through its SDK: what goes wrong becomes a {@link Receipt} that says whether anything was written. */
public final class SlackApi {

    private static final int TOO_MANY = 429;
    private static final int TOO_LARGE = 413;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVER_ERROR = 500;

    private final Slack slack;
    private final SecretFile token;
    private final SlackErrors errors;

    /** A method of the Web API. */
    @FunctionalInterface
    interface Call<T extends SlackApiTextResponse> {
        T on(MethodsClient methods) throws IOException, SlackApiException;
    }

    /**
     * @param endpoint the address of the Web API, such as {@code https://slack.com/api/}
     * @param token the file with the bot's token
     * @param patience how long a call may take in all
     */
    public SlackApi(URI endpoint, SecretFile token, Duration patience) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(endpoint + (endpoint.toString().endsWith("/") ? "" : "/"));
        // Statistics would ask auth.test once for each token, and keep threads.
        config.setStatsEnabled(false);
        config.setHttpClientCallTimeoutMillis((int) patience.toMillis());
        // The client's own second attempt would write a second message where only the answer was lost.
        SlackHttpClient http = new SlackHttpClient(SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .build());
        this.slack = Slack.getInstance(config, http);
        this.token = token;
        this.errors = new SlackErrors(token);
    }

    /** The SDK, for the socket of the buttons. */
    Slack sdk() {
        return slack;
    }

    /**
     * Calls a method.
     *
     * @param place the channel that it is about, for the operator
     * @throws Failed with what that means for what was to be written
     */
    <T extends SlackApiTextResponse> T ask(String place, Call<T> call) throws Failed {
        String secret = token.read();
        try {
            T answer = call.on(slack.methods(secret));
            if (answer.isOk()) {
                return answer;
            }
            throw new Failed(
                    answer.getError() == null
                            ? notSlack("2xx without a word of success or of an error")
                            : errors.of(
                                    new SlackErrors.Word(answer.getError(), answer.getNeeded(), answer.getProvided()),
                                    place,
                                    Duration.ZERO));
        } catch (SlackApiException e) {
            throw new Failed(refusal(e, place));
        } catch (IOException e) {
            throw new Failed(broken(e));
        } catch (RuntimeException e) {
            // Gson's, for an answer that is not what the method promises.
            throw new Failed(notSlack("2xx that is not its JSON"));
        }
    }

    private Receipt refusal(SlackApiException e, String place) {
        int status = e.getResponse().code();
        if (status == TOO_MANY) {
            return errors.of(new SlackErrors.Word("ratelimited", null, null), place, retryAfter(e));
        }
        if (status >= SERVER_ERROR || status == REQUEST_TIMEOUT) {
            return new Receipt.Unknown("Slack had trouble of its own (HTTP " + status + ")");
        }
        if (status == TOO_LARGE) {
            return errors.of(new SlackErrors.Word("msg_too_long", null, null), place, Duration.ZERO);
        }
        @Nullable String code = e.getError() == null ? null : e.getError().getError();
        if (status < 300) {
            return notSlack("HTTP " + status + " that is not its JSON");
        }
        return code == null
                ? new Receipt.Later(SecretFile.MENDING, word("HTTP " + status))
                : errors.of(
                        new SlackErrors.Word(
                                code, e.getError().getNeeded(), e.getError().getProvided()),
                        place,
                        Duration.ZERO);
    }

    private static Duration retryAfter(SlackApiException e) {
        return RetryAfter.of(e.getResponse().headers("Retry-After"));
    }

    private Receipt broken(IOException e) {
        return switch (e) {
            case ConnectException refused -> new Receipt.Later(Duration.ZERO, unreachable(refused));
            case UnknownHostException unknown -> new Receipt.Later(Duration.ZERO, unreachable(unknown));
            case NoRouteToHostException away -> new Receipt.Later(Duration.ZERO, unreachable(away));
            case SSLHandshakeException untrusted -> new Receipt.Later(SecretFile.MENDING, unreachable(untrusted));
            case SSLPeerUnverifiedException untrusted -> new Receipt.Later(SecretFile.MENDING, unreachable(untrusted));
            default -> new Receipt.Unknown("the answer of " + host() + " was lost (" + e.getMessage() + ")");
        };
    }

    private String unreachable(IOException e) {
        return host() + " cannot be reached (" + e.getMessage() + "): look at the network, or mend --slack-endpoint";
    }

    private Receipt notSlack(String answer) {
        return new Receipt.Unknown(word(answer));
    }

    private String word(String answer) {
        return host() + " answered " + answer + ": look whether --slack-endpoint is Slack's Web API or a proxy for it";
    }

    private String host() {
        return URI.create(slack.getConfig().getMethodsEndpointUrlPrefix()).getAuthority();
    }
}
