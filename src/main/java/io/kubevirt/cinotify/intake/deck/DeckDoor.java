/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.intake.deck;

import io.kubevirt.cinotify.intake.Backoff;
import io.kubevirt.cinotify.intake.Delivery;
import io.kubevirt.cinotify.intake.DoorLog;
import io.kubevirt.cinotify.intake.DoorStatus;
import io.kubevirt.cinotify.intake.Journal;
import io.kubevirt.cinotify.intake.JournalUnavailable;
import io.kubevirt.cinotify.intake.Timing;
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
public final class DeckDoor {

    /** By what health, metrics and deliveries know it. */
    public static final String NAME = "deck";

    /** As often as deck itself refreshes (prow-contract §6). */
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 500;

    private static final Logger LOG = Logger.getLogger(DeckDoor.class);

    private final DeckSource source;
    private final Timing timing;
    private final DoorLog log;
    private final Backoff backoff;
    private volatile boolean stopped;

    /**
     * @param deck its address, http or https
     * @param timing its worker may be blocked by the deck and the journal, so that it should have no other work
     * @throws IllegalArgumentException if the address has another form; the message is fit for a person
     */
    public DeckDoor(URI deck, Journal journal, Timing timing) {
        this(deck, journal, timing, PATIENCE);
    }

    /** @param patience how long an answer may take to begin, and again to end */
    DeckDoor(URI deck, Journal journal, Timing timing, Duration patience) {
        requireAddress(deck);
        this.source = new DeckSource(deck, patience);
        this.timing = timing;
        this.log = new DoorLog("poll of a deck", journal, timing.clock());
        this.backoff = new Backoff(INTERVAL, LONGEST_BACKOFF, timing.random());
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
        in(Duration.ZERO);
    }

    /** Ends, also what is under way; from any thread. */
    public void stop() {
        stopped = true;
        source.close();
    }

    /** How it is doing; from any thread. */
    public DoorStatus status() {
        return log.status();
    }

    private void in(Duration delay) {
        timing.worker().in(delay, () -> {
            if (!stopped) {
                in(poll());
            }
        });
    }

    /** Returns the pause after it. */
    private Duration poll() {
        try {
            fetch();
            backoff.reset();
            return INTERVAL;
        } catch (DeckFailure e) {
            LOG.debug("asking the deck failed", e);
            trouble(e.sentence());
            return longer(e.notBefore(), backoff.next());
        } catch (JournalUnavailable e) {
            LOG.debug("the journal failed", e);
            trouble("what the deck tells cannot be kept, and is fetched again later: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("polling the deck failed in an unforeseen way; it goes on", e);
            trouble("it failed in an unforeseen way; the log says more");
        }
        return backoff.next();
    }

    private void fetch() throws DeckFailure, JournalUnavailable {
        List<Delivery> batch = new ArrayList<>(AT_ONCE);
        try {
            source.fetch(prowJob -> {
                batch.add(prowJob.delivery(NAME, timing.clock().instant()));
                if (batch.size() == AT_ONCE) {
                    give(batch);
                }
            });
        } catch (DeckFailure e) {
            // What came before an answer broke off is true all the same.
            give(batch);
            throw e;
        }
        give(batch);
        source.confirm();
        log.heard();
    }

    private void give(List<Delivery> batch) throws JournalUnavailable {
        if (!batch.isEmpty()) {
            log.give(batch);
            batch.clear();
        }
    }

    private void trouble(String problem) {
        if (!stopped) {
            log.trouble(problem);
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
