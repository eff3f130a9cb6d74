// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.store.MessageForm;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides the next step of a thread at a destination. Pure: it uses neither time nor store. */
final class SendPlanner {
    /** A root that people delete is posted again once. */
    private static final int MAX_DELETIONS = 1;

    private final MessageThread thread;
    private final Channel channel;
    private final ChannelCapabilities capabilities;
    private final Map<Long, OutboxEvent> settled = new HashMap<>();
    private final List<MessageThread.Row> rows;

    private SendPlanner(MessageThread thread, Channel channel) {
        this.thread = thread;
        this.channel = channel;
        this.capabilities = channel.capabilities();
        this.rows = new ArrayList<>(thread.rows());
    }

    enum Action {
        /** Posts the first message about an open incident, as {@link NotificationKind#OPENED} whatever its kind. */
        OPEN,
        /** Posts a standalone message, or the next one on a channel without edits and replies. */
        POST,
        /** Replies before the root shows the message. */
        COMMENT,
        /** Updates the root to the latest state. */
        EDIT,
        REPLY,
        /** Reads back what the root shows, and edits it again if that is an earlier state. */
        VERIFY,
        /** Looks up a root that this row, or one that was given up, may have posted. */
        FIND_ROOT,
        ANNOUNCE,
        RETRACT
    }

    /** One call to a channel. */
    record Step(Action action, MessageThread.Row row) {}

    /**
     * The next step of a thread.
     *
     * @param settled rows that need no sending, by sequence
     * @param step null if there is nothing to send
     */
    record Plan(Map<Long, OutboxEvent> settled, @Nullable Step step) {
        Plan {
            settled = Map.copyOf(settled);
        }
    }

    static Plan of(MessageThread thread, Channel channel) {
        SendPlanner planner = new SendPlanner(thread, channel);
        Step step = planner.next();
        return new Plan(planner.settled, step);
    }

    private @Nullable Step next() {
        if (rows.isEmpty()) {
            return verify();
        }
        MessageThread.Row head = rows.getFirst();
        if (!head.isNotification()) {
            return standalone(head);
        }
        return isVisible() ? advance() : start(head);
    }

    private @Nullable Step verify() {
        return thread.toVerify() == null ? null : new Step(Action.VERIFY, thread.toVerify());
    }

    /** A text that replaces one that people deleted twice is dropped. */
    private @Nullable Step standalone(MessageThread.Row head) {
        if (head.form() == MessageForm.SILENT && thread.root().deletions() > MAX_DELETIONS) {
            settled.put(head.sequence(), OutboxEvent.RESOLVED);
            rows.remove(head);
            return next();
        }
        return new Step(standaloneAction(head), head);
    }

    private Action standaloneAction(MessageThread.Row head) {
        return switch (head.form()) {
            case ANNOUNCE -> Action.ANNOUNCE;
            case RETRACT -> Action.RETRACT;
            case SILENT -> hasRoot() && capabilities.supportsEdits() ? Action.EDIT : Action.POST;
            case SEND, MENTION -> hasRoot() && capabilities.supportsReplies() ? Action.REPLY : Action.POST;
        };
    }

    private boolean hasRoot() {
        return thread.root().reference() != null;
    }

    /** True if people can see the open incident at the destination. */
    private boolean isVisible() {
        return capabilities.supportsEdits() || capabilities.supportsReplies() ? hasRoot() : thread.shownAsOpen();
    }

    /** No known root: notifications of a resolved incident are dropped. */
    private @Nullable Step start(MessageThread.Row head) {
        MessageThread.Root root = thread.root();
        boolean mayExist = thread.uncertainSince() != null && (isResolved(head) || !channel.isIdempotent())
                || isResolved(head) && head.uncertain();
        if (mayExist && capabilities.needsLookup() && root.deletions() <= MAX_DELETIONS) {
            return new Step(Action.FIND_ROOT, head);
        }
        if (isResolved(head) || root.deletions() > MAX_DELETIONS) {
            settle(row -> isResolved(row) || root.deletions() > MAX_DELETIONS, OutboxEvent.RESOLVED);
            return next();
        }
        return new Step(Action.OPEN, head);
    }

    private boolean isResolved(MessageThread.Row row) {
        return row.sequence() <= thread.resolvedUpTo();
    }

    private @Nullable Step advance() {
        return capabilities.supportsEdits() ? advanceByEdit() : advanceByMessage();
    }

    /** The root shows the latest notification; replies interrupt people. */
    private @Nullable Step advanceByEdit() {
        MessageThread.Row newest = rows.stream()
                .filter(row -> row.isNotification() && row.form() != MessageForm.MENTION)
                .reduce((one, other) -> other)
                .orElse(null);
        if (newest != null && newest.sequence() > thread.root().shownSequence()) {
            return new Step(repliesFirst(newest) ? Action.COMMENT : Action.EDIT, newest);
        }
        if (thread.toVerify() != null) {
            return verify();
        }
        settle(row -> !row.interrupts() || isResolved(row) || !capabilities.supportsReplies(), OutboxEvent.SUPERSEDED);
        return rows.isEmpty() || !rows.getFirst().isNotification() ? next() : new Step(Action.REPLY, rows.getFirst());
    }

    private boolean repliesFirst(MessageThread.Row row) {
        return !row.replied()
                && channel.repliesBeforeEdit(
                        NotificationKind.valueOf(row.kind().toUpperCase(Locale.ROOT)),
                        Objects.requireNonNull(thread.root().reference()));
    }

    /**
     * One message below the other; those before the resolution are dropped. Uncertain ones are kept until the resolution is
     * sent: they are the reason for sending it.
     */
    private @Nullable Step advanceByMessage() {
        MessageThread.Row head =
                rows.stream().filter(row -> !isOutdated(row)).findFirst().orElse(null);
        settle(row -> isOutdated(row) && (head == null || !row.uncertain()), OutboxEvent.SUPERSEDED);
        if (head == null) {
            return null;
        }
        if (!head.isNotification()) {
            return standalone(head);
        }
        return new Step(capabilities.supportsReplies() ? Action.REPLY : Action.POST, head);
    }

    private boolean isOutdated(MessageThread.Row row) {
        return row.isNotification() && row.sequence() < thread.resolvedUpTo();
    }

    private void settle(Predicate<MessageThread.Row> condition, OutboxEvent event) {
        List<MessageThread.Row> matching = rows.stream()
                .filter(row -> row.isNotification() && condition.test(row))
                .toList();
        matching.forEach(row -> settled.put(row.sequence(), event));
        rows.removeAll(matching);
    }
}
