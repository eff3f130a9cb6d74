// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import io.kubevirt.cinotify.source.Journal.AppendResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Appends the deliveries of a source to the journal and tracks its status. Logs each problem once, and its end. */
public final class SourceReporter {
    private static final Logger LOG = Logger.getLogger(SourceReporter.class);

    private final String source;
    private final Journal journal;
    private final InstantSource clock;
    private volatile SourceStatus status = SourceStatus.INITIAL;

    public SourceReporter(String source, Journal journal, InstantSource clock) {
        this.source = source;
        this.journal = journal;
        this.clock = clock;
    }

    /** Thread-safe. */
    public SourceStatus status() {
        return status;
    }

    /** Appends deliveries, and records contact with the source; after an exception, append all of them again. */
    public void append(List<Delivery> deliveries) throws JournalUnavailableException {
        List<AppendResult> results = deliveries.isEmpty() ? List.of() : appendToJournal(deliveries);
        long newCount = results.stream().filter(AppendResult.APPENDED::equals).count();
        recordContact();
        SourceStatus previous = status;
        status = previous.with(
                newCount > 0 ? previous.lastContactAt() : previous.lastNewObservationAt(),
                previous.observations() + deliveries.size(),
                previous.newObservations() + newCount);
    }

    private List<AppendResult> appendToJournal(List<Delivery> deliveries) throws JournalUnavailableException {
        try {
            return journal.appendAll(deliveries);
        } catch (RuntimeException e) {
            throw new JournalUnavailableException("unexpected journal failure", e);
        }
    }

    public void recordContact() {
        SourceStatus previous = status;
        if (previous.failingSince() != null) {
            LOG.infof("%s: recovered; failing since %s", source, previous.failingSince());
        }
        status = previous.with(true, clock.instant(), previous.problem(), null);
    }

    /** Records a failure; logs it unless it is the same as the last one. */
    public void recordFailure(String problem) {
        SourceStatus previous = status;
        if (previous.failingSince() == null || !Objects.equals(previous.problem(), problem)) {
            LOG.warnf("%s: %s", source, problem);
        }
        Instant since = previous.failingSince() == null ? clock.instant() : previous.failingSince();
        status = previous.with(false, previous.lastContactAt(), problem, since);
    }

    /** The status of a pulling source; {@code problem} may be over: then {@code failingSince} is null. */
    public record SourceStatus(
            boolean connected,
            @Nullable Instant lastContactAt,
            @Nullable Instant lastNewObservationAt,
            @Nullable String problem,
            @Nullable Instant failingSince,
            long observations,
            long newObservations) {
        static final SourceStatus INITIAL = new SourceStatus(false, null, null, null, null, 0, 0);

        private SourceStatus with(
                boolean isConnected, @Nullable Instant contact, @Nullable String text, @Nullable Instant since) {
            return new SourceStatus(
                    isConnected, contact, lastNewObservationAt, text, since, observations, newObservations);
        }

        private SourceStatus with(@Nullable Instant lastNew, long all, long allNew) {
            return new SourceStatus(true, lastContactAt, lastNew, problem, null, all, allNew);
        }

        /** Zero before the first contact. */
        public Duration sinceLastContact(Instant now) {
            return lastContactAt == null || lastContactAt.isAfter(now)
                    ? Duration.ZERO
                    : Duration.between(lastContactAt, now);
        }
    }
}
