// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.routing.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a line of a build log means: data of the operator.
 *
 * @param name what traces call it: a family of failures
 * @param kind cause if absent
 * @param patterns any of them is enough
 * @param cause what a failure with such a line is; only for causes and hints
 * @param area that of the cause if absent
 * @param sig null for what the cause implies: the lane's for tests and builds, else none
 * @param words what broke, as a person would say it
 * @param matches lines that the rule must take
 * @param spares lines that it must leave alone
 */
public record LineRule(
        @JsonProperty(required = true) @JsonPropertyDescription("What traces call the family of failures; unique.")
        String name,

        @JsonPropertyDescription(
                "cause, hint (a cause only where no line says it better), teardown or noise (never a cause); cause if absent.")
        @Nullable LineKind kind,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "RE2 patterns, searched in the line; one is enough. A group (?P<what>...) is what distinguishes failures of the family; the whole match if there is none. An empty group says that nothing in the line does.")
        List<Pattern> patterns,

        @JsonPropertyDescription("What a failure with such a line is; needed for causes and hints.") @Nullable Cause cause,

        @JsonPropertyDescription("The area; that of the cause, or of the lane, if absent.") @Nullable String area,

        @JsonPropertyDescription(
                "Short name of the SIG; if absent that of the lane for tests and builds, and none for all else.")
        @Nullable String sig,

        @JsonPropertyDescription("What broke, in words for a person; needed for causes and hints.") @Nullable String words,

        @JsonProperty(required = true)
        @JsonPropertyDescription("Lines that the rule must take before any other does; check-config tries them.")
        List<String> matches,

        @JsonPropertyDescription("Lines that it must leave alone.")
        List<String> spares) {

    /** Copies the lists; what is absent becomes empty. */
    public LineRule {
        kind = kind == null ? LineKind.CAUSE : kind;
        patterns = patterns == null ? List.of() : List.copyOf(patterns);
        matches = matches == null ? List.of() : List.copyOf(matches);
        spares = spares == null ? List.of() : List.copyOf(spares);
    }

    /** Whether it can decide anything. */
    public boolean isCause() {
        return kind == LineKind.CAUSE || kind == LineKind.HINT;
    }
}
