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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentState;
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
        CaseKind kind,
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
        @Nullable RedRun latest,
        @Nullable String conversation) {

    /** Copies the lists. */
    public IncidentView {
        lanes = List.copyOf(lanes);
        pulls = List.copyOf(pulls);
    }

    /** One that is at home nowhere. */
    public IncidentView(
            String id,
            CaseKind kind,
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
            @Nullable RedRun latest) {
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
    IncidentView retracted(Instant at, String reason) {
        return with(IncidentState.RETRACTED, closedAt == null ? at : closedAt, reason);
    }

    /** The same with one reason more. */
    IncidentView because(String reason) {
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
