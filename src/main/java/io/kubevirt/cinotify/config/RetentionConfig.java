// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.yaml.ConfigValidator;

/** The block {@code retention}: for how many days rows are kept. */
@SuppressWarnings("NullAway") // An absent key arrives as null; the constructor puts its default.
public record RetentionConfig(
        @JsonPropertyDescription("Days that deliveries, runs and digests are kept.")
        Integer runs,

        @JsonPropertyDescription(
                "Days that the outcomes of failed runs are kept; those of an open incident are kept longer.")
        Integer outcomes,

        @JsonPropertyDescription("Days that messages are kept after the last one of their incident.")
        Integer messages,

        @JsonPropertyDescription("Days that incidents and their timelines are kept after their end.")
        Integer incidents,

        @JsonPropertyDescription("Days that the counts by day are kept.")
        Integer counts,

        @JsonPropertyDescription("Days that failed tests are kept.")
        Integer tests) {
    /** GitHub redelivers for three days, and Prow shows ended ProwJobs for two: what they repeat must be known. */
    private static final int MIN_DAYS = 7;

    /** Longer than any digest looks back, and than a dead-lettered message may be retried. */
    private static final int MIN_MESSAGE_DAYS = 30;

    /** Fills in the defaults. */
    public RetentionConfig {
        runs = runs == null ? 30 : runs;
        outcomes = outcomes == null ? 30 : outcomes;
        messages = messages == null ? 90 : messages;
        incidents = incidents == null ? 400 : incidents;
        counts = counts == null ? 400 : counts;
        tests = tests == null ? 90 : tests;
    }

    public static final RetentionConfig DEFAULTS = new RetentionConfig(null, null, null, null, null, null);

    void check(ConfigValidator check) {
        check.atLeast(runs, MIN_DAYS, "runs");
        check.atLeast(outcomes, MIN_DAYS, "outcomes");
        check.atLeast(messages, MIN_MESSAGE_DAYS, "messages");
        check.atLeast(incidents, MIN_MESSAGE_DAYS, "incidents");
        check.atLeast(counts, MIN_DAYS, "counts");
        check.atLeast(tests, MIN_DAYS, "tests");
    }
}
