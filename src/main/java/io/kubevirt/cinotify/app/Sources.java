// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kubevirt.cinotify.concurrent.ShutdownOrder;
import io.kubevirt.cinotify.engine.WatermarkStore;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.SourceCoverage;
import io.kubevirt.cinotify.source.SourceReporter.SourceStatus;
import io.kubevirt.cinotify.source.SourceRuntime;
import io.kubevirt.cinotify.source.deck.DeckAbsences;
import io.kubevirt.cinotify.source.deck.DeckPoller;
import io.kubevirt.cinotify.source.prowjob.KubernetesClientFactory;
import io.kubevirt.cinotify.source.prowjob.ProwJobClient;
import io.kubevirt.cinotify.source.prowjob.ProwJobReflector;
import io.kubevirt.cinotify.store.OutboxQuery;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts and stops the event sources that ci-notify polls or watches itself: deck and ProwJobs. */
@ApplicationScoped
public class Sources implements SourceCoverage {
    /** Longer than the pause between two polls or two bookmarks of a watch: a source silent for longer is dead. */
    public static final Duration MAX_SILENCE = Duration.ofMinutes(3);

    private static final Logger LOG = Logger.getLogger(Sources.class);
    private static final double MILLISECONDS = 1000.0;
    private final ServeConfig serveConfig;
    private final Journal journal;
    private final WatermarkStore watermarks;
    private final InstantSource clock;
    private final MeterRegistry registry;
    private final List<OpenSource> open = new CopyOnWriteArrayList<>();
    private final List<DeckReport> reports = new CopyOnWriteArrayList<>();
    private volatile @Nullable Instant completeSince;
    /** Until it is recorded. */
    private volatile @Nullable Instant watchStart;

    private record OpenSource(String name, Supplier<SourceStatus> status, Runnable close) {}

    Sources(
            ServeConfig serveConfig,
            Journal journal,
            WatermarkStore watermarks,
            InstantSource clock,
            MeterRegistry registry) {
        this.serveConfig = serveConfig;
        this.journal = journal;
        this.watermarks = watermarks;
        this.clock = clock;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event, Store store) {
        List<URI> decks = serveConfig.decks().orElse(List.of());
        if (!decks.isEmpty() || serveConfig.prowjobNamespace().isPresent()) {
            watchStart = clock.instant();
            recordWatchStart();
        }
        DeckAbsences absences = new DeckAbsences(serveConfig.prowjobNamespace().isPresent() ? Set::of : watermarks);
        decks.forEach(deck -> openDeck(deck, sourceName(deck, decks), absences, () -> notifications(store)));
        serveConfig.prowjobNamespace().ifPresent(this::openProwJobs);
    }

    /** A store that does not work must not end the start: the sources poll again until it does. */
    private void recordWatchStart() {
        Instant start = watchStart;
        if (start != null) {
            try {
                watermarks.recordWatchStart(start);
                watchStart = null;
            } catch (StoreUnavailable e) {
                LOG.debugf("the start of the watch is recorded later: %s", e.getMessage());
            }
        }
    }

    void stop(@Observes @Priority(ShutdownOrder.SOURCES) ShutdownEvent event) {
        open.forEach(source -> source.close().run());
    }

    /** In health and metrics; several decks are named by their address. */
    static String sourceName(URI deck, List<URI> decks) {
        return decks.size() == 1 ? DeckPoller.NAME : DeckPoller.NAME + "/" + deck.getAuthority() + deck.getPath();
    }

    private void openDeck(URI deck, String name, DeckAbsences absences, LongSupplier notifications) {
        SourceThread thread = new SourceThread(name);
        DeckPoller poller = new DeckPoller(deck, journal, absences, runtime(thread));
        add(new OpenSource(name, poller::status, () -> {
            poller.stop();
            thread.close();
        }));
        reports.add(new DeckReport(name, poller::shown, notifications));
        poller.start();
    }

    private void openProwJobs(String namespace) {
        SourceThread thread = new SourceThread(ProwJobReflector.NAME);
        KubernetesClient client =
                KubernetesClientFactory.open(serveConfig.kubeconfig().orElse(null));
        ProwJobReflector reflector =
                new ProwJobReflector(new ProwJobClient(client, namespace, clock), journal, watermarks, runtime(thread));
        add(new OpenSource(ProwJobReflector.NAME, reflector::status, () -> {
            reflector.stop();
            thread.close();
            client.close();
        }));
        reflector.start();
    }

    private SourceRuntime runtime(SourceThread thread) {
        return new SourceRuntime(thread, clock, new SecureRandom());
    }

    private void add(OpenSource source) {
        open.add(source);
        gauge(source, "ci_notify.source.up", status -> status.connected() ? 1 : 0)
                .description("1 if the last request to the event source succeeded.")
                .register(registry);
        // NaN before the first response: an age of 56 years would fire the alert on each start.
        gauge(
                        source,
                        "ci_notify.source.last.contact.timestamp",
                        status -> status.lastContactAt() == null
                                ? Double.NaN
                                : status.lastContactAt().toEpochMilli() / MILLISECONDS)
                .description("Unix time of the last response from the event source.")
                .baseUnit("seconds")
                .register(registry);
        counter(source, "ci_notify.source.observations", SourceStatus::observations)
                .description("Run states received from the event source.")
                .register(registry);
        counter(source, "ci_notify.source.observations.new", SourceStatus::newObservations)
                .description("Run states received from the event source that were not yet in the journal.")
                .register(registry);
    }

    private static Gauge.Builder<OpenSource> gauge(
            OpenSource source, String name, ToDoubleFunction<SourceStatus> value) {
        return Gauge.builder(
                        name,
                        source,
                        opened -> value.applyAsDouble(opened.status().get()))
                .tag("source", source.name());
    }

    private static FunctionCounter.Builder<OpenSource> counter(
            OpenSource source, String name, ToDoubleFunction<SourceStatus> value) {
        return FunctionCounter.builder(
                        name,
                        source,
                        opened -> value.applyAsDouble(opened.status().get()))
                .tag("source", source.name());
    }

    public Map<String, SourceStatus> statuses() {
        return open.stream().collect(Collectors.toMap(OpenSource::name, source -> source.status()
                .get()));
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void updateCompleteSince() {
        recordWatchStart();
        Instant now = clock.instant();
        report(now);
        boolean isComplete = statuses().values().stream()
                .anyMatch(status ->
                        status.connected() && status.sinceLastContact(now).compareTo(MAX_SILENCE) < 0);
        completeSince = !isComplete ? null : completeSince == null ? now : completeSince;
    }

    private void report(Instant now) {
        try {
            reports.forEach(report -> report.due(now).ifPresent(LOG::info));
        } catch (StoreUnavailable e) {
            LOG.debugf("what the decks show is reported later: %s", e.getMessage());
        }
    }

    /** In all states and channels. */
    private static long notifications(Store store) {
        return store.read(transaction -> transaction.outboxQuery().counts()).stream()
                .mapToLong(OutboxQuery.Count::messages)
                .sum();
    }

    @Override
    public Optional<Instant> completeSince() {
        return Optional.ofNullable(completeSince);
    }

    private static final class SourceThread implements SourceRuntime.Executor, AutoCloseable {
        private static final long STOP_TIMEOUT_SECONDS = 5;
        private final String source;
        private final ScheduledThreadPoolExecutor thread;

        SourceThread(String source) {
            this.source = source;
            this.thread = new ScheduledThreadPoolExecutor(1, work -> Thread.ofPlatform()
                    .name("source-" + source)
                    .daemon()
                    .unstarted(work));
            this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }

        @Override
        public void schedule(Duration delay, Runnable work) {
            try {
                thread.schedule(() -> runGuarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopped) {
                LOG.debugf("%s: the source is stopped", source);
            }
        }

        /** A scheduled executor swallows exceptions. */
        private void runGuarded(Runnable work) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.errorf(e, "%s: unexpected failure of the event source", source);
            }
        }

        @Override
        public void close() {
            thread.shutdown();
            try {
                if (!thread.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    thread.shutdownNow();
                }
            } catch (InterruptedException e) {
                thread.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }
}
