/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of time.
 *
 * @param start its first instant
 * @param end the first instant after it; a span that ends where it starts or before is empty
 */
public record Span(Instant start, Instant end) {

    /** Whether the instant lies in it. */
    public boolean contains(Instant at) {
        return !at.isBefore(start) && at.isBefore(end);
    }

    /** Whether nothing lies in it. */
    public boolean isEmpty() {
        return !start.isBefore(end);
    }

    /** How long it is; zero where it is empty. */
    public Duration length() {
        return isEmpty() ? Duration.ZERO : Duration.between(start, end);
    }

    /** What it has in common with another; possibly empty. */
    Span within(Span other) {
        return new Span(start.isAfter(other.start) ? start : other.start, end.isBefore(other.end) ? end : other.end);
    }

    /** What is left of it without another: up to two pieces. */
    List<Span> without(Span other) {
        if (within(other).isEmpty()) {
            return List.of(this);
        }
        return List.of(new Span(start, other.start), new Span(other.end, end)).stream()
                .filter(piece -> !piece.isEmpty())
                .toList();
    }

    /** The same time as the given spans together, in order and without overlaps. */
    static List<Span> union(Collection<Span> spans) {
        List<Span> union = new ArrayList<>();
        spans.stream()
                .filter(span -> !span.isEmpty())
                .sorted(Comparator.comparing(Span::start))
                .forEach(span -> {
                    if (union.isEmpty() || span.start.isAfter(union.getLast().end)) {
                        union.add(span);
                    } else if (span.end.isAfter(union.getLast().end)) {
                        union.add(new Span(union.removeLast().start, span.end));
                    }
                });
        return union;
    }

    /** How long spans without overlaps are together. */
    static Duration total(Collection<Span> spans) {
        return spans.stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
    }
}
