// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import io.kubevirt.cinotify.fixture.StoredOutcomes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Compares what was taken, what is stored, and what people see. */
final class ConsistencyCheck {

    private final List<String> lost = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private final List<String> inWindow = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> notOpened = new ArrayList<>();
    private final WriteLog writes;
    private final StoredOutcomes store;
    private final List<VisibleMessages> visible;
    private int messages;

    ConsistencyCheck(StoredOutcomes store, ExternalSystems world) {
        this.store = store;
        this.writes = world.writes;
        this.visible = List.of(
                VisibleMessages.of(world.slack),
                VisibleMessages.ofIssues(world),
                VisibleMessages.ofJira(world.jira),
                VisibleMessages.ofWebhook("board", world.webhook),
                VisibleMessages.ofWebhook("summary", world.summary),
                VisibleMessages.ofMattermost(world.mattermost),
                VisibleMessages.ofTeams(world.teams),
                VisibleMessages.ofMail(world.mail));
    }

    ConsistencyCheck of(List<Load> loads) {
        checkDeliveries(loads.stream().flatMap(load -> load.accepted().stream()).collect(Collectors.toSet()));
        visible.forEach(seen -> seen.doubled().forEach(marker -> (writes.isInWindow(marker) ? inWindow : doubled)
                .add(seen.channel() + ": " + marker + " is there " + seen.count(marker) + " times")));
        checkOutbox();
        List<Lane> lanes = loads.stream().flatMap(load -> load.lanes().stream()).toList();
        visible.forEach(seen -> checkLanes(seen, lanes));
        return this;
    }

    List<String> lost() {
        return lost;
    }

    List<String> doubled() {
        return doubled;
    }

    /** What a paused process wrote when it went on. */
    List<String> inWindow() {
        return inWindow;
    }

    /** What is seen in another state than that of its lane. */
    List<String> wrong() {
        return wrong;
    }

    /** What was first seen as something else than opened. */
    List<String> notOpened() {
        return notOpened;
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
                store.query("SELECT s.channel, s.destination, s.thread, s.message_id, s.kind, s.state, s.form,"
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
                        .filter(seen -> seen.shows(row))
                        .findFirst()
                        .ifPresent(seen -> checkMessage(seen, row, what));
            }
        }
    }

    private void checkMessage(VisibleMessages seen, Map<String, Object> row, String what) {
        messages++;
        boolean root = row.get("reference").equals(row.get("root"));
        if (seen.hasMarkers(root) && seen.count("ci-notify:" + row.get(root ? "thread" : "message_id")) == 0) {
            lost.add(what + " is not there");
        }
        if (seen.hasClosingComments()
                && row.get("kind").equals("resolved")
                && seen.count("ci-notify:" + row.get("message_id")) == 0) {
            lost.add(what + " has no closing comment");
        }
    }

    /** The rows of a lane, for the failure message. */
    private String story(Lane lane) {
        return store.query("SELECT s.channel, s.kind, s.form, s.state, s.problem FROM outbox AS s JOIN message AS c"
                        + " ON c.id = s.message_id WHERE c.document LIKE '%" + lane.name() + "%' ORDER BY s.sequence")
                .toString();
    }

    private void checkLanes(VisibleMessages seen, List<Lane> lanes) {
        List<VisibleMessages.Root> all = seen.roots();
        for (Lane lane : lanes) {
            checkLane(
                    seen,
                    lane,
                    all.stream()
                            .filter(root -> root.text().contains(lane.title()))
                            .toList());
        }
    }

    /** Independent of the store: failing lanes show one open incident, passing lanes none. */
    private void checkLane(VisibleMessages seen, Lane lane, List<VisibleMessages.Root> roots) {
        // Only for a failure: it reads all messages.
        Supplier<String> what = () -> seen.channel() + ": " + lane.name() + (lane.isRed() ? " (red) " : " (green) ")
                + story(lane) + ", seen is " + roots;
        boolean paused = roots.stream().anyMatch(root -> writes.isInWindow(root.marker()));
        checkState(lane, roots, seen.isLog(), paused && seen.isLog() ? inWindow : wrong, what);
        checkBegin(roots, what);
        long unmarked =
                roots.stream().filter(root -> !root.isMarkedAsRepeated()).count();
        if (seen.isLog() ? !lane.cameBack() && unmarked > 2 : roots.size() > 1) {
            (paused ? inWindow : doubled).add(what.get() + " is seen " + roots.size() + " times");
        }
    }

    /**
     * What shows an open incident, first or after a resolution, shows it as opened. A resolution may stand alone: the
     * message before it may be seen, or be lost.
     */
    private void checkBegin(List<VisibleMessages.Root> roots, Supplier<String> what) {
        boolean open = false;
        for (VisibleMessages.Root root : roots) {
            if (!root.over() && !open && !root.begins()) {
                notOpened.add(what.get() + " was not first seen as opened");
            }
            open = !root.over();
        }
    }

    /** The last entry of a log counts; of messages and issues, each one. */
    private void checkState(
            Lane lane, List<VisibleMessages.Root> roots, boolean isLog, List<String> wrongs, Supplier<String> what) {
        if (roots.isEmpty()) {
            if (lane.isRed()) {
                lost.add(what.get() + " is not seen");
            }
            return;
        }
        boolean red = isLog ? !roots.getLast().over() : roots.stream().anyMatch(root -> !root.over());
        if (red != lane.isRed()) {
            wrongs.add(what.get() + " is seen as " + (red ? "red" : "resolved"));
        }
        if (!roots.stream().allMatch(VisibleMessages.Root::coherent)) {
            wrong.add(what.get() + " has a title that its status contradicts");
        }
    }
}
