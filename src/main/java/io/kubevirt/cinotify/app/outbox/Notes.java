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
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.store.Root;
import io.kubevirt.cinotify.store.SayingRow;
import io.kubevirt.cinotify.store.SayingState;
import io.kubevirt.cinotify.store.StrandKey;
import io.kubevirt.cinotify.store.StrandTable;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Notes what became of an errand, and leaves its place. */
final class Notes {

    private static final Logger LOG = Logger.getLogger(Notes.class);

    private final Transaction transaction;
    private final StrandTable strands;
    private final Abilities can;
    private final Patience patience;
    private final Instant now;

    Notes(Transaction transaction, Abilities can, Patience patience, Instant now) {
        this.transaction = transaction;
        this.strands = transaction.strands();
        this.can = can;
        this.patience = patience;
        this.now = now;
    }

    /** Does nothing if the lease was over and somebody else is at the place: that one will look. */
    void note(Errand errand, Deed deed) {
        Instant free = errand.begun().plus(can.every());
        if (transaction.places().leave(errand.key().channel(), errand.key().place(), errand.claim(), free)) {
            switch (deed) {
                case Deed.Wrote(String reference) -> wrote(errand, reference);
                case Deed.Absent absent -> strands.move(errand.row().sequence(), SayingState.WAITING);
                case Deed.Failed failed -> failed(errand, failed);
            }
        }
    }

    private void wrote(Errand errand, String reference) {
        SayingRow row = errand.row();
        Root root = errand.root();
        switch (errand.step().act()) {
            case POST, LOOK -> {
                if ((can.edits() || can.replies()) && root.reference() == null) {
                    strands.setRoot(errand.key(), new Root(reference, row.sequence(), root.lost()));
                }
                strands.settle(row.sequence(), SayingState.WRITTEN, reference, now);
            }
            case EDIT -> {
                strands.setRoot(errand.key(), new Root(reference, row.sequence(), root.lost()));
                if (row.calls() && can.replies()) {
                    strands.move(row.sequence(), asBefore(errand));
                } else {
                    strands.settle(row.sequence(), SayingState.WRITTEN, reference, now);
                }
            }
            case REPLY, ANNOUNCE, RETRACT -> strands.settle(row.sequence(), SayingState.WRITTEN, reference, now);
        }
    }

    private void failed(Errand errand, Deed.Failed failed) {
        boolean doubtful = failed.doubtful();
        switch (failed.receipt()) {
            case Receipt.Written written -> throw new IllegalStateException("what was written has not failed");
            case Receipt.Later later -> later(errand, later, doubtful);
            case Receipt.Unknown(String why) -> later(errand, new Receipt.Later(Duration.ZERO, why), true);
            case Receipt.Gone(String why) -> gone(errand, why);
            case Receipt.Refused(String why) -> dead(errand, why);
        }
    }

    private void later(Errand errand, Receipt.Later receipt, boolean doubtful) {
        long sequence = errand.row().sequence();
        Duration after = receipt.after();
        String why = receipt.why();
        pause(errand.key(), receipt);
        StrandTable.Tries tries = strands.tries(sequence);
        if (patience.isOver(tries, now)) {
            dead(errand, "given up after " + (tries.attempts() + 1) + " attempts since " + tries.since() + ": " + why);
            return;
        }
        if (tries.attempts() == 0) {
            LOG.warnf(
                    "%s does not take a message at %s, it is tried again: %s",
                    errand.key().channel(), errand.key().place(), why);
        }
        Duration pause = patience.pause(tries.attempts());
        strands.retry(errand.key(), why, now, now.plus(pause.compareTo(after) > 0 ? pause : after));
        strands.move(
                sequence,
                errand.step().act() == Act.EDIT
                        ? asBefore(errand)
                        : doubtful ? SayingState.UNKNOWN : SayingState.WAITING);
    }

    private void pause(StrandKey key, Receipt.Later receipt) {
        if (receipt.after().isPositive()) {
            Instant free = now.plus(receipt.after());
            switch (receipt.scope()) {
                case PLACE -> transaction.places().pause(key.channel(), key.place(), free);
                case CHANNEL -> transaction.places().pause(key.channel(), free);
            }
        }
    }

    /** What was to be changed or answered is no longer there: what comes next begins anew, if it is not over. */
    private void gone(Errand errand, String why) {
        Root root = errand.root();
        if (root.reference() == null) {
            dead(errand, why);
            return;
        }
        strands.setRoot(errand.key(), new Root(null, 0, root.lost() + 1));
        strands.move(errand.row().sequence(), SayingState.WAITING);
    }

    private void dead(Errand errand, String why) {
        LOG.warnf(
                "a message at %s of %s will not be written: %s",
                errand.key().place(), errand.key().channel(), why);
        strands.settle(errand.row().sequence(), SayingState.DEAD, why, now);
    }

    private static SayingState asBefore(Errand errand) {
        return errand.row().doubtful() ? SayingState.UNKNOWN : SayingState.WAITING;
    }
}
