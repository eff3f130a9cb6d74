// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The route of jobs of a repository that match no rule: {@code routing.repositories}. */
public record RepositoryRoute(
        @JsonProperty(required = true)
        @JsonPropertyDescription("Short name of the SIG; none for the CI itself, multi for several.")
        String sig,

        @JsonPropertyDescription("The area; that of routing.default if absent.") @Nullable
        String area) {

    /** The short form with only the SIG. */
    @JsonCreator
    public static RepositoryRoute of(String sig) {
        return new RepositoryRoute(sig, null);
    }

    @JsonCreator
    public RepositoryRoute {}
}
