// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.digest.CiDigest;
import io.kubevirt.cinotify.digest.Digest;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.engine.DeliveryProcessor;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.engine.digest.DigestDataLoader;
import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.store.JournalEntry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of an incident of a private repository in an organization that the settings take for public: nothing of it reaches
 * an output that everybody can read.
 */
class PrivateLifeTest {

    private static final List<String> FIELDS =
            List.of("canary-repo", "canary-job", "canary-context", "c0ffee77c0ffee77", "77001234", "8765");

    private static final List<String> PUBLIC_CHANNELS = List.of("console", "github", "jira", "slack", "webhook");

    @TempDir
    private Path folder;

    private final Map<String, List<String>> outputs = new LinkedHashMap<>();
    private final FakeChannel chosen = FakeChannel.withThreads("private");
    private EmbeddedStore database;
    private ConfigAgent settings;
    private IncidentService service;
    private DeliveryProcessor deliveries;
    private CommentProcessor comments;
    private Instant now = NOON;
    private int number;

    @Test
    void nothingOfItReachesAnOutputForEverybody() throws Exception {
        open();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        Logger log = Logger.getLogger("io.kubevirt.cinotify");
        Level level = log.getLevel();
        Handler handler = handler();
        log.addHandler(handler);
        log.setLevel(Level.ALL);
        try {
            live();
        } finally {
            log.setLevel(level);
            log.removeHandler(handler);
            Metrics.removeRegistry(meters);
        }
        output(
                "metrics",
                meters.getMeters().toString()
                        + meters.getMeters().stream()
                                .map(each -> each.getId().getTags())
                                .toList());
        collectMessages();

        for (Map.Entry<String, List<String>> output : outputs.entrySet()) {
            for (String field : FIELDS) {
                assertThat(output.getValue())
                        .as("%s in %s", field, output.getKey())
                        .noneMatch(text -> text.contains(field));
            }
        }
        System.out.println(outputs.size() + " outputs x " + FIELDS.size() + " fields: 0 found");
        assertThat(outputs.keySet()).contains("reply to explain ID", "digest", "log", "metrics");
        assertThat(database.outcomes()
                        .query("SELECT document FROM message WHERE kind = 'opened' AND document LIKE '%canary-job%'"))
                .as("the incident is real")
                .isNotEmpty();
        assertThat(database.outcomes().query("SELECT 1 AS x FROM outbox WHERE channel = 'private'"))
                .as("people who were chosen for it are notified")
                .isNotEmpty();
        assertThat(replies("explain ID").toString()).contains("is not a job, an open incident");
        assertThat(replies("ack ID").toString()).contains("changed as requested");
    }

    private void live() throws IOException {
        for (int run = 1; run <= 3; run++) {
            status("failure", run);
        }
        now = now.plus(Duration.ofMinutes(11));
        service.tick();
        assertThat(database.outcomes().query("SELECT id FROM incident"))
                .as("%s", database.outcomes().entries())
                .hasSize(1);
        String id = String.valueOf(
                database.outcomes().query("SELECT id FROM incident").getFirst().get("id"));
        for (String command : List.of(
                "explain ID",
                "explain",
                "status",
                "suggestions",
                "ack",
                "who",
                "ack ID",
                "snooze 4h ID",
                "reassign operations ID",
                "suggestions",
                "drill",
                "explain ID")) {
            comment("dhiller", command, id);
            comment("somebody", command, id);
            now = now.plus(Duration.ofMinutes(3));
        }
        status("failure", 4);
        now = now.plus(Duration.ofHours(5));
        service.tick();
        Digest digest = CiDigest.of(
                database.store()
                        .read(transaction -> DigestDataLoader.load(
                                transaction,
                                settings.get(),
                                DigestPeriod.before(now, Duration.ofDays(7)),
                                Audience.PUBLIC,
                                null)),
                ZoneOffset.UTC);
        output("digest", digest.markdown() + digest.slack());
        assertThat(digest.markdown()).contains("1 more in a private repository");
        comment("dhiller", "resolve ID", id);
        status("success", 5);
        status("success", 6);
        now = now.plus(Duration.ofMinutes(11));
        service.tick();
    }

    private void open() throws Exception {
        database = EmbeddedStore.in(folder);
        settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> now);
        List<io.kubevirt.cinotify.notify.Channel> all = new ArrayList<>(List.of(chosen));
        PUBLIC_CHANNELS.forEach(name -> all.add(FakeChannel.withThreads(name).readBy(Audience.PUBLIC)));
        service = new IncidentService(database.store(), settings, new Channels(all), () -> now);
        deliveries = new DeliveryProcessor(database.store(), settings, service, () -> now);
        comments = new CommentProcessor(database.store(), settings::get, service, null, () -> now);
    }

    private void status(String state, int run) throws IOException {
        ObjectNode event = StatusPayload.of(state, state.equals("success") ? "Job succeeded." : "Job failed.")
                .repository("kubevirt/canary-repo")
                .job("pull-canary-job-sig-network")
                .build(77001234L + run)
                .pull(8765 + run)
                .sha("c0ffee77c0ffee77c0ffee77c0ffee77c0ffee77")
                .ended(now)
                .event();
        ((ObjectNode) event.get("repository")).put("private", true);
        event.put("context", "canary-context");
        receive("status", new ObjectMapper().writeValueAsBytes(event));
        deliveries.processAll();
    }

    private void comment(String author, String command, String id) {
        String delivery = receive(
                "issue_comment",
                CommentPayload.of("issue_comment", "/ci-notify " + command.replace("ID", id))
                        .by(author, "User")
                        .id(++number)
                        .bytes());
        comments.offer(delivery);
        comments.prepareAll();
        comments.decideAll();
        replies(delivery).forEach(text -> output("reply to " + command, text));
    }

    private List<String> replies(String of) {
        return outputs.containsKey("reply to " + of)
                ? outputs.get("reply to " + of)
                : database.outcomes().query("SELECT document FROM message WHERE id LIKE 'answer-%-" + of + "'").stream()
                        .map(row -> String.valueOf(row.get("document")))
                        .toList();
    }

    private String receive(String event, byte[] body) {
        String id = "delivery" + ++number;
        database.store()
                .inTransaction(
                        transaction -> transaction.deliveries().insert(new JournalEntry(id, event, now, body, 0)));
        return id;
    }

    /** What the channels for everybody were given to send. */
    private void collectMessages() {
        for (String channel : PUBLIC_CHANNELS) {
            output(channel, "");
            database.outcomes()
                    .query(
                            "SELECT document FROM message JOIN outbox ON outbox.message_id = message.id WHERE channel = '"
                                    + channel + "'")
                    .forEach(row -> output(channel, String.valueOf(row.get("document"))));
        }
    }

    private void output(String name, String text) {
        outputs.computeIfAbsent(name, key -> new ArrayList<>()).add(text);
    }

    private Handler handler() {
        outputs.put("log", new ArrayList<>());
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                output(
                        "log",
                        line.getMessage()
                                + List.of(line.getParameters() == null ? new Object[0] : line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
