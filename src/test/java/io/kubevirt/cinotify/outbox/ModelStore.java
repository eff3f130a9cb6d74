// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.outbox.OutboxModel.Fix;
import io.kubevirt.cinotify.outbox.OutboxModel.Scenario;
import io.kubevirt.cinotify.store.MessageForm;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxEvent;
import io.kubevirt.cinotify.store.OutboxState;
import io.kubevirt.cinotify.store.OutboxTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a replica reads from the store and writes to it: the queries of {@link OutboxTable}, on the rows of a {@link State}. */
final class ModelStore {
    private static final MessageThread.Key KEY = new MessageThread.Key("model", "room", "one");
    private static final RetryPolicy RETRIES = new RetryPolicy(1_000, Duration.ofDays(1), (RandomGenerator) () -> 0L);

    private final Scenario scenario;
    private final Fix removed;
    private final ChannelCapabilities capabilities;
    private final List<OutgoingMessage> messages = new ArrayList<>();
    private final ModelReplica.Port port;
    private final Set<String> defects = new TreeSet<>();

    ModelStore(OutboxModel model, Scenario scenario, Fix removed) {
        this.scenario = scenario;
        this.removed = removed;
        this.capabilities = model.capabilities;
        this.port = new ModelReplica.Port(model, List.of());
        NotificationBuilder incident = new NotificationBuilder("one");
        scenario.kinds().forEach(kind -> messages.add(incident.of(kind, Examples.NOON)));
    }

    /** Transitions that the table does not have. */
    Set<String> defects() {
        return defects;
    }

    NotificationKind kind(long sequence) {
        return scenario.kinds().get((int) sequence - 1);
    }

    /** As {@link MessageClaimer#next}: settles and delays rows, and returns the next step; null if there is none. */
    @Nullable ClaimedMessage next(State state) {
        MessageThread thread = view(state);
        if (thread == null) {
            return null;
        }
        Instant uncertainUntil = MessageClaimer.uncertainUntil(thread, capabilities);
        if (uncertainUntil.isAfter(state.instant()) && removed != Fix.NO_OVERTAKING) {
            delay(state, uncertainUntil, false);
            return null;
        }
        SendPlanner.Plan plan = SendPlanner.of(thread, port);
        plan.settled()
                .forEach((sequence, event) ->
                        state.change(sequence, row -> row.with(transition(row.state(), event), null)));
        SendPlanner.Step step = plan.step();
        return step == null
                ? null
                : new ClaimedMessage(
                        "",
                        state.instant(),
                        KEY,
                        step,
                        state.root,
                        MessageClaimer.certainFrom(thread, step.row(), capabilities),
                        message(step));
    }

    private OutgoingMessage message(SendPlanner.Step step) {
        OutgoingMessage message = messages.get((int) step.row().sequence() - 1);
        return removed == Fix.FIRST_AS_OPENED
                ? message
                : MessageClaimer.firstAsOpened(step.action(), message, Optional::empty);
    }

    /** As {@link OutboxTable#get}; null if nothing is due. */
    private @Nullable MessageThread view(State state) {
        List<MessageThread.Row> ready = new ArrayList<>();
        boolean blocked = false;
        boolean newerEdit = false;
        long resolved = 0;
        long sent = 0;
        long possiblySent = 0;
        long resolution = 0;
        for (State.Row row : state.rows) {
            boolean isResolution = kind(row.sequence()) == NotificationKind.RESOLVED;
            resolved = isResolution ? row.sequence() : resolved;
            if (row.state() == OutboxState.SENT) {
                sent = row.sequence();
                resolution = isResolution ? row.sequence() : resolution;
            }
            if (row.isUnsettled()) {
                boolean due = row.due() <= state.now;
                newerEdit |= row.sequence() > state.root.shownSequence() && (due || row.attempted());
                if (due && !blocked) {
                    ready.add(row(row));
                }
                possiblySent = due && row.state() != OutboxState.WAITING ? row.sequence() : possiblySent;
                blocked |= !due && (row.attempted() || row.state() == OutboxState.UNKNOWN);
            }
        }
        MessageThread.Row toVerify = newerEdit ? null : toVerify(state);
        boolean shownAsOpen = new MessageThread.Newest(sent, possiblySent, resolution).showsOpen(ready, resolved);
        return ready.isEmpty() && toVerify == null
                ? null
                : new MessageThread(KEY, state.root, resolved, shownAsOpen, null, ready, toVerify);
    }

    private MessageThread.@Nullable Row toVerify(State state) {
        Instant verifyAt = state.root.verifyAt();
        boolean verify = state.root.reference() != null
                && state.root.shownSequence() > 0
                && verifyAt != null
                && !verifyAt.isAfter(state.instant());
        return verify ? row(state.rows.get((int) state.root.shownSequence() - 1)) : null;
    }

    private MessageThread.Row row(State.Row row) {
        return new MessageThread.Row(
                row.sequence(),
                messages.get((int) row.sequence() - 1).id(),
                MessageForm.SEND,
                kind(row.sequence()).value(),
                row.state() != OutboxState.WAITING,
                row.since(),
                kind(row.sequence()).interrupts(),
                row.replied());
    }

    private static void delay(State state, Instant until, boolean failed) {
        state.rows.replaceAll(
                row -> row.isUnsettled() && row.due() <= state.now ? row.delayed(state.ticks(until), failed) : row);
    }

    /** As {@link MessageClaimer#startWrite}. */
    void startWrite(State next, ClaimedMessage claimed) {
        Instant from = removed == Fix.DOUBT_FROM_WRITE ? claimed.claimedAt() : next.instant();
        if (claimed.changesRoot()) {
            next.root = OutcomeTable.uncertainRoot(claimed.root(), next.instant());
        }
        if (claimed.step().action() != SendPlanner.Action.VERIFY) {
            next.change(
                    claimed.row().sequence(),
                    row -> row.with(
                            transition(row.state(), OutboxEvent.WRITE_STARTED),
                            claimed.changesRoot() ? row.since() : from));
        }
    }

    /** As {@link OutcomeRecorder}. */
    void record(State next, ClaimedMessage claimed, ChannelInvoker.Outcome outcome) {
        OutcomeTable.Change change = new OutcomeTable(
                        claimed, capabilities, RETRIES, new OutboxTable.Attempts(0, next.instant()), next.instant())
                .after(outcome);
        next.root = change.root();
        if (removed == Fix.READ_BACK) {
            next.root = new MessageThread.Root(next.root.reference(), next.root.shownSequence(), next.root.deletions());
        }
        OutcomeTable.Delay delay = change.delay();
        if (delay != null) {
            delay(next, delay.until(), delay.problem() != null);
        }
        OutboxEvent event = change.event();
        if (event != null) {
            next.change(claimed.row().sequence(), row -> row.with(
                            transition(row.state(), event), change.uncertainty().since())
                    .withReply(change.detail()));
        }
    }

    private OutboxState transition(OutboxState state, OutboxEvent event) {
        if (!event.accepts(state)) {
            defects.add("no transition from " + state + " on " + event);
        }
        return event.next();
    }
}
