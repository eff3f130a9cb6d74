// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kubevirt.cinotify.source.webhook.RequestBodies.UnreadBodyException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code POST …/help}, from which hook collects the plugin help for deck (prow-contract §3). The requests are
 * unsigned, and hook waits only one second, so the response needs no I/O.
 */
public final class HelpHandler implements Handler<RoutingContext> {
    private static final Logger LOG = Logger.getLogger(HelpHandler.class);

    /** Enough for more than two thousand repositories. */
    static final int MAX_BODY_BYTES = 128 << 10;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final TypeReference<@Nullable List<@Nullable RequestedRepository>> REQUEST_TYPE =
            new TypeReference<>() {};

    private final Supplier<PluginHelp> help;
    private final RequestBodies bodies;

    /** {@code help} is called for each request, so that the help follows configuration reloads. */
    public HelpHandler(Supplier<PluginHelp> help, RequestBodies bodies) {
        this.help = help;
        this.bodies = bodies;
    }

    @Override
    public void handle(RoutingContext context) {
        if (!HttpMethod.POST.equals(context.request().method())) {
            reject(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "use POST");
            return;
        }
        bodies.read(context.request(), MAX_BODY_BYTES, (bytes, from, length) -> {}, this::answer)
                .onSuccess(answer -> context.response()
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-cache")
                        .end(answer))
                .onFailure(cause -> reject(context, cause));
    }

    private Future<Buffer> answer(byte[] body) {
        try {
            JSON.readValue(body, REQUEST_TYPE);
            return Future.succeededFuture(Buffer.buffer(JSON.writeValueAsBytes(help.get())));
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }

    private static void reject(RoutingContext context, Throwable cause) {
        switch (cause) {
            case UnreadBodyException unread ->
                WebhookResponse.unread(unread.reason()).send(context);
            case JsonProcessingException bad ->
                reject(
                        context,
                        HttpResponseStatus.INTERNAL_SERVER_ERROR,
                        "the body must be a JSON array of objects with Org and Repo, or null");
            default -> {
                LOG.error("Failed to serve plugin help", cause);
                reject(context, HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error, see the log of ci-notify");
            }
        }
    }

    private static void reject(RoutingContext context, HttpResponseStatus status, String reason) {
        WebhookResponse.send(context, status.code(), status + ": " + reason);
    }

    /** Only validates the request; the help is the same for every repository. */
    private record RequestedRepository(
            @JsonProperty("Org") @Nullable String org,
            @JsonProperty("Repo") @Nullable String repo) {}
}
