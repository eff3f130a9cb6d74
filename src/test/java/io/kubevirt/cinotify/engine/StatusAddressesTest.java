// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.config.UnreadableUrls;
import io.kubevirt.cinotify.fixture.AddressRow;
import io.kubevirt.cinotify.fixture.CapturedLog;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.ProwHook;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.fixture.WebhookDelivery;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.Journal.AppendResult;
import io.kubevirt.cinotify.source.webhook.WebhookServer;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statuses with every form of address that Prow writes, from the signed webhook to the stored run. */
class StatusAddressesTest {
    private static final String KEY = "abcde12345";

    @TempDir
    private Path folder;

    /** Statuses under their ids; each gets a build of its own, so that all are different runs. */
    private static Map<String, AddressRow> statuses() throws IOException {
        Map<String, AddressRow> statuses = new LinkedHashMap<>();
        for (AddressRow row : AddressRow.all()) {
            JobType type = row.run().type();
            boolean onGitHub = String.valueOf(row.run().repository()).matches("[A-Za-z0-9._/-]+")
                    && (type == JobType.PRESUBMIT || type == JobType.POSTSUBMIT);
            if (onGitHub && !row.get("job_url").isEmpty()) {
                statuses.put(Integer.toString(1000 + statuses.size()), row);
            }
        }
        return statuses;
    }

    private static String url(AddressRow row, String build) {
        String url = row.get("job_url");
        return row.get("build").isEmpty() ? url : url.replace("/" + row.get("build"), "/" + build);
    }

    private static byte[] body(AddressRow row, String build) {
        JobRun run = row.run();
        return StatusPayload.failure()
                .job(run.job())
                .repository(String.valueOf(run.repository()))
                .ended(NOON)
                .bytes(url(row, build));
    }

    private static String identity(String lane, String build, String type) {
        return lane + " " + build + " " + type;
    }

    /** Prow and a plugin with its configuration: statuses arrive, and are decided. */
    private final class Prow implements AutoCloseable {
        final EmbeddedStore database = EmbeddedStore.in(folder);
        final WebhookServer server = new WebhookServer(KEY, this::append);
        final ProwHook hook = ProwHook.signingWith(KEY, pause -> {});
        final DeliveryProcessor deliveries;

        Prow(ConfigAgent settings) {
            IncidentService service =
                    new IncidentService(database.store(), settings, new Channels(List.of()), () -> NOON);
            deliveries = new DeliveryProcessor(database.store(), settings, service, () -> NOON);
        }

        private AppendResult append(Delivery delivery) {
            boolean isNew = database.store().inTransaction(transaction -> transaction
                    .deliveries()
                    .insert(new JournalEntry(
                            delivery.id(), delivery.event(), delivery.receivedAt(), delivery.body(), 0)));
            return isNew ? AppendResult.APPENDED : AppendResult.DUPLICATE;
        }

        void receive(Map<String, AddressRow> statuses) {
            statuses.forEach((build, row) -> {
                WebhookDelivery delivery = WebhookDelivery.signed(build, "status", body(row, build), KEY);
                assertThat(hook.dispatch(server.at("/"), delivery).status()).isEqualTo(200);
            });
            deliveries.processAll();
        }

        List<String> runs() {
            return database.outcomes().query("SELECT lane, build_id, type FROM run").stream()
                    .map(row -> identity(
                            String.valueOf(row.get("lane")),
                            String.valueOf(row.get("build_id")),
                            String.valueOf(row.get("type"))))
                    .toList();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @Test
    void everyReadableAddressIsARunOfItsLane() throws IOException, InvalidConfigException {
        Map<String, Map<String, AddressRow>> byConfig = new LinkedHashMap<>();
        List<String> expected = new ArrayList<>();
        statuses().forEach((build, row) -> {
            byConfig.computeIfAbsent(row.config(), config -> new LinkedHashMap<>())
                    .put(build, row);
            if (!row.get("build").isEmpty()) {
                JobRun run = row.run();
                expected.add(identity(run.lane().toString(), build, run.type().prowName()));
            }
        });
        Path files = ConfigFixture.in(folder.resolve("config")).path();
        Path config = Files.writeString(folder.resolve("config.yaml"), "");
        ConfigAgent agent = new ConfigAgent(new ConfigLoader(files, null, config), () -> NOON);
        try (Prow prow = new Prow(agent)) {
            for (Map.Entry<String, Map<String, AddressRow>> group : byConfig.entrySet()) {
                Files.writeString(config, group.getKey());
                agent.refresh();
                prow.receive(group.getValue());
            }

            assertThat(expected).hasSizeGreaterThan(80);
            List<String> runs = prow.runs();
            List<String> lost = new ArrayList<>(expected);
            lost.removeAll(runs);
            assertThat(lost).isEmpty();
            assertThat(runs).hasSameSizeAs(expected);
            assertThat(agent.unreadableUrls().count())
                    .as("the address without a build id")
                    .isEqualTo(1);
        }
    }

    /** Hosts alone are known: what needs config.yaml or a bucket is counted, and each kind is logged once with its fix. */
    @Test
    void anAddressThatCannotBeReadIsCountedAndItsKindLoggedOnce() throws IOException, InvalidConfigException {
        Map<String, AddressRow> statuses = statuses();
        ConfigFixture files = ConfigFixture.in(folder.resolve("config"));
        files.replace(
                "ci-notify.yaml",
                "hosts: [prow.example.org]",
                statuses.values().stream()
                        .map(row -> row.get("job_url"))
                        .map(url -> url.startsWith("http") ? url : "https://" + url)
                        .map(url -> Stream.of(url.split("/")).limit(3).collect(Collectors.joining("/")))
                        .map(host -> "'" + host.replace("https://", "") + "'")
                        .distinct()
                        .collect(Collectors.joining(", ", "hosts: [", "]")));
        ConfigAgent agent = new ConfigAgent(new ConfigLoader(files.path(), null), () -> NOON);
        try (Prow prow = new Prow(agent);
                CapturedLog log = CapturedLog.of(UnreadableUrls.class)) {
            prow.receive(statuses);

            long trusted = prow.database.outcomes().entries().stream()
                    .filter(entry ->
                            List.of("untrusted-bucket", "unreadable-address").contains(entry.reason()))
                    .peek(entry ->
                            assertThat(entry.trace()).containsAnyOf("to prow.buckets", "--config-file", "build id"))
                    .count();
            assertThat(trusted).isGreaterThan(50);
            assertThat(agent.unreadableUrls().count()).isEqualTo(trusted);
            assertThat(log.lines())
                    .hasSameSizeAs(agent.unreadableUrls().problems())
                    .hasSizeLessThan(21)
                    .doesNotHaveDuplicates()
                    .anySatisfy(line -> assertThat(line).contains("add s3://"));
        }
    }
}
