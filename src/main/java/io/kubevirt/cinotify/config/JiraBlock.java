// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The boards on Jira, as they are written. */
public record JiraBlock(
        @JsonProperty(required = true) @JsonPropertyDescription("The address of Jira, with https://, without rest/api.")
        String url,

        @JsonProperty(required = true)
        @JsonPropertyDescription("File with a personal access token, relative to this file.")
        String tokenFile,

        @JsonProperty(required = true)
        @JsonPropertyDescription("What the issues of each area look like; areas that are not here get none.")
        Map<String, Board> areas,

        @JsonPropertyDescription("The name of the transition that ends an issue; Done if absent.") @Nullable String resolve,

        @JsonPropertyDescription("The name of the transition that opens it again; Reopen if absent.") @Nullable String reopen) {

    /** What an issue looks like. */
    public record Board(
            @JsonProperty(required = true) @JsonPropertyDescription("The key of the project.")
            String project,

            @JsonPropertyDescription("The name of the type of issue; Task if absent.") @Nullable String issueType,

            @JsonPropertyDescription("The name of a component of the project.") @Nullable String component,

            @JsonPropertyDescription("Labels beside ci-notify's own.") @Nullable List<String> labels) {}
}
