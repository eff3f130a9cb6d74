// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.deck;

import io.kubevirt.cinotify.http.Backoff;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.ProwJobSummary;
import io.kubevirt.cinotify.source.SourceReporter;
import io.kubevirt.cinotify.source.SourceReporter.SourceStatus;
import io.kubevirt.cinotify.source.SourceRuntime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Polls a deck every 30 seconds and appends every state of every ProwJob to the journal. A state that lasts less than
 * the interval may be missed. The end of a run is not missed, because deck lists completed runs for a long time. An
 * unfinished ProwJob that every complete response lacks for some minutes counts as deleted.
 *
 * <p>Holds one batch in memory. All work runs on the one thread of the source.
 */
public final class DeckPoller {
    /** The name in health checks, metrics and deliveries. */
    public static final String NAME = "deck";

    /** As often as deck refreshes itself (prow-contract §6). */
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    /** An outage of deck must not delay the polls that follow it. */
    private static final Duration MAX_BACKOFF = INTERVAL.multipliedBy(2);

    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);
    private static final int BATCH_SIZE = 500;

    private static final Logger LOG = Logger.getLogger(DeckPoller.class);

    private final DeckClient client;
    private final SourceRuntime runtime;
    private final SourceReporter reporter;
    private final AbsenceTracker absences;
    private final Backoff backoff;
    private volatile boolean stopped;
    private volatile @Nullable ShownRuns shown;

    /**
     * The runtime needs a thread of its own, because deck and journal may block it.
     *
     * @param allDecks shared with the pollers of the other decks
     */
    public DeckPoller(URI deck, Journal journal, DeckAbsences allDecks, SourceRuntime runtime) {
        this(deck, journal, allDecks, runtime, RESPONSE_TIMEOUT);
    }

    DeckPoller(URI deck, Journal journal, DeckAbsences allDecks, SourceRuntime runtime, Duration timeout) {
        requireAddress(deck);
        this.client = new DeckClient(deck, timeout);
        this.runtime = runtime;
        this.reporter = new SourceReporter("poll of deck " + deck.getAuthority(), journal, runtime.clock());
        this.absences = allDecks.track();
        this.backoff = new Backoff(INTERVAL, MAX_BACKOFF, runtime.random());
    }

    /** @throws IllegalArgumentException if it is not the URL of a deck, with a message for the operator */
    public static void requireAddress(URI deck) {
        boolean web = "http".equalsIgnoreCase(deck.getScheme()) || "https".equalsIgnoreCase(deck.getScheme());
        if (!web || deck.getHost() == null || deck.getRawQuery() != null || deck.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "\"" + deck + "\" is not the URL of a deck, such as https://prow.example.org");
        }
    }

    /** Starts polling; returns at once. Call it once. */
    public void start() {
        schedule(Duration.ZERO);
    }

    /** Stops polling and aborts a running request. Thread-safe. */
    public void stop() {
        stopped = true;
        client.close();
    }

    /** The runs of a complete response. */
    public record ShownRuns(int runs, int failed) {}

    /** The runs that deck shows now; null before the first complete response. Thread-safe. */
    public @Nullable ShownRuns shown() {
        return shown;
    }

    public SourceStatus status() {
        return reporter.status();
    }

    private void schedule(Duration delay) {
        runtime.executor().schedule(delay, () -> {
            if (!stopped) {
                schedule(poll());
            }
        });
    }

    /** Returns the delay until the next poll. */
    private Duration poll() {
        try {
            fetch();
            backoff.reset();
            return INTERVAL;
        } catch (DeckClient.DeckException e) {
            LOG.debug("deck poll failed", e);
            recordFailure(e.getMessage());
            return max(e.retryAfter(), backoff.next());
        } catch (JournalUnavailableException e) {
            LOG.debug("the journal failed", e);
            recordFailure("ProwJobs from deck cannot be stored and will be fetched again: " + e.getMessage());
        } catch (RuntimeException e) {
            if (!stopped) {
                LOG.error("deck poll failed unexpectedly; polling continues", e);
            }
            recordFailure("unexpected failure, see the log");
        }
        return backoff.next();
    }

    private void fetch() throws DeckClient.DeckException, JournalUnavailableException {
        List<Delivery> batch = new ArrayList<>(BATCH_SIZE);
        absences.begin();
        int[] counts = new int[2];
        try {
            boolean changed = client.fetch(prowJob -> {
                counts[0]++;
                counts[1] += prowJob.isFailed() ? 1 : 0;
                absences.shown(prowJob.name());
                batch.add(prowJob.delivery(NAME, runtime.clock().instant()));
                if (batch.size() == BATCH_SIZE) {
                    append(batch);
                }
            });
            shown = changed ? new ShownRuns(counts[0], counts[1]) : shown;
            Instant now = runtime.clock().instant();
            batch.addAll(ProwJobSummary.deletions(absences.end(changed, now), NAME, now));
        } catch (DeckClient.DeckException e) {
            // ProwJobs before the end of an incomplete response are valid.
            append(batch);
            throw e;
        }
        append(batch);
        client.confirm();
        reporter.recordContact();
    }

    private void append(List<Delivery> batch) throws JournalUnavailableException {
        if (!batch.isEmpty()) {
            reporter.append(batch);
            batch.clear();
        }
    }

    private void recordFailure(String problem) {
        if (!stopped) {
            reporter.recordFailure(problem);
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
