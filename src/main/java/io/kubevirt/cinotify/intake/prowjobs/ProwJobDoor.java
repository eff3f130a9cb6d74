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
package io.kubevirt.cinotify.intake.prowjobs;

import io.kubevirt.cinotify.intake.DoorLog;
import io.kubevirt.cinotify.intake.DoorStatus;
import io.kubevirt.cinotify.intake.Journal;
import io.kubevirt.cinotify.intake.JournalUnavailable;
import io.kubevirt.cinotify.intake.Timing;
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
public final class ProwJobDoor {

    /** By what health, metrics and deliveries know it. */
    public static final String NAME = "prowjobs";

    private static final Logger LOG = Logger.getLogger(ProwJobDoor.class);
    private static final Duration LIST_ANEW = Duration.ofHours(1);
    private static final Duration LOOK_AFTER_IT = Duration.ofMinutes(1);

    /** Bookmarks come every minute: a watch that says nothing for so long watches nothing. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);

    private final ProwJobSource source;
    private final Resumption resumption;
    private final Timing timing;
    private final DoorLog log;
    private final Pace pace;

    private volatile boolean stopped;
    private Listing listing = Listing.START;
    private @Nullable String version;
    private @Nullable Watching watching;
    private @Nullable Instant listed;

    /** @param timing its worker may be blocked by the API server and the journal, so that it should have no other work */
    public ProwJobDoor(ProwJobSource source, Journal journal, Resumption resumption, Timing timing) {
        this.source = source;
        this.resumption = resumption;
        this.timing = timing;
        this.log = new DoorLog("watch of ProwJobs", journal, timing.clock());
        this.pace = new Pace(timing.random());
    }

    /**
     * How far a list has come.
     *
     * @param next the token of the page to fetch; null for the first
     * @param version that of the first page, from which the watch must begin
     */
    private record Listing(@Nullable String next, @Nullable String version) {

        static final Listing START = new Listing(null, null);
    }

    /**
     * A watch under way.
     *
     * @param end when the API server should end it
     */
    private record Watching(WatchFeed feed, Runnable close, Instant since, Instant end) {}

    /** What the door does at a time. */
    @FunctionalInterface
    private interface Step {
        void run() throws ApiFailure, JournalUnavailable;
    }

    /** Begins; returns at once. To be called once. */
    public void start() {
        then(Duration.ZERO, this::goOn);
    }

    /** Ends; from any thread. What is not in the journal by then is seen again after the next start. */
    public void stop() {
        stopped = true;
        timing.worker().in(Duration.ZERO, this::closeWatch);
    }

    /** How it is doing; from any thread. */
    public DoorStatus status() {
        return log.status();
    }

    /** Either a watch is under way, or one of these is to come. */
    private void goOn() throws ApiFailure, JournalUnavailable {
        if (listed == null) {
            version = resumption.resourceVersion().orElse(null);
            // A cluster that was restored or replaced is behind that version, and silent about it: list soon.
            listed = timing.clock().instant().minus(LIST_ANEW);
        }
        if (version == null) {
            list();
        } else {
            watch(version);
        }
    }

    private void list() throws ApiFailure, JournalUnavailable {
        Page page = source.page(listing.next());
        log.give(page.deliveries());
        String from = listing.version() == null ? page.resourceVersion() : listing.version();
        listing = new Listing(page.next(), from);
        if (page.next() == null) {
            arrived(from);
            listing = Listing.START;
            listed = timing.clock().instant();
        }
        then(Duration.ZERO, this::goOn);
    }

    private void watch(String from) {
        WatchFeed feed = new WatchFeed(timing.clock(), rung -> then(Duration.ZERO, () -> fetch(rung)));
        Duration lifetime = pace.lifetimeOfWatch();
        Instant now = timing.clock().instant();
        watching = new Watching(feed, source.watch(from, feed, lifetime), now, now.plus(lifetime));
        then(LOOK_AFTER_IT, () -> lookAfter(feed));
    }

    private void fetch(WatchFeed feed) throws ApiFailure, JournalUnavailable {
        Watching current = watching;
        if (current == null || current.feed() != feed) {
            return;
        }
        WatchFeed.Batch batch = feed.fetch();
        if (batch.open()) {
            log.give(batch.deliveries());
        }
        if (batch.version() != null) {
            arrived(batch.version());
            pace.reset();
        }
        feed.more();
        if (batch.failure() != null) {
            throw batch.failure();
        }
        if (batch.ended()) {
            if (current.since().plus(LOOK_AFTER_IT).isBefore(timing.clock().instant())) {
                pace.reset();
            }
            goOnAfter(pace.afterEnd());
        }
    }

    /** The journal has everything up to a version. */
    private void arrived(String newVersion) throws JournalUnavailable {
        resumption.remember(newVersion);
        version = newVersion;
    }

    private void lookAfter(WatchFeed feed) {
        Watching current = watching;
        if (current == null || current.feed() != feed) {
            return;
        }
        Instant now = timing.clock().instant();
        boolean isSilent = log.status().silence(now).compareTo(LONGEST_SILENCE) > 0;
        if (isSilent) {
            log.trouble("the watch has said nothing for minutes, not even where it stands: there is a list anew");
        }
        if (isSilent || (listed != null && listed.plus(LIST_ANEW).isBefore(now))) {
            forget();
            goOnAfter(Duration.ZERO);
        } else if (current.end().plus(LOOK_AFTER_IT).isBefore(now)) {
            log.trouble("the API server has not ended the watch in its time, so that the connection must be dead");
            goOnAfter(pace.afterEnd());
        } else {
            then(LOOK_AFTER_IT, () -> lookAfter(feed));
        }
    }

    private void then(Duration delay, Step step) {
        timing.worker().in(delay, () -> {
            if (!stopped) {
                attempt(step);
            }
        });
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (ApiFailure e) {
            LOG.debug("asking the API server failed", e);
            log.trouble(e.sentence());
            if (e.kind() == ApiFailure.Kind.GONE || e.kind() == ApiFailure.Kind.UNREADABLE) {
                // It is there and has answered.
                pace.reset();
                forget();
            }
            goOnAfter(pace.after(e.kind()));
        } catch (JournalUnavailable e) {
            LOG.debug("the journal failed", e);
            log.trouble("what the API server tells cannot be kept, and is fetched again later: " + e.getMessage());
            goOnAfter(pace.afterEnd());
        } catch (RuntimeException e) {
            LOG.error("the watch of ProwJobs failed in an unforeseen way; it goes on", e);
            log.trouble("it failed in an unforeseen way; the log says more");
            goOnAfter(pace.afterEnd());
        }
    }

    private void goOnAfter(Duration pause) {
        closeWatch();
        then(pause, this::goOn);
    }

    /** A list from its beginning is what comes next. */
    private void forget() {
        version = null;
        listing = Listing.START;
    }

    private void closeWatch() {
        if (watching != null) {
            watching.close().run();
            watching = null;
        }
    }
}
