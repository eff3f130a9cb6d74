// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.outbox.SendPlan.Step;
import io.kubevirt.cinotify.store.MessageForm;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxRow;
import io.kubevirt.cinotify.store.OutboxState;
import io.kubevirt.cinotify.store.RootMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides what is next in a thread at a place. It knows neither time nor store. */
final class SendPlanner {

    /** What somebody deleted is written once more, and not a second time. */
    private static final int MAX_DELETIONS = 1;

    private final MessageThread thread;
    private final ChannelCapabilities capabilities;
    private final Map<Long, OutboxState> settled = new HashMap<>();
    private final List<OutboxRow> rows;

    private SendPlanner(MessageThread strand, ChannelCapabilities can) {
        this.thread = strand;
        this.capabilities = can;
        this.rows = new ArrayList<>(strand.rows());
    }

    static SendPlan of(MessageThread strand, ChannelCapabilities can) {
        SendPlanner planner = new SendPlanner(strand, can);
        Step step = planner.next();
        return new SendPlan(planner.settled, step);
    }

    private @Nullable Step next() {
        if (rows.isEmpty()) {
            return null;
        }
        OutboxRow head = rows.getFirst();
        if (!head.isNotification()) {
            return new Step(standaloneAction(head), head);
        }
        return isVisible() ? advance() : start(head);
    }

    private SendAction standaloneAction(OutboxRow head) {
        return switch (head.form()) {
            case ANNOUNCE -> SendAction.ANNOUNCE;
            case RETRACT -> SendAction.RETRACT;
            case SILENT -> hasRoot() && capabilities.supportsEdits() ? SendAction.EDIT : SendAction.POST;
            case SEND, MENTION -> hasRoot() && capabilities.supportsReplies() ? SendAction.REPLY : SendAction.POST;
        };
    }

    private boolean hasRoot() {
        return thread.root().reference() != null;
    }

    /** Whether people see at the place that the incident is there, or may see it. */
    private boolean isVisible() {
        return capabilities.supportsEdits() || capabilities.supportsReplies() ? hasRoot() : thread.shownAsOpen();
    }

    /** Nothing stands there that we know of: what is over needs not be said at all. */
    private @Nullable Step start(OutboxRow head) {
        RootMessage root = thread.root();
        boolean perhaps = thread.uncertainSince() != null || (isResolved(head) && head.uncertain());
        if (perhaps && capabilities.needsLookup() && root.deletions() <= MAX_DELETIONS) {
            return new Step(SendAction.FIND_ROOT, head);
        }
        if (isResolved(head) || root.deletions() > MAX_DELETIONS) {
            settle(row -> isResolved(row) || root.deletions() > MAX_DELETIONS, OutboxState.STALE);
            return next();
        }
        return new Step(SendAction.POST, head);
    }

    private boolean isResolved(OutboxRow row) {
        return row.sequence() <= thread.resolvedUpTo();
    }

    private @Nullable Step advance() {
        return capabilities.supportsEdits() ? advanceByEdit() : advanceByMessage();
    }

    /** The root shows the newest; below it stands whatever calls a person. */
    private @Nullable Step advanceByEdit() {
        OutboxRow newest = rows.stream()
                .filter(row -> row.isNotification() && row.form() != MessageForm.MENTION)
                .reduce((one, other) -> other)
                .orElse(null);
        if (newest != null && newest.sequence() > thread.root().shownSequence()) {
            return new Step(SendAction.EDIT, newest);
        }
        settle(row -> !row.interrupts() || isResolved(row) || !capabilities.supportsReplies(), OutboxState.REPLACED);
        return rows.isEmpty() || !rows.getFirst().isNotification()
                ? next()
                : new Step(SendAction.REPLY, rows.getFirst());
    }

    /**
     * One stands below the other; what came before the end needs not be said. What may have been said of that is kept until
     * the end is said: it is why that must be.
     */
    private @Nullable Step advanceByMessage() {
        OutboxRow head =
                rows.stream().filter(row -> !isOutdated(row)).findFirst().orElse(null);
        settle(row -> isOutdated(row) && (head == null || !row.uncertain()), OutboxState.REPLACED);
        if (head == null) {
            return null;
        }
        return new Step(
                head.isNotification()
                        ? capabilities.supportsReplies() ? SendAction.REPLY : SendAction.POST
                        : standaloneAction(head),
                head);
    }

    private boolean isOutdated(OutboxRow row) {
        return row.isNotification() && row.sequence() < thread.resolvedUpTo();
    }

    private void settle(Predicate<OutboxRow> which, OutboxState state) {
        List<OutboxRow> gone = rows.stream()
                .filter(row -> row.isNotification() && which.test(row))
                .toList();
        gone.forEach(row -> settled.put(row.sequence(), state));
        rows.removeAll(gone);
    }
}
