// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import io.kubevirt.cinotify.http.RetryAfter;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Slack Web API through the SDK; errors become a {@link SendResult}. */
public final class SlackApi {
    private static final Logger LOG = Logger.getLogger(SlackApi.class);

    private static final int TOO_MANY = 429;
    private static final int TOO_LARGE = 413;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVER_ERROR = 500;

    private final Slack slack;
    private final SecretFile token;
    private final SlackErrors errors;

    /** A call of the Web API. */
    @FunctionalInterface
    interface Call<T extends SlackApiTextResponse> {
        T invoke(MethodsClient methods) throws IOException, SlackApiException;
    }

    /**
     * @param endpoint URL of the Web API, such as {@code https://slack.com/api/}
     * @param token the file with the bot token
     * @param timeout of a whole call
     */
    public SlackApi(URI endpoint, SecretFile token, Duration timeout) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(endpoint + (endpoint.toString().endsWith("/") ? "" : "/"));
        // Statistics would call auth.test for each token and keep threads.
        config.setStatsEnabled(false);
        config.setHttpClientCallTimeoutMillis((int) timeout.toMillis());
        // A retry by the client would post a second message if only the response was lost.
        SlackHttpClient http = new SlackHttpClient(SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .build());
        this.slack = Slack.getInstance(config, http);
        this.token = token;
        this.errors = new SlackErrors(token);
    }

    /** The SDK, for Socket Mode. */
    Slack sdk() {
        return slack;
    }

    /**
     * Calls a method.
     *
     * @param destination the channel, for error messages
     */
    <T extends SlackApiTextResponse> T call(String destination, Call<T> call) throws SendException {
        return call(destination, SendResult.Scope.CHANNEL, call);
    }

    /**
     * Calls a method that writes a message. A message whose length or blocks Slack refuses is written once more, shortened and as
     * text only.
     *
     * @param write creates the call
     */
    <T extends SlackApiTextResponse> T write(
            AddressedMessage addressed, SlackMessage message, Function<SlackMessage, Call<T>> write)
            throws SendException {
        String destination = addressed.destination();
        addressed.beforeWrite();
        try {
            return call(destination, write.apply(message));
        } catch (SlackErrors.UnacceptableException e) {
            addressed.beforeWrite();
            T answer = call(destination, write.apply(message.shortened()));
            LOG.warnf("%s was shortened to text: %s", addressed.marker(), e.getMessage());
            Counter.builder("ci_notify.messages.shortened")
                    .description(
                            "Messages that were sent shortened, because the service refused their length or layout.")
                    .tag("channel", SlackChannel.NAME)
                    .register(Metrics.globalRegistry)
                    .increment();
            return answer;
        }
    }

    private <T extends SlackApiTextResponse> T call(String destination, SendResult.Scope limited, Call<T> call)
            throws SendException {
        SlackErrors.Context context = new SlackErrors.Context(destination, limited);
        try {
            T answer = call.invoke(slack.methods(token.read()));
            if (answer == null) {
                throw new SendException(unexpectedResponse("2xx and an empty body"));
            }
            if (answer.isOk()) {
                return answer;
            }
            throw answer.getError() == null
                    ? new SendException(unexpectedResponse("2xx with neither success nor error"))
                    : errors.toException(
                            new SlackErrors.ErrorResponse(answer.getError(), answer.getNeeded(), answer.getProvided()),
                            context,
                            Duration.ZERO);
        } catch (SlackApiException e) {
            throw httpError(e, context);
        } catch (SecretFile.UnusableException e) {
            throw SendException.of(e);
        } catch (IOException e) {
            throw new SendException(ioErrorResult(e));
        } catch (RuntimeException e) {
            // From Gson, for an unexpected response.
            throw new SendException(unexpectedResponse("2xx and unexpected JSON"));
        }
    }

    /**
     * Calls a method that only reads. Its rate limit is its own and may be one call a minute, so only this lookup waits; and a lost
     * response is no unknown outcome.
     */
    <T extends SlackApiTextResponse> T lookUp(String destination, Call<T> call) throws SendException {
        try {
            return call(destination, SendResult.Scope.MESSAGE, call);
        } catch (SendException e) {
            throw e.ofRead();
        }
    }

    private SendException httpError(SlackApiException e, SlackErrors.Context context) {
        int status = e.getResponse().code();
        if (status == TOO_MANY) {
            return errors.toException(new SlackErrors.ErrorResponse("ratelimited", null, null), context, retryAfter(e));
        }
        if (status >= SERVER_ERROR || status == REQUEST_TIMEOUT) {
            return new SendException(new SendResult.Unknown("Slack failed (HTTP " + status + ")"));
        }
        if (status == TOO_LARGE) {
            return errors.toException(
                    new SlackErrors.ErrorResponse("msg_too_long", null, null), context, Duration.ZERO);
        }
        @Nullable String code = e.getError() == null ? null : e.getError().getError();
        if (status < 300) {
            return new SendException(unexpectedResponse("HTTP " + status + " and unexpected JSON"));
        }
        return code == null
                ? new SendException(
                        new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, describe("HTTP " + status)))
                : errors.toException(
                        new SlackErrors.ErrorResponse(
                                code, e.getError().getNeeded(), e.getError().getProvided()),
                        context,
                        Duration.ZERO);
    }

    private static Duration retryAfter(SlackApiException e) {
        return RetryAfter.parse(e.getResponse().headers("Retry-After"));
    }

    private SendResult ioErrorResult(IOException e) {
        return switch (e) {
            case ConnectException refused -> new SendResult.RetryLater(Duration.ZERO, unreachable(refused));
            case UnknownHostException unknown -> new SendResult.RetryLater(Duration.ZERO, unreachable(unknown));
            case NoRouteToHostException away -> new SendResult.RetryLater(Duration.ZERO, unreachable(away));
            case SSLHandshakeException untrusted ->
                new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, unreachable(untrusted));
            case SSLPeerUnverifiedException untrusted ->
                new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, unreachable(untrusted));
            default -> new SendResult.Unknown("the response of " + host() + " was lost (" + e.getMessage() + ")");
        };
    }

    private String unreachable(IOException e) {
        return host() + " is unreachable (" + e.getMessage() + "): check the network and --slack-endpoint";
    }

    private SendResult unexpectedResponse(String answer) {
        return new SendResult.Unknown(describe(answer));
    }

    private String describe(String answer) {
        return host() + " responded with " + answer
                + ": check that --slack-endpoint is Slack's Web API or a proxy for it";
    }

    String host() {
        return URI.create(slack.getConfig().getMethodsEndpointUrlPrefix()).getAuthority();
    }
}
