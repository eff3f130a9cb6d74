// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;

/** A name for lanes that replaces the derived one: an entry of {@code titles}. */
public record LaneTitle(
        @JsonProperty(required = true)
        @JsonPropertyDescription("RE2 pattern, searched in the name of the job; the first match wins.")
        Pattern job,

        @JsonProperty(required = true)
        @JsonPropertyDescription("Name in titles of messages, as \"network tests\"; versions are added in brackets.")
        String title) {}
