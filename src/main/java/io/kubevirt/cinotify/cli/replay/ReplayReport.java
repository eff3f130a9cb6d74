// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.NotificationKind;
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
        WeeklyStats perWeek,
        List<SentMessage> messages,
        List<Incident> incidents,
        SortedMap<String, Integer> suppressed,
        Accounting conservation,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReplayComparison compare) {

    /**
     * A message, when it was said.
     *
     * @param person the member whom it calls; null for an edit, or where nobody is at work
     * @param audience everyone whom it names, or the channel
     * @param title what is broken; an incident's id follows from when it began, so that other settings give it another
     */
    record SentMessage(
            Instant at,
            NotificationKind kind,
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
            IncidentKind kind,
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
    record Accounting(int received, int delivered, int suppressed, int deferred, int failed, int inProgress) {

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
