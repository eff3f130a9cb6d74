// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.outbox.ModelReplica.Call;
import io.kubevirt.cinotify.store.MessageForm;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxEvent;
import io.kubevirt.cinotify.store.OutboxState;
import io.kubevirt.cinotify.store.OutboxTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Explores all interleavings of two replicas, a store and a service with lost, late and lagging calls. What a replica does is
 * decided by the production classes: {@link SendPlanner}, {@link ChannelInvoker}, {@link OutcomeTable} and {@link OutboxEvent}.
 */
final class OutboxModel {
    /** Time advances in steps of ten seconds. */
    static final Duration TICK = Duration.ofSeconds(10);

    /** Requests arrive before it, and every read shows them after it. */
    static final int DELAY = 2;

    /** Far more than a scenario has; a loop would run for ever. */
    private static final int MAX_STATES = 400_000;

    private static final MessageThread.Key KEY = new MessageThread.Key("model", "room", "one");
    private static final RetryPolicy RETRIES = new RetryPolicy(1_000, Duration.ofDays(1), (RandomGenerator) () -> 0L);

    /** What protects from a fault; each can be taken out. */
    enum Fix {
        NONE,
        READ_BACK,
        COMMENT_BEFORE_EDIT,
        DOUBT_FROM_WRITE,
        CLAIM_CHECK,
        VISIBILITY_DELAY
    }

    /**
     * What the model explores.
     *
     * @param shownFirst whether a root that shows nothing of these messages exists already
     * @param disruptions kills, and takeovers of a replica that goes on
     */
    record Scenario(String name, List<NotificationKind> kinds, boolean shownFirst, int disruptions) {}

    /** @param windows states after a write whose claim ended between the check and the request */
    record Result(int states, int endings, int windows, Map<String, String> violations) {}

    private final Scenario scenario;
    private final Fix removed;
    final ChannelCapabilities capabilities;
    private final List<OutgoingMessage> messages = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<State> open = new ArrayDeque<>();
    private final Map<String, String> violations = new TreeMap<>();
    private int endings;
    private int windows;

    OutboxModel(Scenario scenario, Fix removed) {
        this.scenario = scenario;
        this.removed = removed;
        this.capabilities = new ChannelCapabilities(
                true,
                true,
                true,
                Duration.ZERO,
                removed == Fix.VISIBILITY_DELAY ? Duration.ZERO : TICK.multipliedBy(DELAY));
        NotificationBuilder incident = new NotificationBuilder("one");
        scenario.kinds().forEach(kind -> messages.add(incident.of(kind, Examples.NOON)));
    }

    boolean commentsBeforeEdit() {
        return removed != Fix.COMMENT_BEFORE_EDIT;
    }

    Result explore() {
        add(State.first(scenario.shownFirst(), scenario.disruptions()));
        while (!open.isEmpty() && (removed == Fix.NONE || violations.isEmpty())) {
            State state = open.removeFirst();
            if (seen.size() > MAX_STATES) {
                throw new IllegalStateException("too many states, such as " + state.key(true));
            }
            int before = open.size();
            boolean moved = step(state);
            if (!moved && open.size() == before) {
                endings++;
                checkEnding(state);
            }
        }
        return new Result(seen.size(), endings, windows, violations);
    }

    private void add(State state) {
        if (seen.add(state.key(removed == Fix.DOUBT_FROM_WRITE))) {
            if (state.usedWindow) {
                // Documented: nothing closes it, and what follows from it counts apart.
                windows++;
            } else if (state.doubles() > 0) {
                violate("a message is visible twice", state);
            } else {
                open.addLast(state);
            }
        }
    }

    /** Adds all successors; false if nothing can happen any more. */
    private boolean step(State state) {
        boolean moved = false;
        if (state.arrived < messages.size()) {
            State next = state.copy();
            next.arrived++;
            next.rows.add(new State.Row(next.arrived, OutboxState.WAITING, null, state.now, false, false));
            add(next);
            moved = true;
        }
        for (int replica = 0; replica < state.replicas.length; replica++) {
            moved |= advance(state, replica);
        }
        for (int index = 0; index < state.flights.size(); index++) {
            for (boolean lands : new boolean[] {true, false}) {
                State next = state.copy();
                State.Flight flight = next.flights.remove(index);
                if (lands) {
                    next.land(flight);
                }
                add(next);
                moved = true;
            }
        }
        return tick(state, moved) || moved;
    }

    /** Time advances when nothing is due, and a little while a replica is at work. */
    private boolean tick(State state, boolean moved) {
        boolean atWork = state.claimedBy >= 0;
        boolean due = plan(state, state.copy()) != null;
        boolean later = state.nextInstant() != null || !state.flights.isEmpty();
        ModelReplica worker = atWork ? state.replicas[state.claimedBy] : null;
        boolean slow = worker != null && worker.pending() == Call.GUARD && state.slowness > 0;
        boolean idle = !atWork && !due && later;
        if (!slow && !idle || state.flights.stream().anyMatch(flight -> flight.latest() <= state.now)) {
            return false;
        }
        State next = state.copy();
        next.now++;
        next.slowness -= slow ? 1 : 0;
        add(next);
        return true;
    }

    private boolean advance(State state, int number) {
        ModelReplica replica = state.replicas[number];
        if (replica == null) {
            return claim(state, number);
        }
        if (state.disruptions > 0) {
            State killed = state.copy();
            killed.disruptions--;
            killed.end(number);
            killed.replicas[number] = null;
            add(killed);
        }
        if (state.disruptions > 0 && state.claimedBy == number) {
            State taken = state.copy();
            taken.disruptions--;
            taken.end(number);
            taken.replicas[number] = replica.overtaken();
            add(taken);
        }
        if (replica.outcome() != null) {
            State next = state.copy();
            record(next, number, replica);
            add(next);
        } else {
            call(state, number, replica);
        }
        return true;
    }

    private boolean claim(State state, int number) {
        if (state.claimedBy >= 0) {
            return false;
        }
        State next = state.copy();
        next.rows.replaceAll(row -> OutboxEvent.CLAIM_ENDED.accepts(row.state())
                ? row.with(OutboxEvent.CLAIM_ENDED.next(), row.since())
                : row);
        SendPlanner.Step step = plan(next, next);
        if (step == null) {
            boolean settled = !next.rows.equals(state.rows);
            if (settled) {
                add(next);
            }
            return settled;
        }
        next.claimedBy = number;
        next.replicas[number] = ModelReplica.of(this, claimed(next, step));
        add(next);
        return true;
    }

    private ClaimedMessage claimed(State state, SendPlanner.Step step) {
        Instant since = step.row().uncertainSince();
        return new ClaimedMessage(
                "",
                state.instant(),
                KEY,
                step,
                state.root,
                since == null ? Instant.EPOCH : since.plus(capabilities.visibilityDelay()),
                messages.get((int) step.row().sequence() - 1));
    }

    /** What the store shows a replica, and the next step. Settles rows in {@code target}. */
    private SendPlanner.@Nullable Step plan(State state, State target) {
        MessageThread thread = view(state);
        if (thread == null) {
            return null;
        }
        SendPlanner.Plan plan = SendPlanner.of(thread, new ModelReplica.Port(this, List.of()));
        plan.settled()
                .forEach((sequence, event) ->
                        target.change(sequence, row -> row.with(transition(row.state(), event), null)));
        return plan.step();
    }

    private @Nullable MessageThread view(State state) {
        List<MessageThread.Row> ready = new ArrayList<>();
        boolean blocked = false;
        boolean newerEdit = false;
        long resolved = 0;
        for (State.Row row : state.rows) {
            resolved = kind(row.sequence()) == NotificationKind.RESOLVED ? row.sequence() : resolved;
            if (row.isUnsettled()) {
                newerEdit |= row.sequence() > state.root.shownSequence() && (row.due() <= state.now || row.attempted());
                if (row.due() <= state.now && !blocked) {
                    ready.add(row(row));
                }
                blocked |= row.due() > state.now && (row.attempted() || row.state() == OutboxState.UNKNOWN);
            }
        }
        Instant verifyAt = state.root.verifyAt();
        boolean verify = state.root.reference() != null
                && state.root.shownSequence() > 0
                && verifyAt != null
                && !verifyAt.isAfter(state.instant())
                && !newerEdit;
        MessageThread.Row shown = verify ? row(state.rows.get((int) state.root.shownSequence() - 1)) : null;
        return ready.isEmpty() && shown == null
                ? null
                : new MessageThread(KEY, state.root, resolved, false, null, ready, shown);
    }

    NotificationKind kind(long sequence) {
        return scenario.kinds().get((int) sequence - 1);
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

    /** The pending call of a replica with every possible answer. */
    private void call(State state, int number, ModelReplica replica) {
        Call call = replica.pending();
        switch (call) {
            case GUARD -> {
                State next = state.copy();
                boolean permitted = state.claimedBy == number && !replica.lost() || removed == Fix.CLAIM_CHECK;
                if (permitted && !replica.lost()) {
                    startWrite(next, replica.claimed());
                }
                next.replicas[number] = replica.answered(this, permitted ? "permitted" : "denied", permitted);
                add(next);
            }
            case FIND -> find(state, number, replica);
            case READ_BACK -> {
                State next = state.copy();
                boolean matches = state.root(replica.claimed()).shown()
                        == replica.claimed().row().sequence();
                next.replicas[number] = replica.answered(this, matches ? "matches" : "differs", false);
                add(next);
            }
            case POST, EDIT, REPLY -> write(state, number, replica);
        }
    }

    /** As {@link MessageClaimer#startWrite}. */
    private void startWrite(State next, ClaimedMessage claimed) {
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

    private void find(State state, int number, ModelReplica replica) {
        ClaimedMessage claimed = replica.claimed();
        Set<String> answers = claimed.root().reference() == null
                ? state.findRoot()
                : state.findReply(claimed.root().reference(), claimed.row().sequence());
        for (String answer : answers) {
            State next = state.copy();
            next.replicas[number] = replica.answered(this, answer, false);
            add(next);
        }
    }

    private void write(State state, int number, ModelReplica replica) {
        ClaimedMessage claimed = replica.claimed();
        long sequence = claimed.row().sequence();
        boolean comments = replica.pending() == Call.EDIT
                && !commentsBeforeEdit()
                && kind(sequence) == NotificationKind.RESOLVED
                && state.root(claimed).replies().isEmpty();
        State.Flight flight = new State.Flight(
                replica.pending(),
                sequence,
                claimed.root().reference(),
                state.now + DELAY - 1,
                comments,
                replica.window());
        State answered = state.copy();
        String reference = answered.land(flight);
        answered.replicas[number] = replica.answered(this, "sent " + reference, false);
        add(answered);
        if (state.faults > 0) {
            for (String fault : List.of("refused", "lost", "late")) {
                State next = state.copy();
                next.faults--;
                if (fault.equals("lost")) {
                    next.land(flight);
                } else if (fault.equals("late")) {
                    next.flights.add(flight);
                }
                next.replicas[number] = replica.answered(this, fault.equals("refused") ? "later" : "unknown", false);
                add(next);
            }
        }
    }

    /** As {@link OutcomeRecorder}. */
    private void record(State next, int number, ModelReplica replica) {
        next.replicas[number] = null;
        if (next.claimedBy != number || replica.lost()) {
            return;
        }
        next.claimedBy = -1;
        ClaimedMessage claimed = replica.claimed();
        OutcomeTable.Change change = new OutcomeTable(
                        claimed, capabilities, RETRIES, new OutboxTable.Attempts(0, Instant.EPOCH), next.instant())
                .after(replica.outcome());
        next.root = change.root();
        if (removed == Fix.READ_BACK) {
            next.root = new MessageThread.Root(next.root.reference(), next.root.shownSequence(), next.root.deletions());
        }
        OutcomeTable.Delay delay = change.delay();
        if (delay != null) {
            next.rows.replaceAll(row -> row.isUnsettled() && row.due() <= next.now
                    ? row.delayed(next.ticks(delay.until()), delay.problem() != null)
                    : row);
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
            violations.put("no transition from " + state + " on " + event, "");
        }
        return event.next();
    }

    private void violate(String violation, State state) {
        violations.computeIfAbsent(violation, none -> state.history());
    }

    private void checkEnding(State state) {
        boolean over = kind(messages.size()) == NotificationKind.RESOLVED;
        if (state.rows.stream().anyMatch(State.Row::isUnsettled)) {
            violate("a message waits for ever", state);
        } else if (state.roots.isEmpty() && !over) {
            violate("a message is lost", state);
        } else if (state.roots.stream().anyMatch(root -> root.shown() != messages.size())) {
            violate("an old state stays visible", state);
        } else if (over
                && scenario.shownFirst()
                && state.roots.getFirst().replies().isEmpty()) {
            violate("a closing comment is lost", state);
        }
    }
}
