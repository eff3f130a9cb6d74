// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.IncidentKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What has been seen to go wrong before. */
public interface OpenProblems {

    /**
     * A problem that was raised and not cleared.
     *
     * @param subject the job or cluster; {@link StalenessDetector#EVERYWHERE} for Prow itself
     * @param rule by which it was seen
     */
    record OpenProblem(IncidentKind kind, String subject, Instant openedAt, String rule) {}

    /** What a problem is about, by its title. */
    static String subjectOf(IncidentKind kind, String title) {
        return title.substring(
                title.startsWith(kind.value() + " ") ? kind.value().length() + 1 : 0);
    }

    /** All that stand, of a kind, oldest first. */
    List<OpenProblem> open(IncidentKind kind);

    /** When the last problem of each subject of a kind was over; subjects without one are missing. */
    Map<String, Instant> lastClosed(IncidentKind kind);
}
