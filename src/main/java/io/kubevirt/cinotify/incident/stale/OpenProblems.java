// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.IncidentKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The problems that earlier checks raised. */
public interface OpenProblems {
    /**
     * A problem that was raised and not cleared. {@code subject}: the job or cluster; {@link
     * StalenessDetector#EVERYWHERE} for Prow itself.
     */
    record OpenProblem(IncidentKind kind, String subject, Instant openedAt, String rule) {}

    static String subjectOf(IncidentKind kind, String title) {
        return title.substring(
                title.startsWith(kind.value() + " ") ? kind.value().length() + 1 : 0);
    }

    /** All open problems of a kind, oldest first. */
    List<OpenProblem> open(IncidentKind kind);

    /** When the last problem of each subject was closed; subjects without one are absent. */
    Map<String, Instant> lastClosed(IncidentKind kind);
}
