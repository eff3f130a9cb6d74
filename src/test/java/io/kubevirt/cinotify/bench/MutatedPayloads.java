// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.FieldMutations;
import io.kubevirt.cinotify.fixture.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Signed payloads with seeded changes: failed runs that cause messages, comments, and pull requests. */
final class MutatedPayloads {
    private static final Path PULL = Path.of("src/test/resources/github/pull.json");
    private static final Duration DECIDED_WITHIN = Duration.ofMinutes(3);

    private final Plugin plugin;
    private final Deliveries deliveries;
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    MutatedPayloads(Plugin plugin) throws IOException {
        this.plugin = plugin;
        this.deliveries = new Deliveries(plugin.webhooks(), Plugin.KEY, 0);
    }

    /** The number of responses by status; 0 for a connection that ended without one. */
    Map<Integer, Integer> statuses() {
        return statuses;
    }

    /** Sends {@code count} payloads, which depend on the seed only, except for their times and ids. */
    void send(long seed, int count) throws IOException {
        Connection connection = new Connection(plugin.webhooks());
        for (int number = 0; number < count; number++) {
            try {
                statuses.merge(connection.send(payload(seed, number)), 1, Integer::sum);
            } catch (IOException lost) {
                statuses.merge(0, 1, Integer::sum);
                connection.close();
                connection = new Connection(plugin.webhooks());
            }
        }
        connection.close();
    }

    private byte[] payload(long seed, int number) throws IOException {
        CommentPayload comment = CommentPayload.of("issue_comment", "/ci-notify who sig-compute\n/ci-notify help")
                .id(500_000 + number)
                .by("person-" + number % 50, "User")
                .at(Instant.now());
        return switch (number % 4) {
            case 0 -> mutated(seed, number, comment.event(), comment.bytes());
            case 1 -> mutated(seed, number, "pull_request", Files.readAllBytes(PULL));
            default -> mutated(seed, number, "status", failure(number));
        };
    }

    /** Every other one stays JSON: most others are refused because they are none. */
    private static byte[] mutated(long seed, int number, String event, byte[] body) {
        long own = seed ^ number * 0x9E3779B97F4A7C15L;
        boolean staysJson = number / 4 % 2 == 0;
        return Floods.signed(event, staysJson ? new FieldMutations(own, body).next() : new Mutations(own, body).next());
    }

    private byte[] failure(int number) {
        String request = new String(
                deliveries.notifyingFailure("push-attack-" + number, 700_000_000 + number), StandardCharsets.UTF_8);
        return request.substring(request.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.UTF_8);
    }

    /** The deliveries without exactly one final outcome: waits until there are none, or for a while. */
    long undecided() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + DECIDED_WITHIN.toNanos();
        long undecided = undecidedNow();
        while (undecided != 0 && System.nanoTime() < deadline) {
            Thread.sleep(500);
            undecided = undecidedNow();
        }
        return undecided;
    }

    /** The counts by outcome are some seconds old. */
    private long undecidedNow() throws IOException {
        Metrics metrics = plugin.metrics();
        double accepted = metrics.sum("ci_notify_webhook_requests_total", "result=\"accepted\"");
        double counted = metrics.sum("ci_notify_deliveries", "");
        return Math.round(Math.abs(accepted - counted)
                + metrics.sum("ci_notify_deliveries", "outcome=\"in-progress\"")
                + Math.abs(metrics.sum("ci_notify_deliveries_unaccounted", "")));
    }
}
