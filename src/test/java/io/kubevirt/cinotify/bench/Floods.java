// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import io.kubevirt.cinotify.bench.Flood.Manner;
import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.WebhookDelivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/** What clients without a key can send, and what people can cause GitHub to send. */
final class Floods {
    private static final String WEBHOOK =
            "POST / HTTP/1.1\r\nHost: x\r\nX-GitHub-Event: status\r\nX-GitHub-Delivery: " + UUID.randomUUID()
                    + "\r\nX-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\nContent-Type: application/json\r\n";
    private static final String HELP = "POST /help HTTP/1.1\r\nHost: x\r\n";
    private static final int MANY = 2_000;
    private static final int COMMENTERS = 4;

    private Floods() {}

    /**
     * Begins with none, for comparison.
     *
     * @param connections open at the same time, for most floods
     */
    static List<Flood> of(URI webhooks, URI health, int connections) {
        return List.of(
                Flood.of("none", webhooks, "", 0),
                Flood.of("1 MB for /help", webhooks, HELP + body(1_000_000, 1_000_000), connections),
                Flood.of("1 MB for /help, the end is missing", webhooks, HELP + body(1_000_000, 999_999), connections),
                Flood.of("128 KiB for /help, the end is missing", webhooks, HELP + body(131_072, 131_071), connections),
                Flood.of("25 MB announced, nothing sent", webhooks, WEBHOOK + body(26_214_400, 0), connections),
                Flood.of(
                        "2 MB unsigned, the end is missing",
                        webhooks,
                        WEBHOOK + body(2_000_000, 1_999_999),
                        connections),
                new Flood("slow bodies", webhooks, always(WEBHOOK + body(26_214_400, 10)), connections, Manner.SLOW),
                new Flood(
                        "invented methods",
                        webhooks,
                        number -> bytes("X" + number + " / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"),
                        connections,
                        Manner.FAST),
                Flood.of(
                        "methods of 3,800 characters",
                        webhooks,
                        "M".repeat(3_800) + " / HTTP/1.1\r\nHost: x\r\n\r\n",
                        connections),
                Flood.of(
                        "HTTP/2 without TLS",
                        webhooks,
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
                        connections),
                Flood.of(
                        "HTTP/2 on the management port",
                        health,
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
                        connections),
                Flood.of(
                        "upgrade to HTTP/2",
                        webhooks,
                        "POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 0\r\n\r\n",
                        connections),
                Flood.of(
                        "broken chunks",
                        webhooks,
                        WEBHOOK + "Transfer-Encoding: chunked\r\n\r\nno length\r\n{}\r\n",
                        connections),
                Flood.of(
                        "Expect, then nothing",
                        webhooks,
                        WEBHOOK + "Expect: 100-continue\r\n" + body(26_214_400, 0),
                        connections),
                Flood.of(
                        "many connections, nothing sent",
                        webhooks,
                        "",
                        Math.max(connections, connections * MANY / 300)),
                new Flood("comments of 4,000 × help", webhooks, Floods::comment, COMMENTERS, Manner.PACED));
    }

    private static String body(int announced, int sent) {
        return "Content-Length: " + announced + "\r\n\r\n" + "x".repeat(sent);
    }

    private static IntFunction<byte[]> always(String text) {
        byte[] bytes = bytes(text);
        return number -> bytes;
    }

    private static byte[] comment(int number) {
        CommentPayload payload = CommentPayload.of("issue_comment", "/ci-notify help\n".repeat(4_000))
                .id(1_000 + number)
                .by("person-" + number % 50, "User")
                .at(Instant.now());
        return signed(payload.event(), payload.bytes());
    }

    /** A request as hook forwards it, on a connection that stays open. */
    static byte[] signed(String event, byte[] body) {
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n");
        WebhookDelivery.signed(UUID.randomUUID().toString(), event, body, Plugin.KEY)
                .headers()
                .forEach((name, value) -> {
                    if (!name.equals("Connection")) {
                        head.append(name).append(": ").append(value).append("\r\n");
                    }
                });
        byte[] bytes = bytes(head.append("\r\n").toString());
        byte[] request = Arrays.copyOf(bytes, bytes.length + body.length);
        System.arraycopy(body, 0, request, bytes.length, body.length);
        return request;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
