// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.outbox.ModelReplica.Call;
import io.kubevirt.cinotify.store.OutboxEvent;
import io.kubevirt.cinotify.store.OutboxState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Explores all interleavings of two replicas, a store and a service with lost, late and lagging calls. What a replica does is
 * decided by the production classes: {@link MessageClaimer}, {@link SendPlanner}, {@link ChannelInvoker}, {@link OutcomeTable} and
 * {@link OutboxEvent}.
 */
final class OutboxModel {
    /** Time advances in steps of ten seconds. */
    static final Duration TICK = Duration.ofSeconds(10);

    /** Requests arrive before it, and every read shows them after it. */
    static final int DELAY = 2;

    /** Far more than a scenario has; a loop would run for ever. */
    private static final int MAX_STATES = 400_000;

    /** What protects from a fault; each can be taken out. */
    enum Fix {
        NONE,
        READ_BACK,
        COMMENT_BEFORE_EDIT,
        DOUBT_FROM_WRITE,
        CLAIM_CHECK,
        VISIBILITY_DELAY,
        NO_OVERTAKING,
        FIRST_AS_OPENED,
        UNCLEAR_READ_BACK,
        UNCLEAR_LOOKUP
    }

    /**
     * What the model explores.
     *
     * @param shownFirst whether a root that shows nothing of these messages exists already
     * @param threads whether the channel has edits, replies and a lookup, or none of them, as a webhook
     * @param faults requests that are refused, lost or late, or reads that fail
     * @param disruptions kills, and takeovers of a replica that goes on
     */
    record Scenario(
            String name,
            List<NotificationKind> kinds,
            boolean shownFirst,
            boolean threads,
            int faults,
            int disruptions) {}

    /** @param windows states after a write whose claim ended between the check and the request */
    record Result(int states, int endings, int windows, Map<String, String> violations) {}

    private final Scenario scenario;
    private final Fix removed;
    final ChannelCapabilities capabilities;
    private final ModelStore store;
    private final Set<String> seen = new HashSet<>();
    private final Deque<State> open = new ArrayDeque<>();
    private final Map<String, String> violations = new TreeMap<>();
    private int endings;
    private int windows;

    OutboxModel(Scenario scenario, Fix removed) {
        this.scenario = scenario;
        this.removed = removed;
        this.capabilities = new ChannelCapabilities(
                scenario.threads(),
                scenario.threads(),
                scenario.threads(),
                Duration.ZERO,
                removed == Fix.VISIBILITY_DELAY ? Duration.ZERO : TICK.multipliedBy(DELAY));
        this.store = new ModelStore(this, scenario, removed);
    }

    boolean commentsBeforeEdit() {
        return removed != Fix.COMMENT_BEFORE_EDIT;
    }

    Result explore() {
        add(State.first(scenario));
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
        store.defects().forEach(defect -> violations.put(defect, ""));
        return new Result(seen.size(), endings, windows, violations);
    }

    private void add(State state) {
        if (seen.add(state.key(removed == Fix.DOUBT_FROM_WRITE))) {
            if (state.usedWindow) {
                // Documented: nothing closes it, and what follows from it counts apart.
                windows++;
            } else if (hasDouble(state)) {
                violate("a message is visible twice", state);
            } else {
                open.addLast(state);
            }
        }
    }

    /** Adds all successors; false if nothing can happen any more. */
    private boolean step(State state) {
        boolean moved = false;
        if (state.arrived < scenario.kinds().size()) {
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
        boolean due = store.next(state.copy()) != null;
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
            next.replicas[number] = null;
            if (next.claimedBy == number && !replica.lost()) {
                next.claimedBy = -1;
                store.record(next, replica.claimed(), replica.outcome());
            }
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
        ClaimedMessage claimed = store.next(next);
        if (claimed == null) {
            boolean settled = !next.rows.equals(state.rows);
            if (settled) {
                add(next);
            }
            return settled;
        }
        next.claimedBy = number;
        next.replicas[number] = ModelReplica.of(this, claimed);
        add(next);
        return true;
    }

    /** The pending call of a replica with every possible answer. */
    private void call(State state, int number, ModelReplica replica) {
        Call call = replica.pending();
        switch (call) {
            case GUARD -> {
                State next = state.copy();
                boolean permitted = state.claimedBy == number && !replica.lost() || removed == Fix.CLAIM_CHECK;
                if (permitted && !replica.lost()) {
                    store.startWrite(next, replica.claimed());
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
                unclear(state, number, replica, removed == Fix.UNCLEAR_READ_BACK ? "matches" : "unclear");
            }
            case POST, EDIT, REPLY -> write(state, number, replica);
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
        unclear(state, number, replica, removed == Fix.UNCLEAR_LOOKUP ? "missing" : "unclear");
    }

    /** Reading fails. */
    private void unclear(State state, int number, ModelReplica replica, String answer) {
        if (state.faults > 0) {
            State next = state.copy();
            next.faults--;
            next.replicas[number] = replica.answered(this, answer, false);
            add(next);
        }
    }

    private void write(State state, int number, ModelReplica replica) {
        ClaimedMessage claimed = replica.claimed();
        long sequence = claimed.row().sequence();
        boolean comments = replica.pending() == Call.EDIT
                && !commentsBeforeEdit()
                && store.kind(sequence) == NotificationKind.RESOLVED
                && state.root(claimed).replies().isEmpty();
        Notification writing = Objects.requireNonNull(replica.writing());
        State.Flight flight = new State.Flight(
                Objects.requireNonNull(replica.pending()),
                sequence,
                claimed.root().reference(),
                state.now + DELAY - 1,
                comments,
                replica.window(),
                writing.kind() == NotificationKind.OPENED,
                writing.text().startsWith(Notification.POSSIBLE_DUPLICATE));
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

    private void violate(String violation, State state) {
        violations.computeIfAbsent(violation, none -> state.history());
    }

    /** Without a lookup a message may be repeated if it says so. */
    private boolean hasDouble(State state) {
        if (!scenario.threads()) {
            Set<Long> before = new HashSet<>();
            return state.roots.stream().anyMatch(shown -> !before.add(shown.shown()) && !shown.marked());
        }
        return state.roots.size() > 1
                || state.roots.stream()
                        .map(State.ShownRoot::replies)
                        .anyMatch(replies -> replies.stream()
                                        .map(State.Reply::sequence)
                                        .distinct()
                                        .count()
                                < replies.size());
    }

    private void checkEnding(State state) {
        int newest = scenario.kinds().size();
        boolean over = store.kind(newest) == NotificationKind.RESOLVED;
        List<State.ShownRoot> roots = state.roots;
        if (state.rows.stream().anyMatch(State.Row::isUnsettled)) {
            violate("a message waits for ever", state);
        } else if (roots.isEmpty() && !over) {
            violate("a message is lost", state);
        } else if (!roots.isEmpty() && roots.getLast().shown() != newest) {
            violate("an old state stays visible", state);
        } else if (over && scenario.shownFirst() && roots.getFirst().replies().isEmpty()) {
            violate("a closing comment is lost", state);
        } else if (!beginsAsOpened(roots)) {
            violate("an open incident is first shown as something else than opened", state);
        }
    }

    /** What shows an open incident, first or after a resolution, shows it as opened. */
    private boolean beginsAsOpened(List<State.ShownRoot> roots) {
        boolean open = false;
        for (State.ShownRoot root : roots) {
            boolean over = root.shown() > 0 && store.kind(root.shown()) == NotificationKind.RESOLVED;
            if (!over && !open && !root.opened()) {
                return false;
            }
            open = !over;
        }
        return true;
    }
}
