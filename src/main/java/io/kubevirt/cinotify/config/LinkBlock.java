// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A link that messages have beside that of the run, as it is written. */
public record LinkBlock(
        @JsonProperty(required = true) @JsonPropertyDescription("What the link says.")
        String words,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "Its address, with {job}, {repository}, {org}, {repo}, {pull}, {build}, {run} (bucket and directory of the run), {directory} (where the job's runs lie in the bucket) or {line} (the first line of the cause); left out where one is not known.")
        String url) {}
