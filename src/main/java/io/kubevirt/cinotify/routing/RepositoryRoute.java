// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * The route of a repository, for jobs that match no rule.
 *
 * @param sig short name of the SIG
 * @param area the area; the default area if absent
 */
public record RepositoryRoute(
        @JsonProperty(required = true)
        @JsonPropertyDescription("Short name of the SIG; none for the CI itself, multi for several.")
        String sig,

        @JsonPropertyDescription("The area; the default area if absent.") @Nullable
        String area) {

    /** The short form with only the SIG. */
    @JsonCreator
    public static RepositoryRoute of(String sig) {
        return new RepositoryRoute(sig, null);
    }

    /** The long form. */
    @JsonCreator
    public RepositoryRoute {}
}
