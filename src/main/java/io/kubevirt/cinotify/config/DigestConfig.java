// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.digest.GroomingLabel;
import io.kubevirt.cinotify.prow.Repository;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is put together before meetings.
 *
 * @param zone of the meetings
 * @param holidays on which none is held
 * @param taskforce the state of CI
 * @param grooming the open issues
 * @param sigs the state of CI for a SIG, by its short name
 */
public record DigestConfig(
        @JsonProperty(required = true)
        @JsonPropertyDescription("IANA time zone of the meetings, such as Europe/Berlin.")
        String zone,

        @JsonPropertyDescription("Days on which no meeting is held, as 2026-12-25: nothing is sent for it.")
        List<LocalDate> holidays,

        @JsonPropertyDescription("The state of CI since the last meeting.") @Nullable Series taskforce,

        @JsonPropertyDescription("The open issues by the label that says who can do them.") @Nullable Grooming grooming,

        @JsonPropertyDescription("The state of CI for a SIG that wants it, by its short name.")
        Map<String, Series> sigs) {

    /** Copies the collections; absent ones become empty. */
    public DigestConfig {
        holidays = holidays == null ? List.of() : List.copyOf(holidays);
        sigs = sigs == null ? Map.of() : Map.copyOf(sigs);
    }

    /** When and where one is sent. */
    public record Series(
            @JsonProperty(required = true) @JsonPropertyDescription("The day of the week, such as monday.")
            String day,

            @JsonProperty(required = true) @JsonPropertyDescription("The time of the day, as 09:30.")
            String time,

            @JsonPropertyDescription("From one to the next, in weeks; 1 if absent.") @Nullable Integer weeks,

            @JsonPropertyDescription("A day in a week in which it is sent; needed where weeks is above 1.") @Nullable LocalDate from,

            @JsonPropertyDescription("Where it is sent; nowhere if absent.")
            List<Destination> to) {

        /** Copies the places; absent ones become empty. */
        public Series {
            to = to == null ? List.of() : List.copyOf(to);
        }
    }

    /** The same, with what the issues are looked at by. */
    public record Grooming(
            @JsonProperty(required = true) @JsonPropertyDescription("When and where it is sent.")
            Series series,

            @JsonProperty(required = true) @JsonPropertyDescription("Repositories whose open issues are listed.")
            List<Repository> repositories,

            @JsonProperty(required = true)
            @JsonPropertyDescription("The labels, in order: where several speak for an issue, the first is proposed.")
            List<GroomingLabel> labels,

            @JsonPropertyDescription("The label that is proposed where nothing speaks for any; needs-triage if absent.")
            @Nullable String triage) {

        /** Copies the lists. */
        public Grooming {
            repositories = repositories == null ? List.of() : List.copyOf(repositories);
            labels = labels == null ? List.of() : List.copyOf(labels);
        }

        String triageLabel() {
            return triage == null ? "needs-triage" : triage;
        }
    }

    /** One place of one channel. */
    public record Destination(
            @JsonProperty(required = true) @JsonPropertyDescription("console, slack, github, jira or webhook.")
            String channel,

            @JsonProperty(required = true)
            @JsonPropertyDescription("In the channel's own words: a Slack channel, org/repo#number, a webhook's name.")
            String place) {}
}
