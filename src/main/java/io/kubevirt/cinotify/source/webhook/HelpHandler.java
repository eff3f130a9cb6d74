// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
 * Answers {@code POST …/help}, with which hook collects what deck shows about plugins (prow-contract §3). Nobody signs
 * these requests and hook waits for one second only, so the answer is made without any I/O.
 */
public final class HelpHandler implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger(HelpHandler.class);

    /** Room for some ten thousand repositories. */
    private static final long LARGEST_BODY = 1024 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final TypeReference<@Nullable List<@Nullable RequestedRepository>> REQUEST_TYPE =
            new TypeReference<>() {};

    private final Supplier<PluginHelp> help;

    /** @param help asked for each request, so that it may follow the settings */
    public HelpHandler(Supplier<PluginHelp> help) {
        this.help = help;
    }

    @Override
    public void handle(RoutingContext context) {
        if (!HttpMethod.POST.equals(context.request().method())) {
            reject(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "help is asked for with POST");
            return;
        }
        BodyReader.read(context.request(), LARGEST_BODY)
                .compose(this::answer)
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
            case BodyReader.BodyTooLargeException large ->
                reject(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large");
            case JsonProcessingException bad ->
                reject(
                        context,
                        HttpResponseStatus.INTERNAL_SERVER_ERROR,
                        "the body must be a JSON array of objects with Org and Repo, or null");
            default -> {
                LOG.error("The help could not be given", cause);
                reject(context, HttpResponseStatus.INTERNAL_SERVER_ERROR, "the log of ci-notify says why");
            }
        }
    }

    private static void reject(RoutingContext context, HttpResponseStatus status, String reason) {
        PlainTextResponse.send(context, status.code(), status + ": " + reason);
    }

    /** Read only to be sure that hook asks what it should; the help is the same for every repository. */
    private record RequestedRepository(
            @JsonProperty("Org") @Nullable String org,
            @JsonProperty("Repo") @Nullable String repo) {}
}
