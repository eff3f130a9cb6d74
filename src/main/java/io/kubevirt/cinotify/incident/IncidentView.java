// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident at an instant, for those who store and show it.
 *
 * @param id stable over its life, relapses included
 * @param title what it is about: a family of a repository, or the scopes of an outage
 * @param diagnosis cause, SIG and area
 * @param lanes the jobs that were red, in order
 * @param openedAt when it first opened
 * @param closedAt the end of its last stretch; null while open
 * @param runs red runs that belong to it
 * @param pulls pull requests that were hit, in order
 * @param foldedInto the outage that explains it
 * @param why what opened it
 * @param responsible the member who has it
 * @param acknowledgedBy who took it on
 * @param snoozedUntil until when it is to be quiet
 * @param latest the newest red run that belongs to it; null where it is not about runs
 * @param conversation where on GitHub it is at home, as org/repo#number; null if nowhere
 */
public record IncidentView(
        String id,
        IncidentKind kind,
        String title,
        IncidentState state,
        Diagnosis diagnosis,
        boolean blocking,
        List<String> lanes,
        Instant openedAt,
        @Nullable Instant closedAt,
        int runs,
        List<Integer> pulls,
        @Nullable String foldedInto,
        String why,
        @Nullable String responsible,
        @Nullable String acknowledgedBy,
        @Nullable Instant snoozedUntil,
        @Nullable FailedRun latest,
        @Nullable String conversation) {

    /** Copies the lists. */
    public IncidentView {
        lanes = List.copyOf(lanes);
        pulls = List.copyOf(pulls);
    }

    /** One that is at home nowhere. */
    public IncidentView(
            String id,
            IncidentKind kind,
            String title,
            IncidentState state,
            Diagnosis diagnosis,
            boolean blocking,
            List<String> lanes,
            Instant openedAt,
            @Nullable Instant closedAt,
            int runs,
            List<Integer> pulls,
            @Nullable String foldedInto,
            String why,
            @Nullable String responsible,
            @Nullable String acknowledgedBy,
            @Nullable Instant snoozedUntil,
            @Nullable FailedRun latest) {
        this(
                id,
                kind,
                title,
                state,
                diagnosis,
                blocking,
                lanes,
                openedAt,
                closedAt,
                runs,
                pulls,
                foldedInto,
                why,
                responsible,
                acknowledgedBy,
                snoozedUntil,
                latest,
                null);
    }

    /** It turned out not to have been. */
    public IncidentView retracted(Instant at, String reason) {
        return with(IncidentState.RETRACTED, closedAt == null ? at : closedAt, reason);
    }

    /** The same with one reason more. */
    IncidentView withReason(String reason) {
        return with(state, closedAt, why + "; " + reason);
    }

    private IncidentView with(IncidentState newState, @Nullable Instant end, String reason) {
        return new IncidentView(
                id,
                kind,
                title,
                newState,
                diagnosis,
                blocking,
                lanes,
                openedAt,
                end,
                runs,
                pulls,
                foldedInto,
                reason,
                responsible,
                acknowledgedBy,
                snoozedUntil,
                latest,
                conversation);
    }
}
