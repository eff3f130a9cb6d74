// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Hands a door's deliveries to the journal and keeps its status; each problem is said once in the log, and its end. */
public final class SourceReporter {

    private static final Logger LOG = Logger.getLogger(SourceReporter.class);

    private final String source;
    private final Journal journal;
    private final InstantSource clock;
    private volatile SourceStatus status = SourceStatus.INITIAL;

    /** @param door its name as an operator knows it */
    public SourceReporter(String door, Journal journal, InstantSource clock) {
        this.source = door;
        this.journal = journal;
        this.clock = clock;
    }

    /** How the door is doing; from any thread. */
    public SourceStatus status() {
        return status;
    }

    /**
     * Hands over deliveries, which says also that the other side is alive.
     *
     * @throws JournalUnavailableException if not all of them could be kept; they must be offered again
     */
    public void append(List<Delivery> deliveries) throws JournalUnavailableException {
        List<AppendResult> acceptances = deliveries.isEmpty() ? List.of() : appendToJournal(deliveries);
        long fresh = acceptances.stream().filter(AppendResult.APPENDED::equals).count();
        recordContact();
        SourceStatus was = status;
        status = new SourceStatus(
                true,
                was.lastContactAt(),
                fresh > 0 ? was.lastContactAt() : was.lastNewObservationAt(),
                was.problem(),
                null,
                was.observations() + deliveries.size(),
                was.newObservations() + fresh);
    }

    private List<AppendResult> appendToJournal(List<Delivery> deliveries) throws JournalUnavailableException {
        try {
            return journal.appendAll(deliveries);
        } catch (RuntimeException e) {
            throw new JournalUnavailableException("the journal failed in an unforeseen way", e);
        }
    }

    /** The other side is alive. */
    public void recordContact() {
        SourceStatus was = status;
        if (was.failingSince() != null) {
            LOG.infof("%s: works again, after trouble since %s", source, was.failingSince());
        }
        status = new SourceStatus(
                true,
                clock.instant(),
                was.lastNewObservationAt(),
                was.problem(),
                null,
                was.observations(),
                was.newObservations());
    }

    /** Something is wrong; said in the log unless it was the last time too. */
    public void recordFailure(String problem) {
        SourceStatus was = status;
        if (was.failingSince() == null || !Objects.equals(was.problem(), problem)) {
            LOG.warnf("%s: %s", source, problem);
        }
        Instant since = was.failingSince() == null ? clock.instant() : was.failingSince();
        status = new SourceStatus(
                false,
                was.lastContactAt(),
                was.lastNewObservationAt(),
                problem,
                since,
                was.observations(),
                was.newObservations());
    }
}
