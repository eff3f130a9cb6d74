// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A state of {@link OutboxModel}: the store, the replicas, the service, and what may still go wrong. */
final class State {
    private static final int START = 1_000;

    /** How it was reached. */
    @Nullable State previous;

    int now = START;
    int arrived;
    final List<Row> rows = new ArrayList<>();
    MessageThread.Root root = MessageThread.Root.NONE;

    /** The replica that holds the destination; negative if none. */
    int claimedBy = -1;

    final @Nullable ModelReplica[] replicas = new ModelReplica[2];
    final List<ShownRoot> roots = new ArrayList<>();
    final List<Flight> flights = new ArrayList<>();
    boolean usedWindow;
    int faults;
    int disruptions;
    int slowness;

    /** A message in the store. */
    record Row(long sequence, OutboxState state, @Nullable Instant since, int due, boolean attempted, boolean replied) {
        boolean isUnsettled() {
            return state == OutboxState.WAITING || state == OutboxState.SENDING || state == OutboxState.UNKNOWN;
        }

        Row with(OutboxState next, @Nullable Instant newSince) {
            return new Row(sequence, next, newSince, due, attempted, replied);
        }

        Row delayed(int until, boolean failed) {
            return new Row(sequence, state, since, until, attempted || failed, replied);
        }

        Row withReply(@Nullable String reference) {
            return new Row(sequence, state, since, due, attempted, replied || reference != null);
        }
    }

    /**
     * A request on its way.
     *
     * @param opens whether it writes that the incident is opened
     * @param marked whether it says that it may be a duplicate
     */
    record Flight(
            ModelReplica.Call call,
            long sequence,
            @Nullable String reference,
            int latest,
            boolean comments,
            boolean window,
            boolean opens,
            boolean marked) {}

    /** @param listed from when on every read shows it */
    record Reply(long sequence, int listed) {}

    /**
     * A root as people see it, or a message of a channel without edits.
     *
     * @param opened whether it was first seen as opened
     * @param marked whether it says that it may be a duplicate
     */
    record ShownRoot(long shown, int listed, List<Reply> replies, boolean opened, boolean marked) {}

    static State first(OutboxModel.Scenario scenario) {
        State state = new State();
        state.faults = scenario.faults();
        state.disruptions = scenario.disruptions();
        state.slowness = scenario.shownFirst() || !scenario.threads() ? 0 : OutboxModel.DELAY;
        if (scenario.shownFirst()) {
            state.root = new MessageThread.Root("r0", 0, 0);
            state.roots.add(new ShownRoot(0, 0, List.of(), true, false));
        }
        return state;
    }

    State copy() {
        State copy = new State();
        copy.previous = this;
        copy.now = now;
        copy.arrived = arrived;
        copy.rows.addAll(rows);
        copy.root = root;
        copy.claimedBy = claimedBy;
        System.arraycopy(replicas, 0, copy.replicas, 0, replicas.length);
        copy.roots.addAll(roots);
        copy.flights.addAll(flights);
        copy.usedWindow = usedWindow;
        copy.faults = faults;
        copy.disruptions = disruptions;
        copy.slowness = slowness;
        return copy;
    }

    Instant instant() {
        return Instant.EPOCH.plus(OutboxModel.TICK.multipliedBy(now));
    }

    int ticks(Instant instant) {
        long seconds = Duration.between(Instant.EPOCH, instant).toSeconds();
        return (int) Math.ceilDiv(seconds, OutboxModel.TICK.toSeconds());
    }

    void change(long sequence, UnaryOperator<Row> change) {
        rows.replaceAll(row -> row.sequence() == sequence ? change.apply(row) : row);
    }

    /** The claim of a replica ends. */
    void end(int replica) {
        ModelReplica holder = replicas[replica];
        if (claimedBy == replica && holder != null && !holder.lost()) {
            claimedBy = -1;
        }
    }

    ShownRoot root(ClaimedMessage claimed) {
        return roots.get(index(String.valueOf(claimed.root().reference())));
    }

    private static int index(String reference) {
        return Integer.parseInt(reference.substring(1));
    }

    /** The service carries out a request. */
    String land(Flight flight) {
        usedWindow |= flight.window();
        if (flight.reference() == null) {
            roots.add(
                    new ShownRoot(flight.sequence(), flight.latest() + 1, List.of(), flight.opens(), flight.marked()));
            return "r" + (roots.size() - 1);
        }
        int index = index(flight.reference());
        ShownRoot target = roots.get(index);
        boolean reply = flight.call() == ModelReplica.Call.REPLY || flight.comments();
        List<Reply> replies = reply
                ? Stream.concat(target.replies().stream(), Stream.of(new Reply(flight.sequence(), flight.latest() + 1)))
                        .toList()
                : target.replies();
        long shown = flight.call() == ModelReplica.Call.EDIT ? flight.sequence() : target.shown();
        roots.set(index, new ShownRoot(shown, target.listed(), replies, target.opened(), target.marked()));
        return flight.reference();
    }

    /** Every possible answer of a list that may lag. */
    Set<String> findRoot() {
        Set<String> answers = new HashSet<>();
        for (int index = 0; index < roots.size(); index++) {
            answers.add("found r" + index);
        }
        if (roots.stream().noneMatch(shown -> shown.listed() <= now)) {
            answers.add("missing");
        }
        return answers;
    }

    /** Every possible answer of a list that may lag. */
    Set<String> findReply(String reference, long sequence) {
        List<Reply> replies = roots.get(index(reference)).replies().stream()
                .filter(reply -> reply.sequence() == sequence)
                .toList();
        Set<String> answers = new HashSet<>();
        if (!replies.isEmpty()) {
            answers.add("found reply");
        }
        if (replies.stream().noneMatch(reply -> reply.listed() <= now)) {
            answers.add("missing");
        }
        return answers;
    }

    /** When something becomes due; null if nothing will. */
    @Nullable Integer nextInstant() {
        Stream<Integer> due = rows.stream().filter(Row::isUnsettled).map(Row::due);
        Instant verifyAt = root.verifyAt();
        Stream<Integer> verify = verifyAt == null ? Stream.of() : Stream.of(ticks(verifyAt));
        return Stream.concat(due, verify)
                .filter(at -> at > now)
                .min(Integer::compare)
                .orElse(null);
    }

    /** The states that led here, for a person. */
    String history() {
        StringBuilder history = new StringBuilder();
        for (State state = this; state != null; state = state.previous) {
            history.insert(0, "\n  " + state.now + " " + state.key(true));
        }
        return history.toString();
    }

    /**
     * Equal for states with the same future: times count from now.
     *
     * @param claimAges whether the time of a claim has an effect
     */
    String key(boolean claimAges) {
        StringBuilder key = new StringBuilder()
                .append(arrived)
                .append(claimedBy)
                .append(faults)
                .append(disruptions)
                .append(slowness)
                .append(usedWindow);
        rows.forEach(row -> key.append('|')
                .append(row.state().ordinal())
                .append(age(row.since()))
                .append(Math.max(row.due() - now, 0))
                .append(row.attempted())
                .append(row.replied()));
        append(key, root);
        for (ModelReplica replica : replicas) {
            append(key, replica, claimAges);
        }
        roots.forEach(shown -> {
            key.append('/')
                    .append(shown.shown())
                    .append(Math.max(shown.listed() - now, 0))
                    .append(shown.opened())
                    .append(shown.marked());
            shown.replies()
                    .forEach(reply ->
                            key.append(',').append(reply.sequence()).append(Math.max(reply.listed() - now, 0)));
        });
        flights.stream()
                .map(flight -> ">" + flight.call() + flight.sequence() + flight.reference() + (flight.latest() - now)
                        + flight.comments() + flight.window() + flight.opens() + flight.marked())
                .sorted()
                .forEach(key::append);
        return key.toString();
    }

    private void append(StringBuilder key, MessageThread.Root shown) {
        key.append('#')
                .append(shown.reference())
                .append(shown.shownSequence())
                .append(age(shown.uncertainSince()))
                .append(shown.verifyAt() == null ? "-" : String.valueOf(Math.max(ticks(shown.verifyAt()) - now, 0)));
    }

    private void append(StringBuilder key, @Nullable ModelReplica replica, boolean claimAges) {
        key.append('@');
        if (replica != null) {
            ClaimedMessage claimed = replica.claimed();
            key.append(claimed.step().action().ordinal())
                    .append(claimed.row().sequence())
                    .append(claimed.row().uncertain())
                    .append(age(claimed.row().uncertainSince()))
                    .append(claimed.row().replied())
                    .append(claimed.isCertain())
                    .append(claimAges ? age(claimed.claimedAt()) : "")
                    .append(replica.answers())
                    .append(replica.lost())
                    .append(replica.window())
                    .append(replica.permitted());
            append(key, claimed.root());
        }
    }

    /** In ticks; what is older than the delay has no effect any more. */
    private String age(@Nullable Instant instant) {
        return instant == null ? "-" : String.valueOf(Math.min(now - ticks(instant), OutboxModel.DELAY + 1));
    }
}
