// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.cli.replay.ReplayReport.SentMessage;
import io.kubevirt.cinotify.cli.replay.ReplayReport.WeeklyStats;
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

record ReplayComparison(
        WeeklyStats perWeek,
        List<SentMessage> gained,
        List<SentMessage> lost,
        List<Moved> moved,
        SortedMap<String, Change> perPerson) {
    private static final String NOBODY = "nobody by name";
    /** Messages further apart are about different failures. */
    private static final Duration MAX_SHIFT = Duration.ofDays(1);

    /** Identifies a message; its text may differ in a number. */
    private record Identity(Instant at, NotificationKind kind, String audience, String title) {
        static Identity of(SentMessage sent) {
            return new Identity(sent.at(), sent.kind(), sent.audience(), sent.title());
        }
    }

    /** A message that the current configuration sends at {@code from}. */
    record Moved(Instant from, SentMessage message) {}

    record Change(int gained, int lost, int moved) {
        Change plus(Change other) {
            return new Change(gained + other.gained, lost + other.lost, moved + other.moved);
        }
    }

    static ReplayComparison of(ReplayReport now, ReplayReport other) {
        List<SentMessage> gained = without(other.messages(), now.messages());
        List<SentMessage> lost = without(now.messages(), other.messages());
        List<Moved> moved = moved(gained, lost);
        SortedMap<String, Change> perPerson = new TreeMap<>();
        gained.forEach(sent -> perPerson.merge(person(sent), new Change(1, 0, 0), Change::plus));
        lost.forEach(sent -> perPerson.merge(person(sent), new Change(0, 1, 0), Change::plus));
        moved.forEach(move -> perPerson.merge(person(move.message()), new Change(0, 0, 1), Change::plus));
        return new ReplayComparison(other.perWeek(), gained, lost, moved, perPerson);
    }

    /** Removes from both lists the messages that differ only in time; the SIG may have another person on duty by then. */
    private static List<Moved> moved(List<SentMessage> gained, List<SentMessage> lost) {
        List<Moved> moved = new ArrayList<>();
        gained.removeIf(sent -> {
            Optional<SentMessage> before = lost.stream()
                    .filter(was -> was.kind() == sent.kind()
                            && was.title().equals(sent.title())
                            && Objects.equals(was.person(), sent.person())
                            && apart(was, sent).compareTo(MAX_SHIFT) <= 0)
                    .min(Comparator.comparing(was -> apart(was, sent)));
            before.ifPresent(was -> {
                lost.remove(was);
                moved.add(new Moved(was.at(), sent));
            });
            return before.isPresent();
        });
        return moved;
    }

    private static Duration apart(SentMessage one, SentMessage other) {
        return Duration.between(one.at(), other.at()).abs();
    }

    private static String person(SentMessage sent) {
        return sent.person() == null ? NOBODY : sent.person();
    }

    private static List<SentMessage> without(List<SentMessage> all, List<SentMessage> known) {
        Map<Identity, Integer> counts = new HashMap<>();
        known.forEach(sent -> counts.merge(Identity.of(sent), 1, Integer::sum));
        List<SentMessage> left = new ArrayList<>();
        for (SentMessage sent : all) {
            if (counts.merge(Identity.of(sent), -1, Integer::sum) < 0) {
                left.add(sent);
            }
        }
        return left;
    }

    boolean isDifferent() {
        return !gained.isEmpty() || !lost.isEmpty() || !moved.isEmpty();
    }
}
