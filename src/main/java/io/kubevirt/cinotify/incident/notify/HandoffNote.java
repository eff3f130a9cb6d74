// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What the next person must know: what is broken since when, what was said and done, and what has happened since. */
final class HandoffNote {

    private HandoffNote() {}

    static String of(DetectedIncident about, Ownership keeping) {
        List<String> lines = new ArrayList<>();
        lines.add(about.title() + " is still open, and the working hours of " + keeping.owner() + " are over");
        lines.add("since " + minute(about.openedAt()) + ": " + about.why());
        keeping.activity().forEach(deed -> lines.add(minute(deed.at()) + ": " + deed.what()));
        if (about.runs() > 0) {
            int since = about.runs() - keeping.runsAtAssignment();
            lines.add(
                    runs(about.runs()) + " in all, " + (since == 0 ? "none" : String.valueOf(since)) + " of them since "
                            + keeping.owner() + " has it; the last failed at " + minute(about.lastFailure()));
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
