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
package io.kubevirt.cinotify.incident.policy;

import java.time.Instant;
import java.util.Comparator;

/**
 * Something to be done at an instant.
 *
 * @param key of what: a family, or the key of a case
 */
record Timer(Instant at, Kind kind, String key) implements Comparable<Timer> {

    /** In the order in which they come at the same instant: what ends does so before anybody is told of it. */
    enum Kind {
        /** A family has waited for something larger. */
        HELD,
        /** An outage has not shown itself for long enough. */
        OUTAGE_END,
        /** A lane has been quiet for long enough. */
        QUIET,
        /** What somebody cares for explains a lane no more. */
        MUTE_END,
        /** A closed incident is too old to go on. */
        FORGET,
        /** A member begins to work: what waited is said. */
        DUE,
        /** A snooze is over. */
        SNOOZE_END,
        /** A member has not answered in time. */
        UNANSWERED,
        /** The working hours of whoever has it are over, or the next person's begin. */
        HANDOFF
    }

    private static final Comparator<Timer> ORDER =
            Comparator.comparing(Timer::at).thenComparing(Timer::kind).thenComparing(Timer::key);

    @Override
    public int compareTo(Timer other) {
        return ORDER.compare(this, other);
    }
}
