// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From where on a message is required, as it is written; what is left out has its default. Times as {@code 24h}, shares in
 * per cent.
 */
public record IncidentsBlock(
        @JsonPropertyDescription("When a lane of pull requests is broken.") @Nullable Presubmits presubmits,

        @JsonPropertyDescription(
                "When a lane's twins on release branches and other Kubernetes versions are, counted together.")
        @Nullable Families families,

        @JsonPropertyDescription("How many failures in a row open an incident of the other types.") @Nullable InARow inARow,

        @JsonPropertyDescription("When an incident is over.") @Nullable Closing closing,

        @JsonPropertyDescription("When what comes back is still the same incident.") @Nullable Reopening reopening,

        @JsonPropertyDescription("How long a lane waits for something larger to form.") @Nullable Hold hold,

        @JsonPropertyDescription("When many red lanes are the affair of their one pull request.") @Nullable OnePull onePull,

        @JsonPropertyDescription("When many pull requests are struck by the same.") @Nullable Burst burst,

        @JsonPropertyDescription("When a build cluster is the cause.") @Nullable Clusters clusters,

        @JsonPropertyDescription("When an outage is over.") @Nullable Outages outages,

        @JsonPropertyDescription("How much of their working time members of each level may be silent.") @Nullable Escalation escalation,

        @JsonPropertyDescription("What differs in a repository, by org/name.") @Nullable Map<String, Own> repositories,

        @JsonPropertyDescription("What differs for a job, by its name; wins over the repository.") @Nullable Map<String, Own> jobs) {

    /** When a lane of pull requests is broken. */
    public record Presubmits(
            @JsonPropertyDescription("Red on so many distinct pull requests.") @Nullable Integer pulls,

            @JsonPropertyDescription("Within this time.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration window,

            @JsonPropertyDescription("And this share of its finished runs is red.") @Nullable Integer share) {}

    /** When a family is broken. */
    public record Families(
            @JsonPropertyDescription("Red on so many distinct pull requests.") @Nullable Integer pulls,

            @JsonPropertyDescription("Within this time.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration window,

            @JsonPropertyDescription("Over so many branches the longer window of presubmits counts.") @Nullable Integer branches) {}

    /** Failures in a row. */
    public record InARow(
            @JsonPropertyDescription("Of a periodic.") @Nullable Integer periodic,

            @JsonPropertyDescription("Of a periodic that runs once a day or less.") @Nullable Integer dailyPeriodic,

            @JsonPropertyDescription("Of a postsubmit.") @Nullable Integer postsubmit,

            @JsonPropertyDescription("Of a batch.") @Nullable Integer batch) {}

    /** When an incident is over. */
    public record Closing(
            @JsonPropertyDescription("Green on so many distinct pull requests.") @Nullable Integer pulls,

            @JsonPropertyDescription("Or without a red run for so long.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration quiet,

            @JsonPropertyDescription("The same for other types than presubmits.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration stale) {}

    /** When what comes back is still the same. */
    public record Reopening(
            @JsonPropertyDescription("What comes back so soon after its end.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration within,

            @JsonPropertyDescription("Unless the last word is so old.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration speakAgainAfter,

            @JsonPropertyDescription("A branch that nobody was told of is worth a word if the last is so old.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration newBranchAfter) {}

    /** The wait for something larger. */
    public record Hold(
            @JsonPropertyDescription("How long a message waits.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration time,

            @JsonPropertyDescription("So many families that wait together are an outage.") @Nullable Integer pileUp) {}

    /** One pull request with many red lanes. */
    public record OnePull(
            @JsonPropertyDescription("So many lanes.") @Nullable Integer lanes,

            @JsonPropertyDescription("Within this time.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration window,

            @JsonPropertyDescription("For how long its further failures are read the same way.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration keep) {}

    /** Many struck pull requests. */
    public record Burst(
            @JsonPropertyDescription("So many pull requests.") @Nullable Integer pulls,

            @JsonPropertyDescription("With so many red lanes each.") @Nullable Integer lanesEach,

            @JsonPropertyDescription("And so many lanes among them.") @Nullable Integer lanes,

            @JsonPropertyDescription("Within this time.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration window,

            @JsonPropertyDescription("Of the pull requests with a finished run this share is struck.") @Nullable Integer share) {}

    /** A build cluster in trouble. */
    public record Clusters(
            @JsonPropertyDescription("So many runs in state error.") @Nullable Integer errors,

            @JsonPropertyDescription("Within this time.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration window,

            @JsonPropertyDescription("Or so many red lanes.") @Nullable Integer lanes,

            @JsonPropertyDescription("Of so many pull requests or jobs.") @Nullable Integer subjects,

            @JsonPropertyDescription("With this share of its finished runs red.") @Nullable Integer share) {}

    /** When an outage is over. */
    public record Outages(
            @JsonPropertyDescription("So long after it last showed itself.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration endAfter,

            @JsonPropertyDescription("What follows so soon is the same outage.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration goesOnWithin) {}

    /** Silence, by level, in the told member's working time. */
    public record Escalation(
            @JsonPropertyDescription("Until the primary is taken to be silent.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration primary,

            @JsonPropertyDescription("Until the secondary is taken to be silent.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration secondary,

            @JsonPropertyDescription("Until the backup is taken to be silent.")
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration backup) {}

    /** What differs. */
    public record Own(
            @JsonPropertyDescription("Failures in a row, or distinct pull requests of a presubmit.") @Nullable Integer failures,

            @JsonPropertyDescription("The share of its finished runs that is red.") @Nullable Integer share,

            @JsonPropertyDescription("Green on so many distinct pull requests closes it.") @Nullable Integer closePulls,

            @JsonPropertyDescription("Nothing is said of it for a while.") @Nullable Mute mute) {}

    /** A silence that somebody asked for: it has an end, and should have a reason. */
    public record Mute(
            @JsonPropertyDescription("Its end, as 2026-12-24 or 2026-12-24T10:00:00Z.") @Nullable String until,

            @JsonPropertyDescription("Why.") @Nullable String because) {}
}
