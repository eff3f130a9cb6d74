// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A problem that another detector reports: a job that does not start, a bump pull request, an unhealthy node.
 *
 * @param key identifies the problem; at most one incident per key is open
 * @param why what shows it, as a sentence without the full stop
 * @param lanes the jobs that it names
 * @param conversation the GitHub issue or pull request it belongs to, as org/repo#number
 * @param need what people must do; null if that never changes
 * @param runs ids of the failed runs that it explains; they no longer count for their lanes, and those of other jobs than it
 *     names stay unnamed
 */
public record ReportedProblem(
        IncidentKind kind,
        String key,
        String title,
        Diagnosis diagnosis,
        boolean blocking,
        String why,
        List<String> lanes,
        @Nullable String conversation,
        @Nullable Need need,
        List<String> runs) {
    /**
     * What people must do; when it changes, they are notified again. {@code mayWait}: whether no acknowledgement is
     * expected.
     */
    public record Need(String name, boolean mayWait) {}

    /** Copies the lists; runs are missing in documents of old versions. */
    public ReportedProblem {
        lanes = List.copyOf(lanes);
        runs = List.copyOf(Objects.requireNonNullElse(runs, List.of()));
    }

    /** With a need that never changes. */
    public ReportedProblem(
            IncidentKind kind,
            String key,
            String title,
            Diagnosis diagnosis,
            boolean blocking,
            String why,
            List<String> lanes,
            @Nullable String conversation) {
        this(kind, key, title, diagnosis, blocking, why, lanes, conversation, null, List.of());
    }
}
