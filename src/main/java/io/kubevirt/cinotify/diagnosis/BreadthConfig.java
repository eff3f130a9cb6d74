// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Duration;

/**
 * The block {@code evidence.breadth}: how concurrent failures decide the cause of a failure that does not show it itself.
 *
 * <p>The defaults: of failures with five or more failing lanes in one pull request's batch 76 of 100 were not caused by the
 * tests, of those with ten or more 97; with one or two, one in four. With six or more other pull requests failing at the
 * same time 71 of 100 were not (failure-history §4, 2,157 builds).
 */
@SuppressWarnings("NullAway") // An absent key arrives as null; the constructor puts its default.
public record BreadthConfig(
        @JsonPropertyDescription(
                "Number of failing lanes of one pull request that form a batch. The cause of a batch is shared"
                        + " infrastructure or the change itself.")
        Integer lanes,

        @JsonPropertyDescription(
                "Number of other pull requests failing at the same time from which a batch is attributed to shared"
                        + " infrastructure.")
        Integer pulls,

        @JsonPropertyDescription(
                "Number of other pull requests with the same failure from which the failure is not attributed to the"
                        + " change.")
        Integer samePulls,

        @JsonPropertyDescription(
                "Number of lanes of one pull request with the same failure, which occurs nowhere else, from which it"
                        + " is attributed to the change.")
        Integer sameLanes,

        @JsonPropertyDescription("Period in which the lanes of a batch fail.")
        Duration batch,

        @JsonPropertyDescription("Period before and after a failure in which other failures count as concurrent.")
        Duration near,

        @JsonPropertyDescription(
                "A failure that was not seen for this long is marked as new. Failures are stored for twice this time.")
        Duration newAfter) {
    public BreadthConfig {
        lanes = lanes == null ? 5 : lanes;
        pulls = pulls == null ? 6 : pulls;
        samePulls = samePulls == null ? 2 : samePulls;
        sameLanes = sameLanes == null ? 3 : sameLanes;
        batch = batch == null ? Duration.ofHours(1) : batch;
        near = near == null ? Duration.ofMinutes(90) : near;
        newAfter = newAfter == null ? Duration.ofDays(21) : newAfter;
    }

    public static final BreadthConfig DEFAULTS = new BreadthConfig(null, null, null, null, null, null, null);

    void check(ConfigValidator check) {
        // With less than two lanes every failure would be a batch.
        check.atLeast(lanes, 2, "lanes");
        check.atLeast(pulls, 1, "pulls");
        check.atLeast(samePulls, 1, "samePulls");
        check.atLeast(sameLanes, 2, "sameLanes");
        check.positive(batch, "batch");
        check.positive(near, "near");
        check.positive(newAfter, "newAfter");
    }
}
