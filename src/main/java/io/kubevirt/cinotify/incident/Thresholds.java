// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code incidents}: when failures become an incident, and when it closes. Shares are percentages. The defaults
 * were measured on the history of one large repository; docs/alerting.md has the reason for each.
 *
 * <p>Every group fills in the defaults of its missing keys, so components are boxed but never null.
 */
@SuppressWarnings("NullAway") // An absent key arrives as null; the constructor puts its default.
public record Thresholds(
        @JsonPropertyDescription("When a presubmit lane opens an incident.")
        Presubmits presubmits,

        @JsonPropertyDescription(
                "When a family opens an incident: a lane together with its variants on other branches and Kubernetes"
                        + " versions.")
        Families families,

        @JsonPropertyDescription("Consecutive failures that open an incident for the other job types.")
        InARow inARow,

        @JsonPropertyDescription("When an incident closes.") Closing closing,

        @JsonPropertyDescription("When a failure reopens a closed incident instead of opening a new one.")
        Reopening reopening,

        @JsonPropertyDescription(
                "When failures of another class than those of the open incident are a problem of their own.")
        OtherClass otherClass,

        @JsonPropertyDescription("When an announced incident is so much worse that it is notified again.")
        Intensity intensity,

        @JsonPropertyDescription("How long a new incident is deferred, in case it is part of an outage.")
        Hold hold,

        @JsonPropertyDescription("When many failing lanes are attributed to their one pull request.")
        OnePull onePull,

        @JsonPropertyDescription("When failures on many pull requests form an outage.")
        Burst burst,

        @JsonPropertyDescription("When failures with one cause in the infrastructure form an outage without a burst.")
        SlowOutages slowOutages,

        @JsonPropertyDescription("When failures on one build cluster form an outage.")
        Clusters clusters,

        @JsonPropertyDescription("When an outage ends.") Outages outages,

        @JsonPropertyDescription(
                "Working time of the notified member without an acknowledgement before the incident escalates, by"
                        + " level.")
        Escalation escalation,

        @JsonPropertyDescription("Thresholds for a repository, by org/repo.")
        Map<String, Override> repositories,

        @JsonPropertyDescription("Thresholds for a job, by name; they take precedence over those of its repository.")
        Map<String, Override> jobs) {
    public Thresholds {
        presubmits = presubmits == null ? new Presubmits(null, null, null) : presubmits;
        families = families == null ? new Families(null, null, null) : families;
        inARow = inARow == null ? new InARow(null, null, null, null) : inARow;
        closing = closing == null ? new Closing(null, null, null) : closing;
        reopening = reopening == null ? new Reopening(null, null, null) : reopening;
        otherClass = otherClass == null ? new OtherClass(null) : otherClass;
        intensity = intensity == null ? new Intensity(null, null, null) : intensity;
        hold = hold == null ? new Hold(null, null) : hold;
        onePull = onePull == null ? new OnePull(null, null, null) : onePull;
        burst = burst == null ? new Burst(null, null, null, null, null) : burst;
        slowOutages = slowOutages == null ? new SlowOutages(null, null, null, null) : slowOutages;
        clusters = clusters == null ? new Clusters(null, null, null, null, null) : clusters;
        outages = outages == null ? new Outages(null, null) : outages;
        escalation = escalation == null ? new Escalation(null, null, null) : escalation;
        repositories = ConfigCollections.orEmpty(repositories);
        jobs = ConfigCollections.orEmpty(jobs);
    }

    public static final Thresholds DEFAULTS = new Thresholds(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** Reports values that make no sense, alone or together. */
    public void check(ConfigValidator check) {
        new ThresholdValidator(this, check).check();
    }

    public record Presubmits(
            @JsonPropertyDescription("Number of distinct pull requests on which the lane fails.")
            Integer pulls,

            @JsonPropertyDescription("Period in which these failures are counted.")
            Duration window,

            @JsonPropertyDescription("Percentage of the lane's finished runs in this period that must have failed.")
            Integer share) {
        public Presubmits {
            pulls = pulls == null ? 3 : pulls;
            window = window == null ? Duration.ofHours(24) : window;
            share = share == null ? 30 : share;
        }
    }

    public record Families(
            @JsonPropertyDescription("Number of distinct pull requests on which lanes of the family fail.")
            Integer pulls,

            @JsonPropertyDescription("Period in which these failures are counted.")
            Duration window,

            @JsonPropertyDescription(
                    "Number of branches with failures from which presubmits.window is used instead of window.")
            Integer branches) {
        public Families {
            pulls = pulls == null ? 3 : pulls;
            window = window == null ? Duration.ofHours(12) : window;
            branches = branches == null ? 3 : branches;
        }
    }

    public record InARow(
            @JsonPropertyDescription("For a periodic job.") Integer periodic,

            @JsonPropertyDescription("For a periodic job that runs once a day or less often.")
            Integer dailyPeriodic,

            @JsonPropertyDescription("For a postsubmit job.")
            Integer postsubmit,

            @JsonPropertyDescription("For a batch job.") Integer batch) {
        public InARow {
            periodic = periodic == null ? 2 : periodic;
            dailyPeriodic = dailyPeriodic == null ? 1 : dailyPeriodic;
            postsubmit = postsubmit == null ? 1 : postsubmit;
            batch = batch == null ? 3 : batch;
        }
    }

    /** The end of an incident; job types other than presubmits also close on one success. */
    public record Closing(
            @JsonPropertyDescription("Number of distinct pull requests on which a presubmit lane passes.")
            Integer pulls,

            @JsonPropertyDescription(
                    "Time without a failure after which an incident of a presubmit lane closes anyway.")
            Duration presubmitsAfter,

            @JsonPropertyDescription(
                    "Time without a failure after which an incident of another job type closes anyway.")
            Duration othersAfter) {
        public Closing {
            pulls = pulls == null ? 2 : pulls;
            presubmitsAfter = presubmitsAfter == null ? Duration.ofHours(48) : presubmitsAfter;
            othersAfter = othersAfter == null ? Duration.ofDays(7) : othersAfter;
        }
    }

    /** Failures after the end of an incident. */
    public record Reopening(
            @JsonPropertyDescription("Time after the end in which a failure reopens the incident.")
            Duration within,

            @JsonPropertyDescription(
                    "A reopened incident is notified again if its last notification is older than this.")
            Duration notifyAgainAfter,

            @JsonPropertyDescription(
                    "A failure on another branch is notified if the incident's last notification is older than this.")
            Duration newBranchAfter) {
        public Reopening {
            within = within == null ? Duration.ofHours(72) : within;
            notifyAgainAfter = notifyAgainAfter == null ? Duration.ofDays(14) : notifyAgainAfter;
            newBranchAfter = newBranchAfter == null ? Duration.ofHours(72) : newBranchAfter;
        }
    }

    /** Failures behind an open incident that it does not explain. */
    public record OtherClass(
            @JsonPropertyDescription(
                    "Number of distinct pull requests with such failures, besides the thresholds of the lane.")
            Integer pulls) {
        public OtherClass {
            pulls = pulls == null ? 3 : pulls;
        }
    }

    /** How much worse an announced incident must be; all of it must hold. */
    public record Intensity(
            @JsonPropertyDescription(
                    "How many times the pull requests of the last notification must fail within presubmits.window.")
            Integer factor,

            @JsonPropertyDescription(
                    "Greatest chance, in percent, of as many failing pull requests and runs by the average of the"
                            + " trailing time.")
            Integer chance,

            @JsonPropertyDescription("Trailing time that the average is of, in whole days.")
            Duration trailing) {
        public Intensity {
            factor = factor == null ? 2 : factor;
            chance = chance == null ? 1 : chance;
            trailing = trailing == null ? Duration.ofDays(28) : trailing;
        }
    }

    public record Hold(
            @JsonPropertyDescription("How long the notification of a new incident is deferred.")
            Duration time,

            @JsonPropertyDescription("Number of families deferred at the same time that together form an outage.")
            Integer outageFamilies) {
        public Hold {
            time = time == null ? Duration.ofMinutes(10) : time;
            outageFamilies = outageFamilies == null ? 5 : outageFamilies;
        }
    }

    public record OnePull(
            @JsonPropertyDescription("Number of failing lanes of the pull request.")
            Integer lanes,

            @JsonPropertyDescription("Period in which these failures are counted.")
            Duration window,

            @JsonPropertyDescription("How long further failures of this pull request are attributed to it.")
            Duration keep) {
        public OnePull {
            lanes = lanes == null ? 5 : lanes;
            window = window == null ? Duration.ofHours(1) : window;
            keep = keep == null ? Duration.ofHours(24) : keep;
        }
    }

    public record Burst(
            @JsonPropertyDescription("Number of affected pull requests.")
            Integer pulls,

            @JsonPropertyDescription("Number of failing lanes from which a pull request counts as affected.")
            Integer lanesEach,

            @JsonPropertyDescription("Number of distinct failing lanes over all affected pull requests.")
            Integer lanes,

            @JsonPropertyDescription("Period in which these failures are counted.")
            Duration window,

            @JsonPropertyDescription("Percentage of the pull requests with a finished run that must be affected.")
            Integer share) {
        public Burst {
            pulls = pulls == null ? 3 : pulls;
            lanesEach = lanesEach == null ? 2 : lanesEach;
            lanes = lanes == null ? 8 : lanes;
            window = window == null ? Duration.ofHours(3) : window;
            share = share == null ? 50 : share;
        }
    }

    /** One cause in the infrastructure that many lanes show over a day. */
    public record SlowOutages(
            @JsonPropertyDescription("Number of affected pull requests and jobs without one.")
            Integer pulls,

            @JsonPropertyDescription("Number of distinct failing lanes.")
            Integer lanes,

            @JsonPropertyDescription("Period in which these failures are counted.")
            Duration window,

            @JsonPropertyDescription("Time without a failure with this cause after which the outage ends.")
            Duration endAfter) {
        public SlowOutages {
            pulls = pulls == null ? 5 : pulls;
            lanes = lanes == null ? 6 : lanes;
            window = window == null ? Duration.ofHours(24) : window;
            endAfter = endAfter == null ? Duration.ofHours(24) : endAfter;
        }
    }

    /** An outage seen on one build cluster: {@code errors}, or {@code lanes} of {@code subjects} with {@code share}. */
    public record Clusters(
            @JsonPropertyDescription("Number of runs in state error that is sufficient.")
            Integer errors,

            @JsonPropertyDescription("Period in which runs are counted.")
            Duration window,

            @JsonPropertyDescription("Otherwise, the number of failing lanes.")
            Integer lanes,

            @JsonPropertyDescription("Number of pull requests and jobs to which these lanes must belong.")
            Integer subjects,

            @JsonPropertyDescription("Percentage of the cluster's finished runs that must have failed.")
            Integer share) {
        public Clusters {
            errors = errors == null ? 5 : errors;
            window = window == null ? Duration.ofMinutes(30) : window;
            lanes = lanes == null ? 20 : lanes;
            subjects = subjects == null ? 3 : subjects;
            share = share == null ? 50 : share;
        }
    }

    public record Outages(
            @JsonPropertyDescription("Time without a sign of the outage after which it ends.")
            Duration endAfter,

            @JsonPropertyDescription("Time after the end in which a similar outage counts as the same one.")
            Duration resumeWithin) {
        public Outages {
            endAfter = endAfter == null ? Duration.ofHours(3) : endAfter;
            resumeWithin = resumeWithin == null ? Duration.ofMinutes(30) : resumeWithin;
        }
    }

    public record Escalation(
            @JsonPropertyDescription("Before the incident escalates from the primary.")
            Duration primary,

            @JsonPropertyDescription("Before the incident escalates from the secondary.")
            Duration secondary,

            @JsonPropertyDescription("Before the incident escalates from the backup.")
            Duration backup) {
        public Escalation {
            primary = primary == null ? Duration.ofHours(4) : primary;
            secondary = secondary == null ? Duration.ofHours(4) : secondary;
            backup = backup == null ? Duration.ofHours(4) : backup;
        }

        public Duration timeoutOf(Level level) {
            return switch (level) {
                case PRIMARY -> primary;
                case SECONDARY -> secondary;
                case BACKUP -> backup;
            };
        }
    }

    /** Thresholds of a repository or a job; null for those that are inherited. */
    public record Override(
            @JsonPropertyDescription("Consecutive failures, or for a presubmit distinct pull requests with a failure.")
            @Nullable Integer failures,

            @JsonPropertyDescription("Percentage of the lane's finished runs that must have failed.") @Nullable Integer share,

            @JsonPropertyDescription("Distinct pull requests with a success that close the incident.") @Nullable Integer closePulls,

            @JsonPropertyDescription("Sends no notifications until a date.") @Nullable Mute mute) {
        /** The instant until which notifications are muted; null if they are not. */
        public @Nullable Instant muteUntil() {
            return mute == null || mute.until() == null
                    ? null
                    : Mute.parseEnd(mute.until()).orElse(null);
        }
    }

    /** A mute; it must have an end. */
    public record Mute(
            @JsonPropertyDescription("End of the mute, as 2026-12-24 or 2026-12-24T10:00:00Z.") @Nullable String until,

            @JsonPropertyDescription("Reason, for the reader of the file.") @Nullable String because) {
        /** A date, meaning its start in UTC, or an instant; empty for any other text. */
        public static Optional<Instant> parseEnd(String text) {
            String date = text.strip();
            try {
                return Optional.of(
                        date.contains("T")
                                ? Instant.parse(date)
                                : LocalDate.parse(date)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .toInstant());
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }
}
