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
package io.kubevirt.cinotify.diagnosis;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * That somebody already cares for a failure, as it was when the failure was looked at. Text from settings or from issues:
 * escape it.
 *
 * @param title what the issue is called
 * @param owner who cares for it
 * @param link where to follow it
 * @param until the last day on which it counts, in UTC
 * @param mute whether nobody is called because of such failures until then
 */
public record Known(String title, String owner, String link, LocalDate until, boolean mute) {

    /** The first instant at which it counts no more. */
    public Instant end() {
        return until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Whether nobody is called because of it at an instant. */
    public boolean mutesAt(Instant now) {
        return mute && now.isBefore(end());
    }

    /** The same where people are called all the same. */
    public Known told() {
        return new Known(title, owner, link, until, false);
    }

    /** What a message says of it. */
    public String sentence() {
        return "known issue \"" + title + "\": " + owner + " cares for it at " + link + ", until " + until
                + (mute ? "; such failures are muted until then" : "");
    }
}
