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
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

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
                case Deed.Found(String reference) -> found(errand, reference);
                case Deed.Absent absent -> {
                    strands.forgetDoubt(errand.key());
                    strands.waits(errand.row().sequence());
                }
                case Deed.NotYet notYet -> {
                    leave(errand, Doubt.before(errand));
                    strands.rest(errand.key(), now, errand.certain());
                }
                case Deed.Failed failed -> failed(errand, failed);
            }
        }
    }

    /** Whatever the row has not written itself shows something older, and is still to be changed. */
    private void found(Errand errand, String reference) {
        boolean root = errand.step().act() != Act.REPLY;
        if (root) {
            strands.forgetDoubt(errand.key());
        }
        if (root && errand.row().since() == null) {
            strands.setRoot(errand.key(), new Root(reference, 0, errand.root().lost()));
            strands.waits(errand.row().sequence());
        } else {
            wrote(errand, reference);
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
                    leave(errand, Doubt.before(errand));
                } else {
                    strands.settle(row.sequence(), SayingState.WRITTEN, reference, now);
                }
            }
            case REPLY, ANNOUNCE, RETRACT -> strands.settle(row.sequence(), SayingState.WRITTEN, reference, now);
        }
    }

    /**
     * Whether something may be there.
     *
     * @param since when the last attempt of the row itself ended that may have written it; null if none may have
     */
    private record Doubt(boolean isThere, @Nullable Instant since) {

        static Doubt before(Errand errand) {
            return new Doubt(errand.row().doubtful(), errand.row().since());
        }

        /** @param now when the attempt has ended: a call that hung until then may be carried out still later */
        static Doubt after(Errand errand, Deed.Failed failed, Instant now) {
            if (errand.step().act() == Act.EDIT) {
                return before(errand);
            }
            return failed.receipt() instanceof Receipt.Unknown
                    ? new Doubt(true, now)
                    : new Doubt(failed.doubtful(), errand.row().since());
        }
    }

    private void failed(Errand errand, Deed.Failed failed) {
        Doubt doubt = Doubt.after(errand, failed, now);
        switch (failed.receipt()) {
            case Receipt.Written written -> throw new IllegalStateException("what was written has not failed");
            case Receipt.Later later -> later(errand, later, now, doubt);
            case Receipt.Unknown(String why) ->
                later(errand, new Receipt.Later(Duration.ZERO, why), nextLook(errand), doubt);
            case Receipt.Gone(String why) -> gone(errand, why);
            case Receipt.Refused(String why) -> dead(errand, doubt, why);
        }
    }

    /** An edit may have left a word beside the root, for which it looks before it writes it again; all others look at once. */
    private Instant nextLook(Errand errand) {
        return errand.step().act() == Act.EDIT ? now.plus(can.late()) : now;
    }

    private void later(Errand errand, Receipt.Later receipt, Instant earliest, Doubt doubt) {
        Duration after = receipt.after();
        String why = receipt.why();
        pause(errand.key(), receipt);
        StrandTable.Tries tries = strands.tries(errand.row().sequence());
        if (patience.isOver(tries, now)) {
            dead(
                    errand,
                    doubt,
                    "given up after " + (tries.attempts() + 1) + " attempts since " + tries.since() + ": " + why);
            return;
        }
        if (tries.attempts() == 0) {
            LOG.warnf(
                    "%s does not take a message at %s, it is tried again: %s",
                    errand.key().channel(), errand.key().place(), why);
        }
        Duration pause = patience.pause(tries.attempts());
        Instant due = now.plus(pause.compareTo(after) > 0 ? pause : after);
        strands.retry(errand.key(), why, now, due.isBefore(earliest) ? earliest : due);
        leave(errand, doubt);
    }

    private void leave(Errand errand, Doubt doubt) {
        long sequence = errand.row().sequence();
        if (doubt.isThere()) {
            strands.doubt(sequence, doubt.since());
        } else {
            strands.waits(sequence);
        }
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

    /**
     * What was to be changed or answered is no longer there: what comes next begins anew, if it is not over. Somebody may be
     * wrong about that, so it is looked for first.
     */
    private void gone(Errand errand, String why) {
        Root root = errand.root();
        if (root.reference() == null) {
            dead(errand, Doubt.before(errand), why);
            return;
        }
        strands.setRoot(errand.key(), new Root(null, 0, root.lost() + 1));
        leave(errand, new Doubt(can.looks(), null));
    }

    private void dead(Errand errand, Doubt doubt, String why) {
        LOG.warnf(
                "a message at %s of %s will not be written: %s",
                errand.key().place(), errand.key().channel(), why);
        long sequence = errand.row().sequence();
        if (doubt.isThere()) {
            strands.giveUp(sequence, Objects.requireNonNullElse(doubt.since(), Instant.EPOCH), why, now);
        } else {
            strands.settle(sequence, SayingState.DEAD, why, now);
        }
    }
}
