// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Rounds;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.ProwJobSummary;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same runs through webhooks, watch and deck, in any order and repeated, are the same runs and the same incidents. */
class AllSourcesTest {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");

    /** What was received in a second is decided when it is over. */
    private static final Instant RECEIVED = NOON.minusSeconds(2);

    private static final int LANES = 40;

    @TempDir
    private Path folder;

    /** A run that ended, red or green; build ids grow with time. */
    private record Ended(int build, String job, int pull, boolean red) {

        /** The commit under test: another for each run, so that none is a flake. */
        String sha() {
            return "%040x".formatted(build);
        }

        /** When it ended; all sources report the same. */
        Instant at() {
            return NOON.minus(Duration.ofHours(34)).plusSeconds(60L * build);
        }
    }

    @ParameterizedTest(name = "{0} runs, {1} seeds")
    @CsvSource({"400, 1", "40, 10"})
    void orderAndRepetitionOfDeliveriesDoNotMatter(int runs, int seeds) throws IOException, InvalidConfigException {
        ConfigLoader preset = new ConfigLoader(Path.of("config"), null);
        ConfigAgent settings = new ConfigAgent(preset, SystemClock.INSTANCE);
        for (int seed = 0; seed < Rounds.of(seeds); seed++) {
            Random random = new Random(seed);
            List<Ended> ended = runs(random, runs);
            List<Delivery> inOrder = new ArrayList<>();
            List<Delivery> anyhow = new ArrayList<>();
            for (Ended run : ended) {
                inOrder.add(status(run, "once"));
                List<Delivery> deliveries = throughEverySource(run);
                anyhow.addAll(deliveries.subList(random.nextInt(deliveries.size()), deliveries.size()));
            }
            anyhow.addAll(anyhow.subList(0, anyhow.size() / 3));
            Collections.shuffle(anyhow, random);

            Set<Map<String, Object>> expected = outcome("in-order-" + runs + "-" + seed, settings, inOrder, runs);

            assertThat(outcome("anyhow-" + runs + "-" + seed, settings, anyhow, runs))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    /** Feeds a plugin; returns its incidents without what depends on when each was seen. */
    private Set<Map<String, Object>> outcome(String name, ConfigAgent settings, List<Delivery> deliveries, int runs) {
        EmbeddedStore database = EmbeddedStore.in(folder.resolve(name));
        IncidentService service = new IncidentService(database.store(), settings, new Channels(List.of()), () -> NOON);
        DeliveryProcessor work = new DeliveryProcessor(database.store(), settings, service, () -> NOON);
        int taken = 0;
        List<Delivery> arrived = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            arrived.add(delivery);
            // Now and then what has come so far is decided before more comes.
            if (delivery.id().hashCode() % (runs / 5) == 0) {
                taken += insert(database, arrived);
                arrived.clear();
                work.processAll();
            }
        }
        taken += insert(database, arrived);
        work.processAll();
        database.outcomes().assertConserved(taken);
        assertThat(database.outcomes().query("SELECT 1 FROM run WHERE state IN ('success', 'failure')"))
                .as("runs")
                .hasSize(runs);
        assertThat(database.outcomes()
                        .query("SELECT 1 FROM message WHERE kind = 'opened' AND state <> 'withdrawn'"
                                + " GROUP BY thread HAVING count(*) > 1"))
                .as("notified twice")
                .isEmpty();
        List<Map<String, Object>> incidents = database.outcomes()
                .query("SELECT kind, title, opened_at, closed_at, json_extract(document, '$.lanes') AS lanes,"
                        + " json_extract(document, '$.runs') AS runs,"
                        + " json_extract(document, '$.pulls') AS pulls FROM incident WHERE state <> 'retracted'");
        assertThat(Set.copyOf(incidents)).as("no incident twice").hasSameSizeAs(incidents);
        return incidents.stream().collect(Collectors.toSet());
    }

    /** Returns the number of deliveries that were not known. */
    private static int insert(EmbeddedStore database, List<Delivery> deliveries) {
        return database.store().inTransaction(transaction -> (int) deliveries.stream()
                .filter(delivery -> transaction
                        .deliveries()
                        .insert(new JournalEntry(
                                delivery.id(), delivery.event(), delivery.receivedAt(), delivery.body(), 0)))
                .count());
    }

    private static List<Ended> runs(Random random, int count) {
        List<Ended> runs = new ArrayList<>();
        for (int build = 1; build <= count; build++) {
            runs.add(new Ended(
                    build, "pull-lane-" + random.nextInt(LANES), 1 + random.nextInt(400), random.nextInt(5) > 2));
        }
        return runs;
    }

    /** The last one is always the end of the run; the earlier ones may be missed. */
    private static List<Delivery> throughEverySource(Ended run) throws IOException {
        String prowJob = "prowjob-" + run.build();
        return List.of(
                prowJob(prowJob, run, "triggered", ""),
                prowJob(prowJob, run, "pending", address(run)),
                status(run, "github"),
                status(run, "redelivered under another GUID"),
                prowJob(
                        prowJob,
                        run,
                        run.red() ? "failure" : "success",
                        address(run) + ",\"completionTime\":\"" + run.at() + "\""));
    }

    private static Delivery status(Ended run, String guid) {
        StatusPayload payload = run.red() ? StatusPayload.failure() : StatusPayload.success();
        byte[] body = payload.job(run.job())
                .build(run.build())
                .pull(run.pull())
                .sha(run.sha())
                .ended(run.at())
                .bytes();
        return new Delivery(guid + run.build(), "status", RECEIVED, body);
    }

    private static String address(Ended run) {
        return ",\"build_id\":\"" + run.build() + "\",\"url\":\"https://" + StatusPayload.HOST + "/view/gs/"
                + StatusPayload.BUCKET + "/pr-logs/pull/kubevirt_kubevirt/" + run.pull() + "/" + run.job() + "/"
                + run.build() + "\"";
    }

    private static Delivery prowJob(String name, Ended run, String state, String rest) throws IOException {
        String description = state.equals("failure") ? "Job failed." : state.equals("success") ? "Job succeeded." : "";
        String json = """
            {"metadata":{"name":"%s"},
             "spec":{"type":"presubmit","job":"%s","refs":{"org":"kubevirt","repo":"kubevirt","pulls":[{"number":%d,"sha":"%s"}]}},
             "status":{"state":"%s","description":"%s","startTime":"2026-07-15T11:00:00Z"%s}}
            """.formatted(name, run.job(), run.pull(), run.sha(), state, description, rest);
        try (JsonParser parser =
                ProwJobSummary.parser(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))) {
            parser.nextToken();
            return ProwJobSummary.read(parser).delivery("deck", RECEIVED);
        }
    }
}
