// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.webhook.RequestBodies.UnreadBodyException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;

/**
 * Receives what Slack sends over HTTP: buttons, the slash command and events, signed with a secret of the app. Slack is answered
 * once the request is stored.
 */
public final class SlackHandler implements Handler<RoutingContext> {
    static final String PATH = "/slack/interactions";

    private static final Logger LOG = Logger.getLogger(SlackHandler.class);
    private static final long LARGEST_BODY = 1L << 20;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;

    private final SecretFile secrets;
    private final RequestBodies bodies;
    private final InstantSource clock;
    private final Receiver receiver;

    /** Stores a request durably. */
    @FunctionalInterface
    public interface Receiver {
        /** @return the body of the response; empty for none */
        String receive(String contentType, byte[] body) throws JournalUnavailableException;
    }

    /** @param secrets the signing secrets in lines; one of them must fit */
    public SlackHandler(SecretFile secrets, RequestBodies bodies, InstantSource clock, Receiver receiver) {
        this.secrets = secrets;
        this.bodies = bodies;
        this.clock = clock;
        this.receiver = receiver;
    }

    /** Whether a request is one of Slack's. */
    static boolean takes(HttpServerRequest request) {
        return request.method().equals(HttpMethod.POST) && PATH.equals(request.path());
    }

    private record Answer(int status, String text) {}

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Signature signature =
                new Signature(header(request, "X-Slack-Request-Timestamp"), header(request, "X-Slack-Signature"));
        String contentType = header(request, "Content-Type");
        bodies.read(request, LARGEST_BODY, (bytes, from, length) -> {}, body -> context.vertx()
                        .executeBlocking(() -> receive(signature, contentType, body), false))
                .onFailure(cause -> send(
                        context,
                        cause instanceof UnreadBodyException
                                ? new Answer(UNAVAILABLE, "the body could not be read")
                                : failed(cause)))
                .onSuccess(answer -> send(context, answer));
    }

    private static Answer failed(Throwable cause) {
        LOG.error("a request of Slack failed unexpectedly", cause);
        return new Answer(UNAVAILABLE, "internal error, see the log of ci-notify");
    }

    private Answer receive(Signature signature, String contentType, byte[] body) {
        try {
            if (!signature.isFresh(clock.instant()) || !signature.signs(body, secrets.read())) {
                LOG.info("rejecting a request to " + PATH + ": it is not signed by Slack, or is old");
                return new Answer(UNAUTHORIZED, "invalid signature");
            }
            return new Answer(OK, receiver.receive(contentType, body));
        } catch (SecretFile.UnusableException e) {
            LOG.warnf("rejecting a request to %s: %s", PATH, e.getMessage());
            return new Answer(UNAUTHORIZED, "no signing secret");
        } catch (JournalUnavailableException e) {
            LOG.errorf(e, "cannot store what a person did on Slack");
            return new Answer(UNAVAILABLE, "not stored, try again");
        }
    }

    private static String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    private static void send(RoutingContext context, Answer answer) {
        if (!context.response().ended() && !context.response().closed()) {
            // A slash command shows the body to the person: empty, unless there is something to answer.
            context.response()
                    .setStatusCode(answer.status())
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .end(answer.text());
        }
    }

    /** Slack's signature {@code v0}, over the time of the request and the bytes of its body. */
    record Signature(String timestamp, String signature) {
        private static final Duration MAX_DIFFERENCE = Duration.ofMinutes(5);
        private static final String VERSION = "v0";

        /** Neither old nor of the future, or a recorded request could be sent again. */
        boolean isFresh(Instant now) {
            try {
                return Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(MAX_DIFFERENCE)
                        <= 0;
            } catch (RuntimeException notATime) {
                return false;
            }
        }

        /** Compares in constant time. */
        boolean signs(byte[] body, String secretLines) {
            byte[] given = signature.getBytes(StandardCharsets.UTF_8);
            return secretLines
                    .lines()
                    .map(String::strip)
                    .filter(secret -> !secret.isEmpty())
                    .anyMatch(
                            secret -> MessageDigest.isEqual(of(body, secret).getBytes(StandardCharsets.UTF_8), given));
        }

        private String of(byte[] body, String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                mac.update((VERSION + ":" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
                return VERSION + "=" + HexFormat.of().formatHex(mac.doFinal(body));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java platform lacks HmacSHA256", e);
            }
        }
    }
}
