// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import io.kubevirt.cinotify.fixture.Mutations;
import io.kubevirt.cinotify.fixture.WebhookDelivery;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Floods a plugin that it starts itself, and no other, with what unauthenticated clients can send, one flood after the other, while
 * signed deliveries arrive at 20 a second; then with mutated signed payloads. Ends with 1 unless the plugin withstands.
 *
 * <p>Options as {@code --name=value}: {@code --jar}, {@code --java} (flags), {@code --seconds} of each flood, {@code --seed}.
 */
public final class Attack {
    private static final int CONNECTIONS = 300;
    private static final int RATE = 20;
    private static final long ANSWERED_WITHIN_MILLIS = 2_000;
    private static final int MUTATIONS = 5_000;

    private final URI target;
    private final String key;
    private final Deliveries deliveries;
    private final long seconds;

    Attack(URI target, String key, long seconds) throws IOException {
        this.target = target;
        this.key = key;
        this.deliveries = new Deliveries(target, key, 8_000);
        this.seconds = seconds;
    }

    /** See the class. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Map<String, String> options = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.substring(2).split("=", 2);
            options.put(parts[0], parts[1]);
        }
        List<String> java = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        java.addAll(Arrays.asList(options.get("java").strip().split("\\s+")));
        Path home = Files.createTempDirectory(Path.of("target"), "attack");
        boolean withstood;
        try (Plugin plugin = Plugin.start(java, options.get("jar"), home, List.of())) {
            Attack attack = new Attack(plugin.webhooks(), Plugin.KEY, Long.parseLong(options.get("seconds")));
            withstood = attack.floods() & attack.mutations(Long.parseLong(options.get("seed")));
            System.out.printf(
                    Locale.ROOT,
                    "highest resident memory: %.0f MB%n",
                    plugin.server().megabytes("VmHWM"));
        }
        System.exit(withstood ? 0 : 1);
    }

    /** True if at least 99 of 100 signed deliveries were answered with 200 in time during each flood. */
    boolean floods() throws InterruptedException {
        Map<String, String> floods = new LinkedHashMap<>();
        String webhook = unsignedHead();
        floods.put(
                "open bodies for /help",
                "POST /help HTTP/1.1\r\nHost: x\r\nContent-Length: 131072\r\n\r\n" + "x".repeat(130_000));
        floods.put("announced bytes", webhook + "Content-Length: 26214400\r\n\r\n");
        floods.put("large unsigned bodies", webhook + "Content-Length: 2000000\r\n\r\n" + "x".repeat(1_999_999));
        floods.put("invented methods", "? / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        floods.put("long methods", "M".repeat(3_800) + " / HTTP/1.1\r\nHost: x\r\n\r\n");
        floods.put("broken chunks", webhook + "Transfer-Encoding: chunked\r\n\r\nno length\r\n{}\r\n");
        floods.put("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        boolean withstood = true;
        for (Map.Entry<String, String> flood : floods.entrySet()) {
            withstood &= flood(flood.getKey(), flood.getValue());
        }
        return withstood;
    }

    private boolean flood(String name, String request) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger opened = new AtomicInteger();
        String[] parts = request.split("\\?", 2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                threads.execute(() -> {
                    while (System.nanoTime() < end) {
                        int number = opened.incrementAndGet();
                        open(parts.length < 2 ? request : parts[0] + "X" + number + parts[1], end);
                    }
                });
            }
            byte[] delivery = deliveries.mixed(1, 1).getFirst();
            while (System.nanoTime() < end) {
                sent.incrementAndGet();
                threads.execute(() -> answered.addAndGet(isAnswered(deliveries.sentNow(delivery)) ? 1 : 0));
                Thread.sleep(1_000 / RATE);
            }
        }
        boolean withstood = answered.get() * 100L >= sent.get() * 99L;
        System.out.printf(
                Locale.ROOT,
                "%-24s %7d requests, %4d of %4d deliveries answered in time%s%n",
                name,
                opened.get(),
                answered.get(),
                sent.get(),
                withstood ? "" : "  FAILED");
        return withstood;
    }

    /** Sends a request and waits for an answer, the end of the connection, or a while. */
    private void open(String request, long end) {
        try (Socket socket = new Socket(target.getHost(), target.getPort())) {
            long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            socket.setSoTimeout((int) Math.max(1, Math.min(10_000, rest)));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().read(new byte[512]);
        } catch (IOException refused) {
            // The next request follows.
        }
    }

    private boolean isAnswered(byte[] request) {
        long started = System.nanoTime();
        try (Connection connection = new Connection(target)) {
            return connection.send(request) == 200
                    && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started) <= ANSWERED_WITHIN_MILLIS;
        } catch (IOException lost) {
            return false;
        }
    }

    /** True if no mutated payload is answered with 5xx. */
    boolean mutations(long seed) throws IOException {
        byte[] original = Files.readAllBytes(Path.of("src/test/resources/github/status-presubmit-failure.json"));
        Map<Integer, Integer> statuses = new LinkedHashMap<>();
        for (long each : new long[] {seed, seed + 1}) {
            Mutations mutations = new Mutations(each, original);
            try (Connection connection = new Connection(target)) {
                for (int payload = 0; payload < MUTATIONS; payload++) {
                    statuses.merge(connection.send(signed(mutations.next())), 1, Integer::sum);
                }
            }
        }
        System.out.println("mutated payloads by status: " + statuses);
        return statuses.keySet().stream().noneMatch(status -> status >= 500);
    }

    private byte[] signed(byte[] body) {
        WebhookDelivery delivery = WebhookDelivery.signed(UUID.randomUUID().toString(), "status", body, key);
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n");
        delivery.headers().forEach((name, value) -> {
            if (!name.equals("Connection")) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = Arrays.copyOf(bytes, bytes.length + body.length);
        System.arraycopy(body, 0, request, bytes.length, body.length);
        return request;
    }

    private static String unsignedHead() {
        return "POST / HTTP/1.1\r\nHost: x\r\nX-GitHub-Event: status\r\nX-GitHub-Delivery: " + UUID.randomUUID()
                + "\r\nX-Hub-Signature-256: sha256=00\r\nContent-Type: application/json\r\n";
    }
}
