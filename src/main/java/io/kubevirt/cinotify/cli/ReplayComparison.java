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
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.incident.policy.MessageKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What other settings would change.
 *
 * @param perWeek the figures under the other settings
 * @param gained messages that only the other settings send
 * @param lost messages that they no longer send
 * @param perPerson how many of each, by whom they call
 */
record ReplayComparison(
        WeekFigures perWeek,
        List<ReplayReport.Said> gained,
        List<ReplayReport.Said> lost,
        SortedMap<String, Change> perPerson) {

    private static final String NOBODY = "nobody by name";

    /** What makes a message the same: its words may differ in a figure. */
    private record Identity(Instant at, MessageKind kind, String audience, String incident) {
        static Identity of(ReplayReport.Said said) {
            return new Identity(said.at(), said.kind(), said.audience(), said.incident());
        }
    }

    /** Of one person. */
    record Change(int gained, int lost) {
        Change plus(Change other) {
            return new Change(gained + other.gained, lost + other.lost);
        }
    }

    static ReplayComparison of(ReplayReport now, ReplayReport other) {
        List<ReplayReport.Said> gained = without(other.messages(), now.messages());
        List<ReplayReport.Said> lost = without(now.messages(), other.messages());
        SortedMap<String, Change> perPerson = new TreeMap<>();
        gained.forEach(said -> perPerson.merge(person(said), new Change(1, 0), Change::plus));
        lost.forEach(said -> perPerson.merge(person(said), new Change(0, 1), Change::plus));
        return new ReplayComparison(other.perWeek(), gained, lost, perPerson);
    }

    private static String person(ReplayReport.Said said) {
        return said.person() == null ? NOBODY : said.person();
    }

    /** What is in the first list and not in the second, as often as it is there more. */
    private static List<ReplayReport.Said> without(List<ReplayReport.Said> all, List<ReplayReport.Said> known) {
        Map<Identity, Integer> counts = new HashMap<>();
        known.forEach(said -> counts.merge(Identity.of(said), 1, Integer::sum));
        List<ReplayReport.Said> left = new ArrayList<>();
        for (ReplayReport.Said said : all) {
            if (counts.merge(Identity.of(said), -1, Integer::sum) < 0) {
                left.add(said);
            }
        }
        return left;
    }

    boolean isDifferent() {
        return !gained.isEmpty() || !lost.isEmpty();
    }
}
