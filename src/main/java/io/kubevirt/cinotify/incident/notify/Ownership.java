// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.Persisted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who of the group has an incident, and what was said and done until then; what a successor must know. */
@Persisted
final class Ownership {

    private static final int MAX_ACTIVITY_ENTRIES = 12;

    /**
     * Something that was said or done.
     *
     * @param runs how many red runs the incident had then
     */
    record ActivityEntry(Instant at, String what, int runs) {}

    @JsonAlias("keeper")
    private @Nullable String owner;

    @JsonAlias("look")
    private @Nullable Instant handoffCheckAt;

    @JsonAlias("runs")
    private int runsAtAssignment;

    private @Nullable String need;
    private @Nullable String why;

    @JsonAlias("deeds")
    private final List<ActivityEntry> activity = new ArrayList<>();

    /** A member has it from now on; null if nobody has. */
    void assign(@Nullable String member, int runsSoFar) {
        owner = member;
        handoffCheckAt = null;
        runsAtAssignment = runsSoFar;
    }

    /** When it is to be asked again who has it. */
    void handoffCheckAt(Instant at) {
        handoffCheckAt = at;
    }

    /** Only the newest are kept. */
    void addActivity(Instant at, String what, int runsSoFar) {
        activity.add(new ActivityEntry(at, what, runsSoFar));
        if (activity.size() > MAX_ACTIVITY_ENTRIES) {
            activity.removeFirst();
        }
    }

    /** Whether it needs something else of people than when this was last asked. */
    boolean needChanged(DetectedIncident now) {
        String fresh = now.need() == null ? null : now.need().name();
        boolean other = need != null && fresh != null && !fresh.equals(need);
        need = fresh;
        return other;
    }

    /** Whether it needs the same for another reason than when this was last asked. */
    boolean reasonChanged(DetectedIncident now) {
        String fresh = now.need() == null ? null : now.why();
        boolean other = why != null && fresh != null && !fresh.equals(why);
        why = fresh;
        return other;
    }

    @Nullable String owner() {
        return owner;
    }

    @Nullable Instant handoffCheckAt() {
        return handoffCheckAt;
    }

    /** How many red runs the incident had when the keeper got it. */
    int runsAtAssignment() {
        return runsAtAssignment;
    }

    List<ActivityEntry> activity() {
        return List.copyOf(activity);
    }
}
