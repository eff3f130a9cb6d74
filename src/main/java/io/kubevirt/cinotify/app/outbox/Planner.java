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

import io.kubevirt.cinotify.app.outbox.Plan.Step;
import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.store.Form;
import io.kubevirt.cinotify.store.Root;
import io.kubevirt.cinotify.store.SayingRow;
import io.kubevirt.cinotify.store.SayingState;
import io.kubevirt.cinotify.store.Strand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides what is next in a thread at a place. It knows neither time nor store. */
final class Planner {

    /** What somebody deleted is written once more, and not a second time. */
    private static final int MOST_DELETIONS = 1;

    private final Strand strand;
    private final Abilities can;
    private final Map<Long, SayingState> settled = new HashMap<>();
    private final List<SayingRow> rows;

    private Planner(Strand strand, Abilities can) {
        this.strand = strand;
        this.can = can;
        this.rows = new ArrayList<>(strand.rows());
    }

    static Plan of(Strand strand, Abilities can) {
        Planner planner = new Planner(strand, can);
        Step step = planner.next();
        return new Plan(planner.settled, step);
    }

    private @Nullable Step next() {
        if (rows.isEmpty()) {
            return null;
        }
        SayingRow head = rows.getFirst();
        if (!head.isNews()) {
            return new Step(ownAct(head), head);
        }
        return isHeard() ? continued() : begun(head);
    }

    private Act ownAct(SayingRow head) {
        return switch (head.form()) {
            case ANNOUNCE -> Act.ANNOUNCE;
            case RETRACT -> Act.RETRACT;
            case SHOW -> hasRoot() && can.edits() ? Act.EDIT : Act.POST;
            case SAY, CALL -> hasRoot() && can.replies() ? Act.REPLY : Act.POST;
        };
    }

    private boolean hasRoot() {
        return strand.root().reference() != null;
    }

    /** Whether people see at the place that the incident is there, or may see it. */
    private boolean isHeard() {
        return can.edits() || can.replies() ? hasRoot() : strand.heard();
    }

    /** Nothing stands there that we know of: what is over needs not be said at all. */
    private @Nullable Step begun(SayingRow head) {
        Root root = strand.root();
        boolean perhaps = strand.doubt() != null || (isOver(head) && head.doubtful());
        if (perhaps && can.looks() && root.lost() <= MOST_DELETIONS) {
            return new Step(Act.LOOK, head);
        }
        if (isOver(head) || root.lost() > MOST_DELETIONS) {
            settle(row -> isOver(row) || root.lost() > MOST_DELETIONS, SayingState.STALE);
            return next();
        }
        return new Step(Act.POST, head);
    }

    private boolean isOver(SayingRow row) {
        return row.sequence() <= strand.closedUpTo();
    }

    private @Nullable Step continued() {
        return can.edits() ? edited() : added();
    }

    /** The root shows the newest; below it stands whatever calls a person. */
    private @Nullable Step edited() {
        SayingRow newest = rows.stream()
                .filter(row -> row.isNews() && row.form() != Form.CALL)
                .reduce((one, other) -> other)
                .orElse(null);
        if (newest != null && newest.sequence() > strand.root().shown()) {
            return new Step(Act.EDIT, newest);
        }
        settle(row -> !row.calls() || isOver(row) || !can.replies(), SayingState.REPLACED);
        return rows.isEmpty() || !rows.getFirst().isNews() ? next() : new Step(Act.REPLY, rows.getFirst());
    }

    /**
     * One stands below the other; what came before the end needs not be said. What may have been said of that is kept until
     * the end is said: it is why that must be.
     */
    private @Nullable Step added() {
        SayingRow head =
                rows.stream().filter(row -> !isOutdated(row)).findFirst().orElse(null);
        settle(row -> isOutdated(row) && (head == null || !row.doubtful()), SayingState.REPLACED);
        if (head == null) {
            return null;
        }
        return new Step(head.isNews() ? can.replies() ? Act.REPLY : Act.POST : ownAct(head), head);
    }

    private boolean isOutdated(SayingRow row) {
        return row.isNews() && row.sequence() < strand.closedUpTo();
    }

    private void settle(Predicate<SayingRow> which, SayingState state) {
        List<SayingRow> gone =
                rows.stream().filter(row -> row.isNews() && which.test(row)).toList();
        gone.forEach(row -> settled.put(row.sequence(), state));
        rows.removeAll(gone);
    }
}
