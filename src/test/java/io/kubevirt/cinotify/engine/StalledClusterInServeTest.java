// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.ProwJobSummary;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ProwJob that waits and is deleted, from the journal to the incident. */
class StalledClusterInServeTest {

    @TempDir
    private Path folder;

    private EmbeddedStore database;
    private DeliveryProcessor deliveries;
    private StalenessMonitor monitor;
    private Instant now = NOON;

    @BeforeEach
    void open() throws InvalidConfigException {
        database = EmbeddedStore.in(folder);
        ConfigAgent settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> now);
        IncidentService service = new IncidentService(database.store(), settings, new Channels(List.of()), () -> now);
        deliveries = new DeliveryProcessor(database.store(), settings, service, () -> now);
        monitor =
                new StalenessMonitor(service, settings, () -> Optional.of(NOON), () -> now, new SimpleMeterRegistry());
        monitor.tick();
    }

    @Test
    void aStalledClusterEndsWhenTheWaitingProwJobIsDeleted() {
        receive("old", "triggered", NOON, "");
        passes(Duration.ofHours(7));
        assertThat(open(IncidentKind.STALLED_CLUSTER)).hasSize(1);

        receive(ProwJobSummary.deletions(List.of("old"), "prowjobs", now).getFirst());
        passes(Duration.ofMinutes(1));

        assertThat(open(IncidentKind.STALLED_CLUSTER)).isEmpty();
    }

    @Test
    void recoveryIsNotMeasuredFromADeletedProwJob() {
        receive("old", "triggered", NOON, "");
        passes(Duration.ofHours(7));
        receive("next", "triggered", now, "");
        receive("after", "triggered", now, "");
        receive("next", "pending", now, ",\"build_id\":\"7\",\"pendingTime\":\"" + now.plusSeconds(1) + "\"");
        receive(ProwJobSummary.deletions(List.of("old"), "deck", now).getFirst());

        passes(Duration.ofMinutes(1));

        assertThat(open(IncidentKind.STALLED_CLUSTER)).isEmpty();
    }

    private void passes(Duration time) {
        now = now.plus(time);
        deliveries.processAll();
        monitor.tick();
    }

    private List<IncidentView> open(IncidentKind kind) {
        return database.store().read(transaction -> transaction.incidents().open()).stream()
                .filter(incident -> incident.kind() == kind)
                .toList();
    }

    private void receive(String name, String state, Instant started, String more) {
        String json = """
            {"metadata":{"name":"%s"},
             "spec":{"type":"presubmit","job":"pull-kubevirt-unit-test","cluster":"east","refs":{"org":"kubevirt","repo":"kubevirt","pulls":[{"number":1}]}},
             "status":{"state":"%s","startTime":"%s"%s}}
            """.formatted(name, state, started, more);
        receive(new Delivery(
                "prowjob/" + name + "/" + state, ProwJobSummary.EVENT, now, json.getBytes(StandardCharsets.UTF_8)));
    }

    private void receive(Delivery delivery) {
        database.store().inTransaction(transaction -> transaction
                .deliveries()
                .insert(new JournalEntry(delivery.id(), delivery.event(), now, delivery.body(), 0)));
    }
}
