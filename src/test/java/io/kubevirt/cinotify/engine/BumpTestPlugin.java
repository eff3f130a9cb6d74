// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.bump.BumpReconciler;
import io.kubevirt.cinotify.engine.bump.BumpTracker;
import io.kubevirt.cinotify.engine.suspect.MergeLedger;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.github.GitHubMerges;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.OutboxDispatcher;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The bump code with the KubeVirt preset, the real store, engine and outbox; GitHub, the channel and the clock are fakes.
 */
final class BumpTestPlugin implements AutoCloseable {

    static final String KUBEVIRT = "kubevirt/kubevirt";
    static final String INFRA = "kubevirt/project-infra";
    static final String UNIT = "pull-kubevirt-unit-test";
    static final String DEPLOYMENT = "post-project-infra-kubevirt-prow-control-plane-deployment";

    private static final String JOBS = """
        presubmits:
          kubevirt/kubevirt:
            - {name: pull-kubevirt-unit-test, always_run: true, spec: {containers: [{image: x}]}}
          kubevirt/project-infra:
            - {name: pull-kubevirt-unit-test, always_run: true, spec: {containers: [{image: x}]}}
        postsubmits:
          kubevirt/project-infra:
            - {name: post-project-infra-kubevirt-prow-control-plane-deployment, spec: {containers: [{image: x}]}}
        """;

    final FakeGitHub github = new FakeGitHub();
    final FakeChannel channel = FakeChannel.withThreads("channel");
    final EmbeddedStore database;
    Instant now = Examples.NOON;

    private final Path folder;
    private final GitHubApi api;
    private final Channels channels = new Channels(List.of(channel));
    private ConfigAgent config;
    private IncidentService incidents;
    private DeliveryProcessor deliveries;
    private BumpMonitor monitor;
    private BumpSync sync;
    private OutboxDispatcher dispatcher;
    private int sent;

    BumpTestPlugin(Path folder) throws IOException, InvalidConfigException, InterruptedException {
        this.folder = folder;
        Files.writeString(Files.createDirectories(folder.resolve("jobs")).resolve("jobs.yaml"), JOBS);
        Path token = Files.writeString(folder.resolve("token"), "good-token");
        database = EmbeddedStore.in(folder.resolve("data"));
        api = new GitHubApi(new GitHubClientOptions(
                List.of(github.address()),
                new GitHubClientOptions.Identity.Token(token),
                false,
                Duration.ofMinutes(1),
                () -> now));
        for (String repository : List.of(KUBEVIRT, INFRA, "kubevirt/kubevirtci")) {
            github.world().repository(repository);
        }
        restart();
    }

    /** Stops the process and starts another one on the same store. */
    void restart() throws InvalidConfigException, InterruptedException {
        if (dispatcher != null) {
            dispatcher.stop(new ShutdownEvent());
        }
        config = new ConfigAgent(new ConfigLoader(Path.of("config"), folder.resolve("jobs")), () -> now);
        incidents = new IncidentService(database.store(), config, channels, () -> now);
        deliveries = new DeliveryProcessor(database.store(), config, incidents, () -> now);
        monitor = new BumpMonitor(incidents, config);
        sync = new BumpSync(config, incidents, Optional.of(new BumpReconciler(database.store(), api)), () -> now);
        dispatcher = new OutboxDispatcher(
                database.store(), () -> now, config, channels, new Workers(new SimpleMeterRegistry(), Duration.ZERO));
    }

    /** A pull_request event arrives. */
    void receives(JsonNode pullRequestEvent) {
        database.store().inTransaction(transaction -> {
            new BumpTracker(config.get(), transaction).observe(pullRequestEvent);
            new MergeLedger(config.get(), transaction).observe(pullRequestEvent);
            return true;
        });
        monitor.tick();
    }

    /** A status event arrives. */
    void receives(StatusPayload status) {
        JournalEntry delivery = new JournalEntry("status " + ++sent, "status", now, status.bytes(), 0);
        database.store().inTransaction(transaction -> transaction.deliveries().insert(delivery));
        deliveries.processAll();
        monitor.tick();
    }

    /** Completes the ledger of merges from a server with its answers. */
    LedgerSync ledger(GitHubApi answering) {
        return new LedgerSync(database.store(), config, incidents, Optional.of(new GitHubMerges(answering)), () -> now);
    }

    Config config() {
        return config.get();
    }

    /** Reads GitHub and checks the bumps. */
    void syncs() {
        sync.tick();
        monitor.tick();
    }

    /** The problem in the health check. */
    String problem() {
        return sync.call()
                .getData()
                .map(data -> String.valueOf(data.get("problem")))
                .orElse("");
    }

    void pass(Duration time) {
        now = now.plus(time);
        incidents.tick();
        monitor.tick();
    }

    /** Waits for the first matching notification in the channel. */
    Notification shown(Predicate<Notification> which) {
        dispatcher.wake();
        return await().atMost(Duration.ofMinutes(1))
                .until(() -> find(which), Optional::isPresent)
                .orElseThrow();
    }

    /** The notifications in the channel. */
    List<Notification> shown() {
        dispatcher.wake();
        await().atMost(Duration.ofMinutes(1)).until(() -> database.outcomes()
                .query("SELECT 1 FROM message WHERE state = 'pending' AND due_at <= " + now.toEpochMilli()
                        + " UNION ALL SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending', 'unknown')"
                        + " AND due_at <= " + now.toEpochMilli())
                .isEmpty());
        return channel.entries().stream()
                .map(entry -> ((OutgoingMessage.IncidentMessage) entry.shows()).notification())
                .toList();
    }

    private Optional<Notification> find(Predicate<Notification> which) {
        dispatcher.wake();
        return channel.entries().stream()
                .map(entry -> ((OutgoingMessage.IncidentMessage) entry.shows()).notification())
                .filter(which)
                .findFirst();
    }

    @Override
    public void close() throws InterruptedException {
        dispatcher.stop(new ShutdownEvent());
        api.close();
        github.close();
    }
}
