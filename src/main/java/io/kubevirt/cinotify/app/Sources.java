// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kubevirt.cinotify.concurrent.ShutdownOrder;
import io.kubevirt.cinotify.engine.WatermarkStore;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.SourceCoverage;
import io.kubevirt.cinotify.source.SourceRuntime;
import io.kubevirt.cinotify.source.SourceStatus;
import io.kubevirt.cinotify.source.deck.DeckPoller;
import io.kubevirt.cinotify.source.prowjob.KubernetesClientFactory;
import io.kubevirt.cinotify.source.prowjob.ProwJobClient;
import io.kubevirt.cinotify.source.prowjob.ProwJobReflector;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The doors that go out by themselves: those that the deployment names are opened at start and closed at the end. */
@ApplicationScoped
public class Sources implements SourceCoverage {

    /** Longer than the pause between two polls or two bookmarks of a watch: then it is dead, whatever it says. */
    public static final Duration MAX_SILENCE = Duration.ofMinutes(3);

    private final ServeConfig deployment;
    private final Journal journal;
    private final WatermarkStore watermarks;
    private final InstantSource clock;
    private final List<OpenSource> open = new CopyOnWriteArrayList<>();
    private volatile @Nullable Instant completeSince;

    private record OpenSource(String name, Supplier<SourceStatus> status, Runnable close) {}

    Sources(ServeConfig deployment, Journal journal, WatermarkStore marks, InstantSource clock) {
        this.deployment = deployment;
        this.journal = journal;
        this.watermarks = marks;
        this.clock = clock;
    }

    void open(@Observes StartupEvent event) {
        if (deployment.deck().isPresent() || deployment.prowjobNamespace().isPresent()) {
            watermarks.recordWatchStart(clock.instant());
        }
        deployment.deck().ifPresent(this::openDeck);
        deployment.prowjobNamespace().ifPresent(this::openProwJobs);
    }

    void close(@Observes @Priority(ShutdownOrder.SOURCES) ShutdownEvent event) {
        open.forEach(door -> door.close().run());
    }

    private void openDeck(String address) {
        SourceThread thread = new SourceThread(DeckPoller.NAME);
        DeckPoller door = new DeckPoller(URI.create(address), journal, runtime(thread));
        open.add(new OpenSource(DeckPoller.NAME, door::status, () -> {
            door.stop();
            thread.close();
        }));
        door.start();
    }

    private void openProwJobs(String namespace) {
        SourceThread thread = new SourceThread(ProwJobReflector.NAME);
        KubernetesClient client =
                KubernetesClientFactory.open(deployment.kubeconfig().orElse(null));
        ProwJobReflector door =
                new ProwJobReflector(new ProwJobClient(client, namespace, clock), journal, watermarks, runtime(thread));
        open.add(new OpenSource(ProwJobReflector.NAME, door::status, () -> {
            door.stop();
            thread.close();
            client.close();
        }));
        door.start();
    }

    private SourceRuntime runtime(SourceThread thread) {
        return new SourceRuntime(thread, clock, new SecureRandom());
    }

    /** How each open door is doing. */
    public Map<String, SourceStatus> statuses() {
        return open.stream().collect(Collectors.toMap(OpenSource::name, door -> door.status()
                .get()));
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void updateCompleteSince() {
        Instant now = clock.instant();
        boolean sees = statuses().values().stream()
                .anyMatch(status ->
                        status.connected() && status.sinceLastContact(now).compareTo(MAX_SILENCE) < 0);
        completeSince = !sees ? null : completeSince == null ? now : completeSince;
    }

    @Override
    public Optional<Instant> completeSince() {
        return Optional.ofNullable(completeSince);
    }
}
