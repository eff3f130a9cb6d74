// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A range of time; empty if the end is not after the start.
 *
 * @param start included
 * @param end excluded
 */
public record TimeRange(Instant start, Instant end) {
    public boolean contains(Instant at) {
        return !at.isBefore(start) && at.isBefore(end);
    }

    public boolean isEmpty() {
        return !start.isBefore(end);
    }

    /** The length; zero if the range is empty. */
    public Duration length() {
        return isEmpty() ? Duration.ZERO : Duration.between(start, end);
    }

    /** The intersection with another range; possibly empty. */
    TimeRange within(TimeRange other) {
        return new TimeRange(
                start.isAfter(other.start) ? start : other.start, end.isBefore(other.end) ? end : other.end);
    }

    /** The range without another one: up to two pieces. */
    List<TimeRange> without(TimeRange other) {
        if (within(other).isEmpty()) {
            return List.of(this);
        }
        return List.of(new TimeRange(start, other.start), new TimeRange(other.end, end)).stream()
                .filter(piece -> !piece.isEmpty())
                .toList();
    }

    /** The union of the ranges, in order and without overlaps. */
    static List<TimeRange> union(Collection<TimeRange> spans) {
        List<TimeRange> union = new ArrayList<>();
        spans.stream()
                .filter(span -> !span.isEmpty())
                .sorted(Comparator.comparing(TimeRange::start))
                .forEach(span -> {
                    if (union.isEmpty() || span.start.isAfter(union.getLast().end)) {
                        union.add(span);
                    } else if (span.end.isAfter(union.getLast().end)) {
                        union.add(new TimeRange(union.removeLast().start, span.end));
                    }
                });
        return union;
    }

    /** The total length of ranges without overlaps. */
    static Duration total(Collection<TimeRange> spans) {
        return spans.stream().map(TimeRange::length).reduce(Duration.ZERO, Duration::plus);
    }
}
