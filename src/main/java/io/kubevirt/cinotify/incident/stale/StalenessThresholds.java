// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Duration;
import java.util.Map;

/** The block {@code timeliness}: how late jobs may be. config/ci-notify.yaml has the reason for each default. */
public record StalenessThresholds(
        @JsonPropertyDescription("Number of consecutive starts of a periodic job that must be missing.")
        Integer missedIntervals,

        @JsonPropertyDescription("How much later than scheduled a start may be observed.")
        Duration grace,

        @JsonPropertyDescription(
                "Number of periodic jobs that must be due without any start before Prow itself counts as silent.")
        Integer silentPeriodics,

        @JsonPropertyDescription("How long these jobs must have been due.")
        Duration silence,

        @JsonPropertyDescription("How long a run may wait for its pod.")
        Duration waitingLimit,

        @JsonPropertyDescription("The same limit for single build clusters, by alias.")
        Map<String, Duration> clusters,

        @JsonProperty(required = true) @JsonPropertyDescription("The area of each kind of incident.")
        Areas areas) {
    public StalenessThresholds {
        missedIntervals = missedIntervals == null ? 2 : missedIntervals;
        grace = grace == null ? Duration.ofMinutes(10) : grace;
        silentPeriodics = silentPeriodics == null ? 3 : silentPeriodics;
        silence = silence == null ? Duration.ofHours(1) : silence;
        waitingLimit = waitingLimit == null ? Duration.ofHours(6) : waitingLimit;
        clusters = ConfigCollections.orEmpty(clusters);
    }

    public record Areas(
            @JsonProperty(required = true) @JsonPropertyDescription("A periodic job does not start.")
            String missingRun,

            @JsonProperty(required = true) @JsonPropertyDescription("A build cluster does not start pending runs.")
            String stalledCluster,

            @JsonProperty(required = true) @JsonPropertyDescription("No job starts on any cluster.")
            String silentProw) {}

    /** Reports values that make no sense and unknown areas. */
    public void check(ConfigValidator check) {
        check.atLeast(missedIntervals, 1, "missedIntervals");
        check.positive(grace, "grace");
        check.atLeast(silentPeriodics, 2, "silentPeriodics");
        check.positive(silence, "silence");
        check.positive(waitingLimit, "waitingLimit");
        clusters.forEach((cluster, limit) -> check.positive(limit, "clusters", cluster));
        check.area(areas.missingRun(), "areas", "missingRun");
        check.area(areas.stalledCluster(), "areas", "stalledCluster");
        check.area(areas.silentProw(), "areas", "silentProw");
    }

    /** How long a run may wait for its pod on a cluster. */
    Duration limitOf(String cluster) {
        return clusters.getOrDefault(cluster, waitingLimit);
    }
}
