// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.SourceReporter;
import io.kubevirt.cinotify.source.SourceRuntime;
import io.kubevirt.cinotify.source.SourceStatus;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings every state of every ProwJob into the journal: a list in pages, then a watch from where the list ended. A watch that
 * ends goes on from the last version that the journal has; when the API server has forgotten that version, and every hour in
 * case something was silently lost, there is a list again. What was offered before does no harm, since the journal knows it.
 *
 * <p>It holds nothing of a ProwJob longer than until the journal has it. Everything is done by the one worker.
 */
public final class ProwJobReflector {

    /** By what health, metrics and deliveries know it. */
    public static final String NAME = "prowjobs";

    private static final Logger LOG = Logger.getLogger(ProwJobReflector.class);
    private static final Duration RELIST_INTERVAL = Duration.ofHours(1);
    private static final Duration WATCH_CHECK_INTERVAL = Duration.ofMinutes(1);

    /** Bookmarks come every minute: a watch that says nothing for so long watches nothing. */
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

    /** @param timing its worker may be blocked by the API server and the journal, so that it should have no other work */
    public ProwJobReflector(
            ProwJobClient source, Journal journal, ResourceVersionStore resumption, SourceRuntime timing) {
        this.client = source;
        this.resourceVersions = resumption;
        this.runtime = timing;
        this.reporter = new SourceReporter("watch of ProwJobs", journal, timing.clock());
        this.watchTiming = new WatchTiming(timing.random());
    }

    /**
     * How far a list has come.
     *
     * @param continueToken the token of the page to fetch; null for the first
     * @param resourceVersion that of the first page, from which the watch must begin
     */
    private record ListProgress(
            @Nullable String continueToken, @Nullable String resourceVersion) {

        static final ListProgress START = new ListProgress(null, null);
    }

    /**
     * A watch under way.
     *
     * @param expectedEnd when the API server should end it
     */
    private record ActiveWatch(WatchBuffer buffer, Runnable close, Instant startedAt, Instant expectedEnd) {}

    /** What the door does at a time. */
    @FunctionalInterface
    private interface Step {
        void run() throws KubernetesApiException, JournalUnavailableException;
    }

    /** Begins; returns at once. To be called once. */
    public void start() {
        schedule(Duration.ZERO, this::listOrWatch);
    }

    /** Ends; from any thread. What is not in the journal by then is seen again after the next start. */
    public void stop() {
        stopped = true;
        runtime.executor().schedule(Duration.ZERO, this::closeWatch);
    }

    /** How it is doing; from any thread. */
    public SourceStatus status() {
        return reporter.status();
    }

    /** Either a watch is under way, or one of these is to come. */
    private void listOrWatch() throws KubernetesApiException, JournalUnavailableException {
        if (listedAt == null) {
            resourceVersion = resourceVersions.resourceVersion().orElse(null);
            // A cluster that was restored or replaced is behind that version, and silent about it: list soon.
            listedAt = runtime.clock().instant().minus(RELIST_INTERVAL);
        }
        if (resourceVersion == null) {
            list();
        } else {
            watch(resourceVersion);
        }
    }

    private void list() throws KubernetesApiException, JournalUnavailableException {
        ListPage page = client.listPage(listProgress.continueToken());
        reporter.append(page.deliveries());
        String from = listProgress.resourceVersion() == null ? page.resourceVersion() : listProgress.resourceVersion();
        listProgress = new ListProgress(page.continueToken(), from);
        if (page.continueToken() == null) {
            saveResourceVersion(from);
            listProgress = ListProgress.START;
            listedAt = runtime.clock().instant();
        }
        schedule(Duration.ZERO, this::listOrWatch);
    }

    private void watch(String from) {
        WatchBuffer feed = new WatchBuffer(runtime.clock(), rung -> schedule(Duration.ZERO, () -> drain(rung)));
        Duration lifetime = watchTiming.watchLifetime();
        Instant now = runtime.clock().instant();
        activeWatch = new ActiveWatch(feed, client.watch(from, feed, lifetime), now, now.plus(lifetime));
        schedule(WATCH_CHECK_INTERVAL, () -> checkWatch(feed));
    }

    private void drain(WatchBuffer feed) throws KubernetesApiException, JournalUnavailableException {
        ActiveWatch current = activeWatch;
        if (current == null || current.buffer() != feed) {
            return;
        }
        WatchBuffer.Batch batch = feed.drain();
        if (batch.open()) {
            reporter.append(batch.deliveries());
        }
        if (batch.resourceVersion() != null) {
            saveResourceVersion(batch.resourceVersion());
            watchTiming.reset();
        }
        feed.resume();
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

    /** The journal has everything up to a version. */
    private void saveResourceVersion(String newVersion) throws JournalUnavailableException {
        resourceVersions.save(newVersion);
        resourceVersion = newVersion;
    }

    private void checkWatch(WatchBuffer feed) {
        ActiveWatch current = activeWatch;
        if (current == null || current.buffer() != feed) {
            return;
        }
        Instant now = runtime.clock().instant();
        boolean isSilent = reporter.status().sinceLastContact(now).compareTo(MAX_SILENCE) > 0;
        if (isSilent) {
            reporter.recordFailure(
                    "the watch has said nothing for minutes, not even where it stands: there is a list anew");
        }
        if (isSilent || (listedAt != null && listedAt.plus(RELIST_INTERVAL).isBefore(now))) {
            requestRelist();
            resumeAfter(Duration.ZERO);
        } else if (current.expectedEnd().plus(WATCH_CHECK_INTERVAL).isBefore(now)) {
            reporter.recordFailure(
                    "the API server has not ended the watch in its time, so that the connection must be dead");
            resumeAfter(watchTiming.delayAfterEnd());
        } else {
            schedule(WATCH_CHECK_INTERVAL, () -> checkWatch(feed));
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
            LOG.debug("asking the API server failed", e);
            reporter.recordFailure(e.operatorMessage());
            if (e.kind() == KubernetesApiException.Kind.GONE || e.kind() == KubernetesApiException.Kind.UNREADABLE) {
                // It is there and has answered.
                watchTiming.reset();
                requestRelist();
            }
            resumeAfter(watchTiming.delayAfter(e.kind()));
        } catch (JournalUnavailableException e) {
            LOG.debug("the journal failed", e);
            reporter.recordFailure(
                    "what the API server tells cannot be kept, and is fetched again later: " + e.getMessage());
            resumeAfter(watchTiming.delayAfterEnd());
        } catch (RuntimeException e) {
            LOG.error("the watch of ProwJobs failed in an unforeseen way; it goes on", e);
            reporter.recordFailure("it failed in an unforeseen way; the log says more");
            resumeAfter(watchTiming.delayAfterEnd());
        }
    }

    private void resumeAfter(Duration pause) {
        closeWatch();
        schedule(pause, this::listOrWatch);
    }

    /** A list from its beginning is what comes next. */
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
}
