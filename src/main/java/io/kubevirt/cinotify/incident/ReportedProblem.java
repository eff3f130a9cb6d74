// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody must know of, seen by others than the policy: what does not run, a pull request of a robot, a
 * node.
 *
 * @param key what tells it from others; of each at most one is open
 * @param title what it is about, as people are told
 * @param diagnosis cause, SIG and area
 * @param blocking whether it keeps pull requests from merging
 * @param why what shows it, as a sentence without the final stop
 * @param lanes the jobs that it concerns
 * @param conversation where on GitHub it is at home, as org/repo#number; null if nowhere
 * @param need what it needs of people; null if that never changes
 * @param runs the identities of the red runs that it explains: their lanes do not tell of them
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
     * What it needs of people: once that is something else, they are told again.
     *
     * @param mayWait nobody is expected to answer as long as this is all
     */
    public record Need(String name, boolean mayWait) {}

    /** Copies the lists; what was written before problems explained anything explains nothing. */
    public ReportedProblem {
        lanes = List.copyOf(lanes);
        runs = List.copyOf(Objects.requireNonNullElse(runs, List.of()));
    }

    /** One that is at home nowhere. */
    public ReportedProblem(
            IncidentKind kind,
            String key,
            String title,
            Diagnosis diagnosis,
            boolean blocking,
            String why,
            List<String> lanes) {
        this(kind, key, title, diagnosis, blocking, why, lanes, null);
    }

    /** One that needs the same all the time. */
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
