// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Derives what happened to incidents from the difference that one step of the engine makes. */
public final class IncidentTimeline {
    /** An incident may have hundreds of lanes. */
    private static final int MAX_LANES = 5;

    private final Decisions decisions;
    private final Instant now;
    private final List<Entry> entries = new ArrayList<>();

    private IncidentTimeline(Decisions decisions, Instant now) {
        this.decisions = decisions;
        this.now = now;
    }

    public enum Kind {
        OPENED,
        RELAPSED,
        NOTIFIED,
        /** The person is notified when they are at work. */
        DEFERRED,
        ESCALATED,
        REMINDED,
        HANDED_OFF,
        ACKNOWLEDGED,
        SNOOZED,
        REASSIGNED,
        FOLDED,
        UNFOLDED,
        DIAGNOSED,
        /** More lanes fail, it blocks merging now, or it fails so much more that somebody was notified again. */
        WORSE,
        RESOLVED,
        RETRACTED;

        /** In kebab case, as stored and shown. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One line of the timeline of an incident.
     *
     * @param person the handle of the person who did it, or who was notified
     * @param messageId the notification
     */
    public record Entry(
            String incident,
            Instant at,
            Kind kind,
            @Nullable String person,
            @Nullable String messageId,
            String text) {}

    /**
     * What happened in one step, in order.
     *
     * @param before the incidents as stored before the step, by id; new ones are absent
     */
    public static List<Entry> of(Map<String, IncidentView> before, Decisions decisions, Instant now) {
        IncidentTimeline timeline = new IncidentTimeline(decisions, now);
        for (IncidentView incident : decisions.incidents()) {
            timeline.addChange(before.get(incident.id()), incident);
        }
        return List.copyOf(timeline.entries);
    }

    private void addChange(@Nullable IncidentView before, IncidentView after) {
        boolean wasOpen = before != null && before.state() == IncidentState.OPEN;
        if (before == null) {
            add(after, Kind.OPENED, null, after.why());
        } else if (!wasOpen && after.state() == IncidentState.OPEN) {
            add(after, Kind.RELAPSED, null, after.why());
        } else {
            addDifference(before, after);
        }
        addAction(after);
        addNotifications(before, after);
        addEnd(wasOpen || before == null, after);
    }

    private void addDifference(IncidentView before, IncidentView after) {
        worse(before, after).forEach(text -> add(after, Kind.WORSE, null, text));
        Diagnosis diagnosis = after.diagnosis();
        if (!(action(after) instanceof IncidentAction.Reassign)
                && (diagnosis.ownerDiffersFrom(before.diagnosis())
                        || diagnosis.hasMoreEvidenceThan(before.diagnosis()))) {
            add(
                    after,
                    Kind.DIAGNOSED,
                    null,
                    diagnosis.cause().value() + ", SIG " + diagnosis.sig() + ", area " + diagnosis.area() + ", rule "
                            + diagnosis.rule());
        }
        if (!Objects.equals(before.foldedInto(), after.foldedInto())) {
            if (after.foldedInto() != null) {
                add(after, Kind.FOLDED, null, "incident " + after.foldedInto() + " explains it");
            } else {
                add(after, Kind.UNFOLDED, null, "incident " + before.foldedInto() + " does not explain it");
            }
        }
    }

    /** An outage has many lanes, and every one of them would be worse. */
    private static Stream<String> worse(IncidentView before, IncidentView after) {
        Stream<String> blocking =
                Stream.of("it blocks merging now").filter(any -> after.blocking() && !before.blocking());
        List<String> added = after.kind() == IncidentKind.OUTAGE
                ? List.of()
                : after.lanes().stream()
                        .filter(Predicate.not(before.lanes()::contains))
                        .toList();
        String more = added.size() > MAX_LANES ? " and " + (added.size() - MAX_LANES) + " more" : "";
        Stream<String> lanes = Stream.of(
                        "also fails: " + String.join(", ", added.subList(0, Math.min(MAX_LANES, added.size()))) + more)
                .filter(any -> !added.isEmpty());
        return after.state() == IncidentState.OPEN ? Stream.concat(blocking, lanes) : Stream.empty();
    }

    private @Nullable IncidentAction action(IncidentView incident) {
        IncidentAction action = decisions.action();
        return action != null && action.incident().equals(incident.id()) ? action : null;
    }

    private void addAction(IncidentView after) {
        switch (action(after)) {
            case IncidentAction.Acknowledge done -> add(after, Kind.ACKNOWLEDGED, done.by(), "");
            case IncidentAction.Snooze done -> add(after, Kind.SNOOZED, done.by(), "until " + done.until());
            case IncidentAction.Reassign done -> {
                String area = done.area() == null ? "" : ", area " + done.area();
                add(after, Kind.REASSIGNED, done.by(), "to " + after.responsible() + area);
            }
            case IncidentAction.Resolve done -> {}
            case null -> {}
        }
    }

    private void addNotifications(@Nullable IncidentView before, IncidentView after) {
        boolean notified = false;
        for (Decision decision : decisions.decisions()) {
            if (decision instanceof Decision.Notify(Notification message, List<String> reasons)
                    && message.incident().id().equals(after.id())
                    && message.kind().interrupts()) {
                addNotification(message, reasons);
                notified = true;
            }
        }
        Instant waited = before == null ? null : before.waitingUntil();
        if (!notified && waited != null && after.waitingUntil() == null && waited.equals(after.notifiedAt())) {
            entries.add(new Entry(after.id(), waited, Kind.NOTIFIED, after.responsible(), null, "at work again"));
        }
    }

    private void addNotification(Notification message, List<String> reasons) {
        Recipient to = message.to();
        String person = to == null ? null : to.handle();
        boolean deferred = message.at().isAfter(now);
        Kind kind =
                switch (message.kind()) {
                    case ESCALATED -> Kind.ESCALATED;
                    case HANDOFF -> Kind.HANDED_OFF;
                    case WORSE -> Kind.WORSE;
                    case REMINDED -> decisions.action() == null ? Kind.REMINDED : Kind.NOTIFIED;
                    default -> Kind.NOTIFIED;
                };
        String sigPerson = to == null || to.sigPerson() == null ? "" : "; also " + to.sigPerson() + " of the SIG";
        String text = String.join("; ", reasons) + sigPerson;
        String incident = message.incident().id();
        if (kind != Kind.NOTIFIED || !deferred) {
            entries.add(new Entry(incident, now, kind, person, message.id(), text));
        }
        if (deferred) {
            entries.add(new Entry(
                    incident, now, Kind.DEFERRED, person, message.id(), "until " + message.at() + ": " + text));
        }
    }

    private void addEnd(boolean wasOpen, IncidentView after) {
        if (wasOpen && after.state().isOver()) {
            String by = action(after) instanceof IncidentAction.Resolve done ? done.by() : null;
            Kind kind = after.state() == IncidentState.RETRACTED ? Kind.RETRACTED : Kind.RESOLVED;
            add(after, kind, by, Objects.requireNonNullElse(after.whyOver(), ""));
        }
    }

    private void add(IncidentView incident, Kind kind, @Nullable String person, String text) {
        entries.add(new Entry(incident.id(), now, kind, person, null, text));
    }
}
