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
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What would have been said over a history: the contract of {@code replay --output json}.
 *
 * @param perWeek messages that interrupt a person
 * @param suppressed how many runs led to no message, by reason
 * @param compare what other settings would change; only where that was asked
 */
record ReplayReport(
        int runs,
        @Nullable Instant from,
        @Nullable Instant until,
        WeekFigures perWeek,
        List<Said> messages,
        List<Incident> incidents,
        SortedMap<String, Integer> suppressed,
        Conservation conservation,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReplayComparison compare) {

    /**
     * A message, when it was said.
     *
     * @param person the member whom it calls; null for an edit, or where nobody is at work
     * @param audience everyone whom it names, or the channel
     * @param title what is broken; an incident's id follows from when it began, so that other settings give it another
     */
    record Said(
            Instant at,
            MessageKind kind,
            @Nullable String person,
            String channel,
            String audience,
            String sig,
            String area,
            String incident,
            String text,
            @JsonIgnore String title) {}

    /** An incident as it was in the end. */
    record Incident(
            String id,
            CaseKind kind,
            String area,
            String sig,
            List<String> lanes,
            Instant openedAt,
            @Nullable Instant closedAt,
            int runs,
            int pulls,
            @Nullable String foldedInto) {

        static Incident of(IncidentView incident) {
            return new Incident(
                    incident.id(),
                    incident.kind(),
                    incident.diagnosis().area(),
                    incident.diagnosis().sig(),
                    incident.lanes(),
                    incident.openedAt(),
                    incident.closedAt(),
                    incident.runs(),
                    incident.pulls().size(),
                    incident.foldedInto());
        }
    }

    /** Where every run is: {@code received} is the sum of the others. */
    record Conservation(int received, int delivered, int suppressed, int deferred, int failed, int inProgress) {

        boolean holds() {
            return received == delivered + suppressed + deferred + failed + inProgress;
        }
    }

    ReplayReport comparedTo(ReplayReport other) {
        return new ReplayReport(
                runs,
                from,
                until,
                perWeek,
                messages,
                incidents,
                suppressed,
                conservation,
                ReplayComparison.of(this, other));
    }
}
