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
package io.kubevirt.cinotify.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Hands a door's deliveries to the journal and keeps its status; each problem is said once in the log, and its end. */
public final class DoorLog {

    private static final Logger LOG = Logger.getLogger(DoorLog.class);

    private final String door;
    private final Journal journal;
    private final InstantSource clock;
    private volatile DoorStatus status = DoorStatus.NEVER;

    /** @param door its name as an operator knows it */
    public DoorLog(String door, Journal journal, InstantSource clock) {
        this.door = door;
        this.journal = journal;
        this.clock = clock;
    }

    /** How the door is doing; from any thread. */
    public DoorStatus status() {
        return status;
    }

    /**
     * Hands over deliveries, which says also that the other side is alive.
     *
     * @throws JournalUnavailable if not all of them could be kept; they must be offered again
     */
    public void give(List<Delivery> deliveries) throws JournalUnavailable {
        List<Acceptance> acceptances = deliveries.isEmpty() ? List.of() : accept(deliveries);
        long fresh = acceptances.stream().filter(Acceptance.NEW::equals).count();
        heard();
        DoorStatus was = status;
        status = new DoorStatus(
                true,
                was.heardAt(),
                fresh > 0 ? was.heardAt() : was.newsAt(),
                was.problem(),
                null,
                was.offered() + deliveries.size(),
                was.fresh() + fresh);
    }

    private List<Acceptance> accept(List<Delivery> deliveries) throws JournalUnavailable {
        try {
            return journal.acceptAll(deliveries);
        } catch (RuntimeException e) {
            throw new JournalUnavailable("the journal failed in an unforeseen way", e);
        }
    }

    /** The other side is alive. */
    public void heard() {
        DoorStatus was = status;
        if (was.troubledSince() != null) {
            LOG.infof("%s: works again, after trouble since %s", door, was.troubledSince());
        }
        status = new DoorStatus(true, clock.instant(), was.newsAt(), was.problem(), null, was.offered(), was.fresh());
    }

    /** Something is wrong; said in the log unless it was the last time too. */
    public void trouble(String problem) {
        DoorStatus was = status;
        if (was.troubledSince() == null || !Objects.equals(was.problem(), problem)) {
            LOG.warnf("%s: %s", door, problem);
        }
        Instant since = was.troubledSince() == null ? clock.instant() : was.troubledSince();
        status = new DoorStatus(false, was.heardAt(), was.newsAt(), problem, since, was.offered(), was.fresh());
    }
}
