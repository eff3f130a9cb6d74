// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.prow.Repository;

/**
 * Where people keep known issues on GitHub.
 *
 * @param repository that has them
 * @param label that they bear
 */
public record KnownIssueRepository(
        @JsonProperty(required = true) @JsonPropertyDescription("The repository, as org/repo.")
        Repository repository,

        @JsonProperty(required = true)
        @JsonPropertyDescription("The label that known issues bear; whoever may set it can say what is known.")
        String label) {}
