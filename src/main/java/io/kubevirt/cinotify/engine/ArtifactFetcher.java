// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.EvidenceReader.RunNode;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.engine.DiagnosisListener.DiagnosisUpdate;
import io.kubevirt.cinotify.store.EvidenceTable;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fetches and diagnoses the artifacts of failed runs. It retries late files for some minutes and an unreachable object store
 * for a day. Notifications do not wait for it; they are updated when the artifacts arrive.
 */
public final class ArtifactFetcher {
    /** How long the upload of a finished run may take (prow-contract §8: up to a minute). */
    static final Duration UPLOAD_TIME = Duration.ofMinutes(3);

    /** After this time the artifacts no longer matter. */
    static final Duration GIVE_UP_AFTER = Duration.ofHours(24);
    /** Longer than a fetch can take. */
    private static final Duration CLAIM_DURATION = Duration.ofMinutes(10);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(15);
    private static final Duration MAX_RETRY_DELAY = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 10;
    private static final int MAX_UNEXPECTED_FAILURES = 3;
    private final Store store;
    private final ConfigAgent configAgent;
    private final ArtifactLocator locator;
    private final DiagnosisListener listener;
    private final InstantSource clock;
    private final KnownIssueMatcher matcher;
    private final StatusConfirmation confirmation;
    private final KnownIssueList.Cache knownIssues = new KnownIssueList.Cache();

    public ArtifactFetcher(
            Store store,
            ConfigAgent configAgent,
            ArtifactLocator locator,
            DiagnosisListener listener,
            InstantSource clock) {
        this.store = store;
        this.configAgent = configAgent;
        this.locator = locator;
        this.listener = listener;
        this.clock = clock;
        this.matcher = new KnownIssueMatcher(locator);
        this.confirmation = new StatusConfirmation(store, locator);
    }

    private PublicNames names() {
        return new PublicNames(store, configAgent::get);
    }

    public List<EvidenceTable.Request> claim(int limit) {
        Instant now = clock.instant();
        String prefix = configAgent.get().file().evidence() == null ? StatusConfirmation.PREFIX : "";
        return store.inTransaction(
                transaction -> transaction.evidence().claim(prefix, now, now.plus(CLAIM_DURATION), limit));
    }

    /** Fetches and diagnoses the artifacts of a claimed run; blocks. */
    public void fetch(EvidenceTable.Request request) {
        Config current = configAgent.get();
        if (StatusConfirmation.isRequest(request)) {
            confirmation.decide(current, request, clock.instant());
            return;
        }
        if (!request.run().state().isRed()) {
            recordPass(current, request);
            return;
        }
        Optional<Evidence> read = locator.read(current, request.run());
        Evidence evidence = read.orElseGet(() -> Evidence.unreachable("their location is unknown"));
        Instant now = clock.instant();
        @Nullable Instant next = read.isEmpty() ? null : nextAttempt(request, evidence, now);
        if (evidence.isLate() && next != null) {
            store.inTransaction(transaction -> {
                transaction.evidence().reschedule(request.id(), next);
                return true;
            });
            return;
        }
        Diagnosis diagnosis = current.diagnoser().diagnose(request.run(), evidence);
        Symptoms symptoms = diagnosis.symptoms();
        KnownIssueMatcher.@Nullable Match known = symptoms == null
                ? null
                : matcher.match(knownIssues.get(current, store).issues(), current, symptoms, now)
                        .orElse(null);
        listener.onUpdate(transaction -> {
            Diagnosis correlated =
                    new FailureCorrelator(current, transaction).correlate(request, evidence, diagnosis, known);
            transaction.evidence().reschedule(request.id(), next);
            // A store that is still unreachable needs no update.
            return !evidence.isEmpty() || request.attempt() == 1
                    ? Optional.of(new DiagnosisUpdate(request.id(), correlated))
                    : Optional.empty();
        });
    }

    /** Ends the request of a run that failed unexpectedly several times: its artifacts are not fetched forever. */
    void giveUpRepeated(EvidenceTable.Request request) {
        if (request.attempt() < MAX_UNEXPECTED_FAILURES) {
            return;
        }
        try {
            store.inTransaction(transaction -> {
                transaction.evidence().reschedule(request.id(), null);
                StatusConfirmation.giveUp(transaction, request, clock.instant());
                return true;
            });
        } catch (StoreUnavailable e) {
            // It is due again when its claim expires.
        }
    }

    ArtifactLocator locator() {
        return locator;
    }

    KnownIssueMatcher matcher() {
        return matcher;
    }

    /** Of a passed run only its node matters, which is healthy. */
    private void recordPass(Config current, EvidenceTable.Request request) {
        Optional<RunNode> node = locator.node(current, request.run());
        Instant now = clock.instant();
        boolean late =
                node.isEmpty() && Duration.between(request.endedAt(), now).compareTo(UPLOAD_TIME) < 0;
        store.inTransaction(transaction -> {
            node.ifPresent(on -> NodeHealthMonitor.recordPass(transaction, on, request.run(), request.endedAt()));
            transaction.evidence().reschedule(request.id(), late ? now.plus(RETRY_DELAY) : null);
            return true;
        });
    }

    /** When to try again; null for never. */
    private static @Nullable Instant nextAttempt(EvidenceTable.Request request, Evidence evidence, Instant now) {
        Duration age = Duration.between(request.endedAt(), now);
        if (evidence.isUnreachable() && age.compareTo(GIVE_UP_AFTER) < 0) {
            Duration pause = RETRY_DELAY.multipliedBy(1L << Math.min(request.attempt(), MAX_DOUBLINGS));
            Duration bounded = pause.compareTo(MAX_RETRY_DELAY) < 0 ? pause : MAX_RETRY_DELAY;
            return now.plus(bounded.compareTo(evidence.retryAfter()) > 0 ? bounded : evidence.retryAfter());
        }
        return evidence.isLate() && age.compareTo(UPLOAD_TIME) < 0 ? now.plus(RETRY_DELAY) : null;
    }

    /** Fetches the artifacts of a few runs at a time on threads of its own. */
    @ApplicationScoped
    public static class Scheduler {
        private static final Logger LOG = Logger.getLogger(Scheduler.class);
        private static final int MAX_PROMPT = 4;
        private static final int MAX_SLOW = 8;
        private static final Duration SHARE = Duration.ofSeconds(5);

        private final ArtifactFetcher fetcher;
        private final InstantSource clock;
        private final FetchSlots slots = new FetchSlots(MAX_PROMPT, MAX_SLOW, SHARE);
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        Scheduler(ArtifactFetcher fetcher, InstantSource clock) {
            this.fetcher = fetcher;
            this.clock = clock;
        }

        @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
        void tick() {
            int limit = slots.free(clock.instant());
            try {
                for (EvidenceTable.Request request :
                        limit == 0 ? List.<EvidenceTable.Request>of() : fetcher.claim(limit)) {
                    FetchSlots.Slot slot = slots.start(clock.instant());
                    threads.execute(() -> fetch(request, slot));
                }
            } catch (StoreUnavailable e) {
                LOG.debugf("not fetching artifacts: %s", e.getMessage());
            } catch (RejectedExecutionException e) {
                LOG.debug("stopping: what was claimed is due again after the restart");
            }
        }

        /** A failed fetch is due again when its claim expires. */
        private void fetch(EvidenceTable.Request request, FetchSlots.Slot slot) {
            try {
                fetcher.fetch(request);
            } catch (StoreUnavailable e) {
                LOG.debugf("fetching the artifacts of a run again: %s", e.getMessage());
            } catch (RuntimeException | StackOverflowError e) {
                LOG.errorf(
                        e,
                        "cannot diagnose the artifacts of %s",
                        fetcher.names().ofRun(request.id()));
                fetcher.giveUpRepeated(request);
            } finally {
                slots.end(slot);
            }
        }

        void stop(@Observes ShutdownEvent event) {
            threads.shutdownNow();
        }
    }
}
