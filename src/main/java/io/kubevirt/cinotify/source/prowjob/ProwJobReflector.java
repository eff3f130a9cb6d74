// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.kubevirt.cinotify.http.Backoff;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.ProwJobSummary;
import io.kubevirt.cinotify.source.SourceReporter;
import io.kubevirt.cinotify.source.SourceReporter.SourceStatus;
import io.kubevirt.cinotify.source.SourceRuntime;
import io.kubevirt.cinotify.source.UnfinishedProwJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Appends every state of every ProwJob to the journal: lists in pages, then watches from the version of the list. When
 * a watch ends, the next one continues from the last version in the journal. Lists again when the API server has
 * compacted that version, and every hour to find anything a watch missed. The journal drops duplicates. An unfinished
 * ProwJob that a complete list does not contain has been deleted.
 *
 * <p>Holds a ProwJob only until the journal has it. All work runs on the one thread of the source.
 */
public final class ProwJobReflector {
    /** The name in health checks, metrics and deliveries. */
    public static final String NAME = "prowjobs";

    private static final Logger LOG = Logger.getLogger(ProwJobReflector.class);
    private static final Duration RELIST_INTERVAL = Duration.ofHours(1);
    private static final Duration WATCH_CHECK_INTERVAL = Duration.ofMinutes(1);

    /** Bookmarks arrive every minute; a watch without any event for this long is broken. */
    private static final Duration MAX_SILENCE = Duration.ofMinutes(3);

    private final ProwJobClient client;
    private final ResourceVersionStore resourceVersions;
    private final SourceRuntime runtime;
    private final SourceReporter reporter;
    private final WatchTiming watchTiming;

    private volatile boolean stopped;
    private ListProgress listProgress = ListProgress.START;
    private @Nullable String resourceVersion;
    private @Nullable ActiveWatch activeWatch;
    private @Nullable Instant listedAt;

    /** The runtime needs a thread of its own, because the API server and the journal may block it. */
    public ProwJobReflector(
            ProwJobClient client, Journal journal, ResourceVersionStore resourceVersions, SourceRuntime runtime) {
        this.client = client;
        this.resourceVersions = resourceVersions;
        this.runtime = runtime;
        this.reporter = new SourceReporter("ProwJob watch", journal, runtime.clock());
        this.watchTiming = new WatchTiming(runtime.random());
    }

    /**
     * The token is null for the first page; the watch begins at the version of the first page. {@code unlisted}: the
     * unfinished ProwJobs that no page has contained yet; null before the first page.
     */
    private record ListProgress(
            @Nullable String continueToken,
            @Nullable String resourceVersion,
            @Nullable Set<String> unlisted) {
        static final ListProgress START = new ListProgress(null, null, null);
    }

    private record ActiveWatch(WatchBuffer buffer, Runnable close, Instant startedAt, Instant expectedEnd) {}

    @FunctionalInterface
    private interface Step {
        void run() throws KubernetesApiException, JournalUnavailableException;
    }

    /** Starts; returns at once. Call it once. */
    public void start() {
        schedule(Duration.ZERO, this::listOrWatch);
    }

    /** Stops. Thread-safe. States that are not in the journal are listed again after the next start. */
    public void stop() {
        stopped = true;
        runtime.executor().schedule(Duration.ZERO, this::closeWatch);
    }

    /** Thread-safe. */
    public SourceStatus status() {
        return reporter.status();
    }

    /** Runs whenever no watch is active. */
    private void listOrWatch() throws KubernetesApiException, JournalUnavailableException {
        if (listedAt == null) {
            resourceVersion = resourceVersions.resourceVersion().orElse(null);
            // A restored or replaced cluster may be behind the stored version without reporting it, so list soon.
            listedAt = runtime.clock().instant().minus(RELIST_INTERVAL);
        }
        if (resourceVersion == null) {
            list();
        } else {
            watch(resourceVersion);
        }
    }

    private void list() throws KubernetesApiException, JournalUnavailableException {
        Set<String> unlisted =
                new HashSet<>(listProgress.unlisted() == null ? resourceVersions.names() : listProgress.unlisted());
        ProwJobClient.ListPage page = client.listPage(listProgress.continueToken());
        reporter.append(page.deliveries());
        unlisted.removeAll(page.names());
        String from = listProgress.resourceVersion() == null ? page.resourceVersion() : listProgress.resourceVersion();
        if (page.continueToken() != null) {
            listProgress = new ListProgress(page.continueToken(), from, unlisted);
        } else {
            reporter.append(
                    ProwJobSummary.deletions(unlisted, NAME, runtime.clock().instant()));
            saveResourceVersion(from);
            listProgress = ListProgress.START;
            listedAt = runtime.clock().instant();
        }
        schedule(Duration.ZERO, this::listOrWatch);
    }

    private void watch(String from) {
        WatchBuffer buffer = new WatchBuffer(runtime.clock(), ready -> schedule(Duration.ZERO, () -> drain(ready)));
        Duration lifetime = watchTiming.watchLifetime();
        Instant now = runtime.clock().instant();
        activeWatch = new ActiveWatch(buffer, client.watch(from, buffer, lifetime), now, now.plus(lifetime));
        schedule(WATCH_CHECK_INTERVAL, () -> checkWatch(buffer));
    }

    private void drain(WatchBuffer buffer) throws KubernetesApiException, JournalUnavailableException {
        ActiveWatch current = activeWatch;
        if (current == null || current.buffer() != buffer) {
            return;
        }
        WatchBuffer.Batch batch = buffer.drain();
        if (batch.open()) {
            reporter.append(batch.deliveries());
        }
        if (batch.resourceVersion() != null) {
            saveResourceVersion(batch.resourceVersion());
            watchTiming.reset();
        }
        buffer.resume();
        if (batch.failure() != null) {
            throw batch.failure();
        }
        if (batch.ended()) {
            if (current.startedAt()
                    .plus(WATCH_CHECK_INTERVAL)
                    .isBefore(runtime.clock().instant())) {
                watchTiming.reset();
            }
            resumeAfter(watchTiming.delayAfterEnd());
        }
    }

    /** The journal is complete up to this version. */
    private void saveResourceVersion(String newVersion) throws JournalUnavailableException {
        resourceVersions.save(newVersion);
        resourceVersion = newVersion;
    }

    private void checkWatch(WatchBuffer buffer) {
        ActiveWatch current = activeWatch;
        if (current == null || current.buffer() != buffer) {
            return;
        }
        Instant now = runtime.clock().instant();
        boolean isSilent = reporter.status().sinceLastContact(now).compareTo(MAX_SILENCE) > 0;
        if (isSilent) {
            reporter.recordFailure("no event and no bookmark for minutes: listing again");
        }
        if (isSilent || (listedAt != null && listedAt.plus(RELIST_INTERVAL).isBefore(now))) {
            requestRelist();
            resumeAfter(Duration.ZERO);
        } else if (current.expectedEnd().plus(WATCH_CHECK_INTERVAL).isBefore(now)) {
            reporter.recordFailure(
                    "the API server did not end the watch on time: the connection is dead, reconnecting");
            resumeAfter(watchTiming.delayAfterEnd());
        } else {
            schedule(WATCH_CHECK_INTERVAL, () -> checkWatch(buffer));
        }
    }

    private void schedule(Duration delay, Step step) {
        runtime.executor().schedule(delay, () -> {
            if (!stopped) {
                runStep(step);
            }
        });
    }

    private void runStep(Step step) {
        try {
            step.run();
        } catch (KubernetesApiException e) {
            LOG.debug("request to the API server failed", e);
            reporter.recordFailure(e.getMessage());
            if (e.kind() == KubernetesApiException.Kind.GONE || e.kind() == KubernetesApiException.Kind.UNREADABLE) {
                // The server is reachable.
                watchTiming.reset();
                requestRelist();
            }
            resumeAfter(watchTiming.delayAfter(e.kind()));
        } catch (JournalUnavailableException e) {
            LOG.debug("the journal failed", e);
            reporter.recordFailure("ProwJobs cannot be stored and will be listed again: " + e.getMessage());
            resumeAfter(watchTiming.delayAfterEnd());
        } catch (RuntimeException e) {
            LOG.error("ProwJob watch failed unexpectedly; it continues", e);
            reporter.recordFailure("unexpected failure, see the log");
            resumeAfter(watchTiming.delayAfterEnd());
        }
    }

    private void resumeAfter(Duration delay) {
        closeWatch();
        schedule(delay, this::listOrWatch);
    }

    /** The next step lists from the beginning. */
    private void requestRelist() {
        resourceVersion = null;
        listProgress = ListProgress.START;
    }

    private void closeWatch() {
        if (activeWatch != null) {
            activeWatch.close().run();
            activeWatch = null;
        }
    }

    private static final class WatchTiming {
        /** The API server ends a watch after one to two times this, so that a dead connection is detected. */
        private static final Duration MIN_WATCH_LIFETIME = Duration.ofMinutes(5);

        private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(1);
        private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);

        private final RandomGenerator random;
        private final Backoff backoff;

        WatchTiming(RandomGenerator random) {
            this.random = random;
            this.backoff = new Backoff(INITIAL_BACKOFF, MAX_BACKOFF, random);
        }

        /** A fast retry does not help if the operator must act first. */
        Duration delayAfter(KubernetesApiException.Kind kind) {
            return kind == KubernetesApiException.Kind.REFUSED
                    ? between(MAX_BACKOFF.dividedBy(2), MAX_BACKOFF)
                    : backoff.next();
        }

        Duration delayAfterEnd() {
            return backoff.next();
        }

        void reset() {
            backoff.reset();
        }

        Duration watchLifetime() {
            return between(MIN_WATCH_LIFETIME, MIN_WATCH_LIFETIME.multipliedBy(2));
        }

        private Duration between(Duration min, Duration max) {
            return Duration.ofMillis(random.nextLong(min.toMillis(), max.toMillis()));
        }
    }

    /** Stores the resource version up to which the journal is complete. */
    public interface ResourceVersionStore extends UnfinishedProwJobs {
        /** Empty until the first list is complete. */
        Optional<String> resourceVersion() throws JournalUnavailableException;

        /** Saves, or throws and keeps the previous version. */
        void save(String resourceVersion) throws JournalUnavailableException;
    }
}
