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

import java.time.LocalDate;

/**
 * Days on which a member does not work, on the member's own calendar. A shift that began the evening before is worked
 * to its end.
 *
 * @param first the first day off
 * @param last the last day off, itself included
 */
public record DaysOff(LocalDate first, LocalDate last) {

    /** @throws IllegalArgumentException if the last day is before the first */
    public DaysOff {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("days off end on " + last + ", before they begin on " + first);
        }
    }

    /** Whether the day is one of them. */
    public boolean contains(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
