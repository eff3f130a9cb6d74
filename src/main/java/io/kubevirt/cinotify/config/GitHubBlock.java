// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.notify.github.GitHubConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said on GitHub, as it is written. */
public record GitHubBlock(
        @JsonPropertyDescription("Issues about incidents; none without it.") @Nullable Issues issues,

        @JsonPropertyDescription(
                "On which pull requests that an incident has hit there is a comment: never, blocking (if it keeps people from working) or always; never if absent.")
        GitHubConfig.@Nullable Comments comment,

        @JsonPropertyDescription("On how many of them; 5 if absent, 50 at most.") @Nullable Integer mostComments) {

    /** Issues about incidents. */
    public record Issues(
            @JsonProperty(required = true)
            @JsonPropertyDescription("Where they are opened, as org/name; for incidents without a pull request.")
            String repository,

            @JsonPropertyDescription("Whether lanes of pull requests get one too; no if absent.") @Nullable Boolean lanes,

            @JsonPropertyDescription(
                    "Labels; {area} and {sig} stand for those of the incident. One that the repository lacks is left out.")
            @Nullable List<String> labels,

            @JsonPropertyDescription("What an area adds, by its name.") @Nullable Map<String, List<String>> areaLabels,

            @JsonPropertyDescription("What a SIG adds, by its short name.") @Nullable Map<String, List<String>> sigLabels) {}
}
