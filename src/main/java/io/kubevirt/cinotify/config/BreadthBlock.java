// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.kubevirt.cinotify.diagnosis.BreadthRules;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From where on the breadth of a failure decides what it is; what is absent is as in {@link BreadthRules#DEFAULTS}.
 *
 * @param lanes of one pull request are a batch
 * @param pulls beside a batch
 * @param samePulls with the same failure
 * @param sameLanes with the same failure
 * @param batch within it the lanes of a batch fail
 * @param near within it others fail beside it
 * @param forgotten until a failure is new again
 */
public record BreadthBlock(
        @JsonPropertyDescription(
                "So many red lanes of one pull request are a batch, and unclear: what they share, or the change; 5 if absent.")
        @Nullable Integer lanes,

        @JsonPropertyDescription(
                "With so many other pull requests that fail beside a batch it is what they share; 6 if absent.")
        @Nullable Integer pulls,

        @JsonPropertyDescription("The same failure on so many other pull requests is what they share; 2 if absent.")
        @Nullable Integer samePulls,

        @JsonPropertyDescription(
                "The same failure on so many lanes of one pull request, and nowhere else, is its change's; 3 if absent.")
        @Nullable Integer sameLanes,

        @JsonPropertyDescription("Within this time the lanes of a batch fail; 1h if absent.")
        @JsonDeserialize(using = GoDurationDeserializer.class)
        @Nullable Duration batch,

        @JsonPropertyDescription("Within this time, before or after, others fail beside it; 1h30m if absent.")
        @JsonDeserialize(using = GoDurationDeserializer.class)
        @Nullable Duration near,

        @JsonPropertyDescription(
                "What was not seen for so long is new when it is seen again, and what is new is marked so; 504h if absent. Failures are remembered twice as long.")
        @JsonDeserialize(using = GoDurationDeserializer.class)
        @Nullable Duration forgotten) {

    /** What diagnosis goes by. */
    BreadthRules rules() {
        BreadthRules usual = BreadthRules.DEFAULTS;
        return new BreadthRules(
                Objects.requireNonNullElse(lanes, usual.lanes()),
                Objects.requireNonNullElse(pulls, usual.pulls()),
                Objects.requireNonNullElse(samePulls, usual.samePulls()),
                Objects.requireNonNullElse(sameLanes, usual.sameLanes()),
                Objects.requireNonNullElse(batch, usual.batch()),
                Objects.requireNonNullElse(near, usual.near()),
                Objects.requireNonNullElse(forgotten, usual.forgotten()));
    }
}
