// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.roster.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From where on a message is required, and for how long. Shares are in per cent. The defaults were measured on the real
 * history of one large repository; docs/decide.md has the reason of each.
 *
 * @param presubmits when a lane of pull requests is broken
 * @param families when twins and versions of a lane together are
 * @param inARow how many failures in a row the other types are allowed
 * @param closing when it is over
 * @param reopening when what comes back is still the same
 * @param hold how long a lane waits for something larger
 * @param onePull when many red lanes are one pull request's
 * @param burst when many pull requests are struck by the same
 * @param clusters when a build cluster is the cause
 * @param outages when an outage is over
 * @param escalation how long a member may be silent
 * @param repositories what differs in a repository, by {@code org/name}
 * @param jobs what differs for a job, by its name; wins over the repository
 */
public record Thresholds(
        Presubmits presubmits,
        Families families,
        InARow inARow,
        Closing closing,
        Reopening reopening,
        Hold hold,
        OnePull onePull,
        Burst burst,
        Clusters clusters,
        Outages outages,
        Escalation escalation,
        Map<String, Override> repositories,
        Map<String, Override> jobs) {

    /** What holds where nothing else is said. */
    public static final Thresholds DEFAULTS = new Thresholds(
            new Presubmits(3, Duration.ofHours(24), 30),
            new Families(3, Duration.ofHours(12), 3),
            new InARow(2, 1, 1, 3),
            new Closing(2, Duration.ofHours(48), Duration.ofDays(7)),
            new Reopening(Duration.ofHours(72), Duration.ofDays(14), Duration.ofHours(72)),
            new Hold(Duration.ofMinutes(10), 5),
            new OnePull(5, Duration.ofHours(1), Duration.ofHours(24)),
            new Burst(3, 2, 8, Duration.ofHours(3), 50),
            new Clusters(5, Duration.ofMinutes(30), 20, 3, 50),
            new Outages(Duration.ofHours(3), Duration.ofMinutes(30)),
            new Escalation(Duration.ofHours(4), Duration.ofHours(4), Duration.ofHours(4)),
            Map.of(),
            Map.of());

    /** Copies the maps. */
    public Thresholds {
        repositories = Map.copyOf(repositories);
        jobs = Map.copyOf(jobs);
    }

    /** The same, with what differs for repositories and jobs. */
    public Thresholds with(Map<String, Override> ofRepositories, Map<String, Override> ofJobs) {
        return new Thresholds(
                presubmits,
                families,
                inARow,
                closing,
                reopening,
                hold,
                onePull,
                burst,
                clusters,
                outages,
                escalation,
                ofRepositories,
                ofJobs);
    }

    /** @param pulls distinct pull requests within the window; share of the lane's finished runs that must be red */
    public record Presubmits(int pulls, Duration window, int share) {}

    /** @param branches so many branches count over the lanes' window instead of the family's own */
    public record Families(int pulls, Duration window, int branches) {}

    /** @param dailyPeriodic for periodics with a day or more between two runs */
    public record InARow(int periodic, int dailyPeriodic, int postsubmit, int batch) {}

    /**
     * @param pulls distinct green pull requests; other types close on one success
     * @param quiet without a red run, for presubmits
     * @param stale without a red run, for the other types
     */
    public record Closing(int pulls, Duration quiet, Duration stale) {}

    /**
     * @param within what comes back so soon is the same incident
     * @param speakAgainAfter unless the last word is so old
     * @param newBranchAfter a branch that nobody was told of is worth a word if the last is older
     */
    public record Reopening(Duration within, Duration speakAgainAfter, Duration newBranchAfter) {}

    /** @param pileUp so many families that wait at the same time are one outage */
    public record Hold(Duration time, int pileUp) {}

    /** @param keep for how long further failures of the pull request are read as the same */
    public record OnePull(int lanes, Duration window, Duration keep) {}

    /**
     * @param pulls struck pull requests
     * @param lanesEach red lanes that make a pull request struck
     * @param lanes red lanes among them
     * @param share of the pull requests with a finished run that must be struck
     */
    public record Burst(int pulls, int lanesEach, int lanes, Duration window, int share) {}

    /**
     * @param errors runs that the cluster could not run
     * @param lanes or so many red lanes
     * @param subjects of so many pull requests or jobs
     * @param share of its finished runs that must be red then
     */
    public record Clusters(int errors, Duration window, int lanes, int subjects, int share) {}

    /**
     * @param endAfter so long after it last showed itself
     * @param goesOnWithin what follows so soon is the same outage
     */
    public record Outages(Duration endAfter, Duration goesOnWithin) {}

    /** How much of the told member's working time may pass without an acknowledgement. */
    public record Escalation(Duration primary, Duration secondary, Duration backup) {
        public Duration timeoutOf(Level level) {
            return switch (level) {
                case PRIMARY -> primary;
                case SECONDARY -> secondary;
                case BACKUP -> backup;
            };
        }
    }

    /**
     * What differs for a repository or a job; null for what does not.
     *
     * @param failures in a row, or distinct pull requests of a presubmit
     * @param share of finished runs, in per cent
     * @param closePulls distinct green pull requests that close it
     * @param muteUntil nothing is said before this instant
     */
    public record Override(
            @Nullable Integer failures,
            @Nullable Integer share,
            @Nullable Integer closePulls,
            @Nullable Instant muteUntil) {}
}
