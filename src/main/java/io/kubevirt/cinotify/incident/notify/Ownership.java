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

/** The member who owns an incident, and the activity that the next owner must know. */
@Persisted
final class Ownership {
    private static final int MAX_ACTIVITY_ENTRIES = 12;

    /** A notification or a response. {@code runs}: the number of failed runs at that time. */
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

    void assign(@Nullable String member, int runsSoFar) {
        owner = member;
        handoffCheckAt = null;
        runsAtAssignment = runsSoFar;
    }

    void handoffCheckAt(Instant at) {
        handoffCheckAt = at;
    }

    /** Keeps only the newest entries. */
    void addActivity(Instant at, String what, int runsSoFar) {
        activity.add(new ActivityEntry(at, what, runsSoFar));
        if (activity.size() > MAX_ACTIVITY_ENTRIES) {
            activity.removeFirst();
        }
    }

    /** Whether people must do something else than at the last call. */
    boolean needChanged(DetectedIncident now) {
        String fresh = now.need() == null ? null : now.need().name();
        boolean other = need != null && fresh != null && !fresh.equals(need);
        need = fresh;
        return other;
    }

    /** Whether the reason for the need changed since the last call. */
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

    /** The number of failed runs when the owner was assigned. */
    int runsAtAssignment() {
        return runsAtAssignment;
    }

    List<ActivityEntry> activity() {
        return List.copyOf(activity);
    }
}
