// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A time in which a person can be notified, with the areas of each level. */
public record Duty(TimeRange time, String person, Map<Level, List<String>> areas) {
    static final Comparator<Duty> ORDER = Comparator.comparing(
                    (Duty duty) -> duty.time().start())
            .thenComparing(duty -> duty.time().end())
            .thenComparing(Duty::person);

    /** With the areas of another duty of the same person and time. */
    Duty and(Duty other) {
        Map<Level, List<String>> all = new TreeMap<>(areas);
        other.areas.forEach(
                (level, more) -> all.merge(level, more, (some, others) -> Stream.concat(some.stream(), others.stream())
                        .distinct()
                        .toList()));
        return new Duty(time, person, all);
    }

    /** {@code Primary for prow, operations; Backup for support}. */
    public String title() {
        return areas.entrySet().stream()
                .map(level -> level.getKey().title() + " for " + String.join(", ", level.getValue()))
                .collect(Collectors.joining("; "));
    }
}
