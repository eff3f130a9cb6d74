// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.incident.NotificationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What other settings would change.
 *
 * @param perWeek the figures under the other settings
 * @param gained messages that only the other settings send
 * @param lost messages that they no longer send
 * @param moved messages that both send, at another time
 * @param perPerson how many of each, by whom they call
 */
record ReplayComparison(
        WeeklyStats perWeek,
        List<ReplayReport.SentMessage> gained,
        List<ReplayReport.SentMessage> lost,
        List<Moved> moved,
        SortedMap<String, Change> perPerson) {

    private static final String NOBODY = "nobody by name";

    /** Further apart it is said of something else. */
    private static final Duration MAX_SHIFT = Duration.ofDays(1);

    /** What makes a message the same: its words may differ in a figure. */
    private record Identity(Instant at, NotificationKind kind, String audience, String title) {
        static Identity of(ReplayReport.SentMessage said) {
            return new Identity(said.at(), said.kind(), said.audience(), said.title());
        }
    }

    /** A message that the other settings say at another time than {@code from}. */
    record Moved(Instant from, ReplayReport.SentMessage message) {}

    /** Of one person. */
    record Change(int gained, int lost, int moved) {
        Change plus(Change other) {
            return new Change(gained + other.gained, lost + other.lost, moved + other.moved);
        }
    }

    static ReplayComparison of(ReplayReport now, ReplayReport other) {
        List<ReplayReport.SentMessage> gained = without(other.messages(), now.messages());
        List<ReplayReport.SentMessage> lost = without(now.messages(), other.messages());
        List<Moved> moved = moved(gained, lost);
        SortedMap<String, Change> perPerson = new TreeMap<>();
        gained.forEach(said -> perPerson.merge(person(said), new Change(1, 0, 0), Change::plus));
        lost.forEach(said -> perPerson.merge(person(said), new Change(0, 1, 0), Change::plus));
        moved.forEach(move -> perPerson.merge(person(move.message()), new Change(0, 0, 1), Change::plus));
        return new ReplayComparison(other.perWeek(), gained, lost, moved, perPerson);
    }

    /** Takes out of both what is the same but for its time; it may be another's turn in the SIG then. */
    private static List<Moved> moved(List<ReplayReport.SentMessage> gained, List<ReplayReport.SentMessage> lost) {
        List<Moved> moved = new ArrayList<>();
        gained.removeIf(said -> {
            Optional<ReplayReport.SentMessage> before = lost.stream()
                    .filter(was -> was.kind() == said.kind()
                            && was.title().equals(said.title())
                            && Objects.equals(was.person(), said.person())
                            && apart(was, said).compareTo(MAX_SHIFT) <= 0)
                    .min(Comparator.comparing(was -> apart(was, said)));
            before.ifPresent(was -> {
                lost.remove(was);
                moved.add(new Moved(was.at(), said));
            });
            return before.isPresent();
        });
        return moved;
    }

    private static Duration apart(ReplayReport.SentMessage one, ReplayReport.SentMessage other) {
        return Duration.between(one.at(), other.at()).abs();
    }

    private static String person(ReplayReport.SentMessage said) {
        return said.person() == null ? NOBODY : said.person();
    }

    /** What is in the first list and not in the second, as often as it is there more. */
    private static List<ReplayReport.SentMessage> without(
            List<ReplayReport.SentMessage> all, List<ReplayReport.SentMessage> known) {
        Map<Identity, Integer> counts = new HashMap<>();
        known.forEach(said -> counts.merge(Identity.of(said), 1, Integer::sum));
        List<ReplayReport.SentMessage> left = new ArrayList<>();
        for (ReplayReport.SentMessage said : all) {
            if (counts.merge(Identity.of(said), -1, Integer::sum) < 0) {
                left.add(said);
            }
        }
        return left;
    }

    boolean isDifferent() {
        return !gained.isEmpty() || !lost.isEmpty() || !moved.isEmpty();
    }
}
