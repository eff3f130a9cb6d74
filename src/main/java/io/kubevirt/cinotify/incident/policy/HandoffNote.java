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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What the next person must know: what is broken since when, what was said and done, and what has happened since. */
final class HandoffNote {

    private HandoffNote() {}

    static String of(Case about, Keeping keeping) {
        List<String> lines = new ArrayList<>();
        lines.add(about.title() + " is still open, and the working hours of " + keeping.keeper() + " are over");
        lines.add("since " + minute(about.openedAt()) + ": " + about.why());
        keeping.deeds().forEach(deed -> lines.add(minute(deed.at()) + ": " + deed.what()));
        if (about.runs() > 0) {
            int since = about.runs() - keeping.runs();
            lines.add(
                    runs(about.runs()) + " in all, " + (since == 0 ? "none" : String.valueOf(since)) + " of them since "
                            + keeping.keeper() + " has it; the last failed at " + minute(about.lastFailure()));
        }
        return String.join("\n", lines);
    }

    private static String runs(int runs) {
        return runs + (runs == 1 ? " red run" : " red runs");
    }

    private static Instant minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES);
    }
}
