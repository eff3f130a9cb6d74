// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kubevirt.cinotify.fixture.Preset;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Accepts messages like Slack, without delay, and records when each arrived. */
final class SlackSink implements AutoCloseable {

    private static final Pattern MARKER = Pattern.compile("message-(\\d+)\\b");

    private final Map<Integer, Long> receivedAt = new ConcurrentHashMap<>();
    private final AtomicLong written = new AtomicLong();
    private final Consumer<String> messages;
    private final HttpServer server;

    SlackSink() throws IOException {
        this(message -> {});
    }

    /** {@code messages} gets the body of each request that posts or edits a message. */
    SlackSink(Consumer<String> messages) throws IOException {
        this.messages = messages;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** When a message arrived, in nanoseconds; null if it has not. */
    @Nullable Long receivedAt(int number) {
        return receivedAt.get(number);
    }

    /** The number of requests answered. */
    long written() {
        return written.get();
    }

    /**
     * Options of a plugin that sends to it: the preset, but nothing waits for something larger, for people's working hours
     * or for a digest, and no artifacts are fetched from outside.
     */
    List<String> options(Path home) throws IOException {
        Path config = Preset.copyTo(
                home.resolve("config"),
                text -> text.replace("    time: 10m ", "    time: 0s ")
                        .replace("workingHours: 09:00-17:00", "workingHours: 00:00-24:00")
                        .replaceAll("<td>(Mon-Fri|Sun-Thu)</td>", "<td>Mon-Sun</td>")
                        .replaceAll(
                                "(?m)^slack:\n  channel: \\S+",
                                "sending: {messagesPerHour: 1000, messagesPerPersonAndHour: 1000}\nslack:\n  channel: ci-alerts"));
        return List.of(
                "--config=" + config,
                "--dry-run=false",
                "--artifacts-endpoint=http://127.0.0.1:1",
                "--slack-endpoint=http://127.0.0.1:" + server.getAddress().getPort() + "/api/",
                "--slack-token-file=" + Files.writeString(home.resolve("slack"), "xoxb-bench"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        long now = System.nanoTime();
        boolean isForm = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"))
                .startsWith("application/x-www-form-urlencoded");
        String body = isForm ? URLDecoder.decode(sent, StandardCharsets.UTF_8) : sent;
        if (exchange.getRequestURI().getPath().contains("/chat.")) {
            messages.accept(body);
        }
        if (exchange.getRequestURI().getPath().endsWith("/chat.postMessage")) {
            Matcher matcher = MARKER.matcher(body);
            while (matcher.find()) {
                receivedAt.putIfAbsent(Integer.parseInt(matcher.group(1)), now);
            }
        }
        byte[] answer = ("{\"ok\":true,\"channel\":\"C00000001\",\"ts\":\"1795000000."
                        + (100_000 + written.incrementAndGet()) + "\",\"messages\":[]}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
