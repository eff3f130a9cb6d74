// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import io.kubevirt.cinotify.fixture.StoredOutcomes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what was taken, what is stored, and what people see. */
final class ConsistencyCheck {

    private final List<String> lost = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private final StoredOutcomes store;
    private final List<VisibleMessages> visible;
    private int messages;

    ConsistencyCheck(StoredOutcomes store, ExternalSystems world) {
        this.store = store;
        this.visible = List.of(
                VisibleMessages.of(world.slack), VisibleMessages.ofIssues(world), VisibleMessages.ofWebhook(world));
    }

    ConsistencyCheck of(List<Load> loads) {
        checkDeliveries(loads.stream().flatMap(load -> load.accepted().stream()).collect(Collectors.toSet()));
        visible.forEach(seen -> doubled.addAll(seen.doubled()));
        checkOutbox();
        loads.forEach(load -> load.lanes().forEach(this::checkLane));
        return this;
    }

    List<String> lost() {
        return lost;
    }

    List<String> doubled() {
        return doubled;
    }

    /** Number of messages that are visible according to the store. */
    int messages() {
        return messages;
    }

    private void checkDeliveries(Set<String> accepted) {
        Set<String> known = new HashSet<>();
        for (StoredOutcomes.Entry entry : store.entries()) {
            if (!known.add(entry.id())) {
                doubled.add("delivery " + entry.id() + " is in the journal twice");
            }
            if (!Set.of("notified", "suppressed").contains(entry.outcome())) {
                lost.add("delivery " + entry.id() + " is " + entry.outcome() + " " + entry.reason());
            }
        }
        accepted.stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> lost.add("delivery " + id + " was accepted and is not in the journal"));
    }

    /** Messages are visible exactly if the store has them as sent. */
    private void checkOutbox() {
        for (Map<String, Object> row :
                store.query("SELECT s.channel, s.destination, s.thread, s.message_id, s.state, s.form,"
                        + " s.problem, s.reference, r.reference AS root FROM outbox AS s LEFT JOIN outbox_root AS r"
                        + " ON r.channel = s.channel AND r.destination = s.destination AND r.thread = s.thread"
                        + " WHERE s.form IN ('send', 'silent', 'mention')")) {
            String state = String.valueOf(row.get("state"));
            String what = row.get("channel") + " " + row.get("destination") + ": " + row.get("message_id") + " ("
                    + state + ")";
            if (Set.of("waiting", "sending", "unknown", "dead").contains(state)) {
                lost.add(what + " was not sent: " + row.get("problem"));
            } else if (state.equals("sent")) {
                visible.stream()
                        .filter(seen -> seen.channel().equals(row.get("channel")))
                        .findFirst()
                        .ifPresent(seen -> checkMessage(seen, row, what));
            }
        }
    }

    private void checkMessage(VisibleMessages seen, Map<String, Object> row, String what) {
        messages++;
        boolean root = row.get("reference").equals(row.get("root"));
        if (seen.count("ci-notify:" + row.get(root ? "thread" : "message_id")) == 0) {
            lost.add(what + " is not there");
        }
    }

    /** The rows of a lane, for the failure message. */
    private String story(Lane lane) {
        return store.query("SELECT s.channel, s.kind, s.form, s.state, s.problem FROM outbox AS s JOIN message AS c"
                        + " ON c.id = s.message_id WHERE c.document LIKE '%" + lane.name() + "%' ORDER BY s.sequence")
                .toString();
    }

    /** Independent of the store: failing lanes show one open incident, passing lanes none. */
    private void checkLane(Lane lane) {
        for (VisibleMessages seen : visible) {
            List<VisibleMessages.Root> roots = seen.roots().stream()
                    .filter(root -> root.text().contains(lane.name()))
                    .toList();
            String what = seen.channel() + ": " + lane.name() + (lane.isRed() ? " (red) " : " (green) ") + story(lane)
                    + ", seen is " + roots;
            long red = roots.stream().filter(root -> !root.over()).count();
            boolean log = seen.channel().equals("webhook");
            if (lane.isRed() && red == 0) {
                lost.add(what + " is not seen");
            }
            if (!lane.isRed() && (log ? red > 0 && red == roots.size() : red > 0)) {
                lost.add(what + " is still seen as red");
            }
            if (roots.size() > (log ? 2 : 1)) {
                doubled.add(what + " is seen " + roots.size() + " times");
            }
        }
    }
}
