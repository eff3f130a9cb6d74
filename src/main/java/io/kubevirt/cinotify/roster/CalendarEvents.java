// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import biweekly.component.VEvent;
import biweekly.property.RecurrenceId;
import biweekly.property.TextProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which events of a calendar belong together, and which of them count. */
final class CalendarEvents {
    /** What changes the meaning of an event that is read without it. */
    private static final List<String> NEEDED =
            List.of("RECURRENCE-ID", "RRULE", "EXDATE", "RDATE", "DTEND", "DURATION");

    private CalendarEvents() {}

    static Iterable<List<VEvent>> byUid(List<VEvent> events) {
        Map<String, List<VEvent>> groups = new LinkedHashMap<>();
        for (VEvent event : events) {
            String uid = text(event.getUid());
            groups.computeIfAbsent(uid.isEmpty() ? "without UID " + groups.size() : uid, key -> new ArrayList<>())
                    .add(event);
        }
        return groups.values();
    }

    /** Of several versions of an event or of a change of it, that with the highest sequence. */
    static Iterable<VEvent> newest(List<VEvent> events) {
        Map<String, VEvent> newest = new LinkedHashMap<>();
        for (VEvent event : events) {
            RecurrenceId id = event.getRecurrenceId();
            String key =
                    id == null || id.getValue() == null ? "" : id.getValue().getTime() + " " + id.getRange();
            newest.merge(key, event, (one, other) -> sequence(other) >= sequence(one) ? other : one);
        }
        return newest.values();
    }

    private static int sequence(VEvent event) {
        Integer value = event.getSequence() == null ? null : event.getSequence().getValue();
        return value == null ? 0 : value;
    }

    /** The property that is needed and not understood. */
    static Optional<String> broken(VEvent event) {
        return NEEDED.stream()
                .filter(name -> event.getExperimentalProperty(name) != null)
                .findFirst();
    }

    static String text(@Nullable TextProperty property) {
        String value = property == null ? null : property.getValue();
        return value == null ? "" : value.strip();
    }
}
