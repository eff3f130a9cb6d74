// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.DeliveryProcessor;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin's own past can be played again. */
class ExportTest {

    private static final Instant WEDNESDAY_EIGHT = Instant.parse("2026-07-15T08:00:00Z");
    private static final long SEED = 20_260_715;

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(WEDNESDAY_EIGHT);

    @Test
    void replayOfAnExportSendsTheSameMessages() throws IOException, InvalidConfigException {
        EmbeddedStore database = live(400);

        Terminal.Result export = Terminal.run("export", "--data-dir", folder.toString());
        assertThat(export.code()).as(export.err()).isZero();
        assertThat(export.out().lines()).hasSize(400);
        Path history = Files.writeString(folder.resolve("past.jsonl"), export.out());
        Terminal.Result replay = Terminal.run(
                "replay", "--history", history.toString(), "--no-acks", "--output", "json", "--until", now.get() + "");
        assertThat(replay.code()).as(replay.err()).isZero();

        List<String> replayed = new ArrayList<>();
        for (JsonNode message : replay.json().getFirst().path("messages")) {
            replayed.add(
                    message.path("at").asText() + " " + message.path("kind").asText() + " "
                            + message.path("incident").asText() + " "
                            + message.path("text").asText());
        }
        List<String> stored = database
                .outcomes()
                .query("SELECT due_at, kind, thread, json_extract(document, '$.notification.text') AS text FROM message"
                        + " WHERE state <> 'withdrawn' AND kind <> 'changed' AND due_at <= "
                        + now.get().toEpochMilli())
                .stream()
                .map(row -> Instant.ofEpochMilli(((Number) row.get("due_at")).longValue()) + " " + row.get("kind") + " "
                        + row.get("thread") + " " + row.get("text"))
                .toList();
        assertThat(stored).hasSizeGreaterThan(4);
        assertThat(replayed).as("seed %d", SEED).containsExactlyInAnyOrderElementsOf(stored);
    }

    @Test
    void anExportCanBeLimitedInTime() throws IOException, InvalidConfigException {
        live(20);

        Terminal.Result some = Terminal.run(
                "export",
                "--data-dir",
                folder.toString(),
                "--since",
                WEDNESDAY_EIGHT.plus(Duration.ofMinutes(6)).toString(),
                "--until",
                WEDNESDAY_EIGHT.plus(Duration.ofMinutes(9)).toString());

        assertThat(some.json()).isNotEmpty().allSatisfy(run -> assertThat(
                        run.path("observedAt").asText())
                .isBetween("2026-07-15T08:06:00Z", "2026-07-15T08:09:00Z"));
    }

    @Test
    void aMissingStoreIsReported() {
        Terminal.Result nothing = Terminal.run("export", "--data-dir", folder.toString());

        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.problems()).singleElement().asString().contains("no store of ci-notify in");
    }

    /** A plugin that sees a run every minute. */
    private EmbeddedStore live(int runs) throws InvalidConfigException {
        EmbeddedStore database = EmbeddedStore.in(folder);
        ConfigAgent settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), now::get);
        InstantSource clock = now::get;
        IncidentService service = new IncidentService(database.store(), settings, new Channels(List.of()), clock);
        DeliveryProcessor deliveries = new DeliveryProcessor(database.store(), settings, service, clock);
        Random random = new Random(SEED);
        for (int build = 1; build <= runs; build++) {
            int number = build;
            StatusPayload payload = (random.nextInt(3) == 0 ? StatusPayload.success() : StatusPayload.failure())
                    .job("pull-kubevirt-lane-" + random.nextInt(12))
                    .build(build)
                    .pull(1 + random.nextInt(60))
                    .sha("%040x".formatted(build))
                    .ended(now.get());
            database.store().inTransaction(transaction -> transaction
                    .deliveries()
                    .insert(new JournalEntry("guid" + number, "status", now.get(), payload.bytes(), 0)));
            deliveries.processAll();
            pass(service, Duration.ofMinutes(1));
        }
        return database;
    }

    /** Does what is due at its instant, as the tick of each second nearly does. */
    private void pass(IncidentService service, Duration time) {
        Instant end = now.get().plus(time);
        while (!service.nextWake().isAfter(end)) {
            now.set(service.nextWake().isBefore(now.get()) ? now.get() : service.nextWake());
            service.tick();
        }
        now.set(end);
    }
}
