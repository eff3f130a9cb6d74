// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.deck;

import io.kubevirt.cinotify.http.Backoff;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.SourceReporter;
import io.kubevirt.cinotify.source.SourceRuntime;
import io.kubevirt.cinotify.source.SourceStatus;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Brings every state of every ProwJob that a deck shows into the journal, by asking for all of them every 30 seconds. A state
 * that lasted less than that may be missed; the end of a run is not, since deck shows ended ones for long.
 *
 * <p>It holds no more than a handful of ProwJobs at a time. Everything is done by the one worker.
 */
public final class DeckPoller {

    /** By what health, metrics and deliveries know it. */
    public static final String NAME = "deck";

    /** As often as deck itself refreshes (prow-contract §6). */
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Duration MAX_BACKOFF = Duration.ofMinutes(5);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);
    private static final int BATCH_SIZE = 500;

    private static final Logger LOG = Logger.getLogger(DeckPoller.class);

    private final DeckClient client;
    private final SourceRuntime runtime;
    private final SourceReporter reporter;
    private final Backoff backoff;
    private volatile boolean stopped;

    /**
     * @param deck its address, http or https
     * @param timing its worker may be blocked by the deck and the journal, so that it should have no other work
     * @throws IllegalArgumentException if the address has another form; the message is fit for a person
     */
    public DeckPoller(URI deck, Journal journal, SourceRuntime timing) {
        this(deck, journal, timing, RESPONSE_TIMEOUT);
    }

    /** @param patience how long an answer may take to begin, and again to end */
    DeckPoller(URI deck, Journal journal, SourceRuntime timing, Duration patience) {
        requireAddress(deck);
        this.client = new DeckClient(deck, patience);
        this.runtime = timing;
        this.reporter = new SourceReporter("poll of a deck", journal, timing.clock());
        this.backoff = new Backoff(INTERVAL, MAX_BACKOFF, timing.random());
    }

    /** @throws IllegalArgumentException if it is not the address of a deck; the message is fit for a person */
    public static void requireAddress(URI deck) {
        boolean web = "http".equalsIgnoreCase(deck.getScheme()) || "https".equalsIgnoreCase(deck.getScheme());
        if (!web || deck.getHost() == null || deck.getRawQuery() != null || deck.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "\"" + deck + "\" is not the address of a deck: write it as https://prow.example.org");
        }
    }

    /** Begins; returns at once. To be called once. */
    public void start() {
        schedule(Duration.ZERO);
    }

    /** Ends, also what is under way; from any thread. */
    public void stop() {
        stopped = true;
        client.close();
    }

    /** How it is doing; from any thread. */
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

    /** Returns the pause after it. */
    private Duration poll() {
        try {
            fetch();
            backoff.reset();
            return INTERVAL;
        } catch (DeckException e) {
            LOG.debug("asking the deck failed", e);
            recordFailure(e.operatorMessage());
            return max(e.retryAfter(), backoff.next());
        } catch (JournalUnavailableException e) {
            LOG.debug("the journal failed", e);
            recordFailure("what the deck tells cannot be kept, and is fetched again later: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("polling the deck failed in an unforeseen way; it goes on", e);
            recordFailure("it failed in an unforeseen way; the log says more");
        }
        return backoff.next();
    }

    private void fetch() throws DeckException, JournalUnavailableException {
        List<Delivery> batch = new ArrayList<>(BATCH_SIZE);
        try {
            client.fetch(prowJob -> {
                batch.add(prowJob.delivery(NAME, runtime.clock().instant()));
                if (batch.size() == BATCH_SIZE) {
                    append(batch);
                }
            });
        } catch (DeckException e) {
            // What came before an answer broke off is true all the same.
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
