// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.routing.Cause;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A configured rule for a line of a build log.
 *
 * @param name the name in traces: a family of failures
 * @param kind cause if absent
 * @param patterns at least one must match
 * @param cause the cause of a failure with such a line; only for causes and hints
 * @param area the area of the cause if absent
 * @param sig null for the default of the cause: the SIG of the lane for tests and builds, otherwise none
 * @param words a description of the failure for people
 * @param matches example lines that the rule must match
 * @param spares example lines that the rule must not match
 */
public record LineRule(
        @JsonProperty(required = true) @JsonPropertyDescription("Name of the family of failures in traces; unique.")
        String name,

        @JsonPropertyDescription(
                "cause, hint (a cause only if no line matches a cause), teardown or noise (never a cause); cause if"
                        + " absent.")
        @Nullable
        LineKind kind,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "RE2 patterns, searched in the line; one is enough. A group (?P<what>...) is what distinguishes"
                    + " failures of the family; the whole match if there is none. An empty group says that nothing in"
                    + " the line does.")
        List<Pattern> patterns,

        @JsonPropertyDescription("The cause of a failure with such a line; required for causes and hints.") @Nullable
        Cause cause,

        @JsonPropertyDescription("The area; if absent that of the cause, or else that of the lane.") @Nullable
        String area,

        @JsonPropertyDescription(
                "Short name of the SIG; if absent that of the lane for tests and builds, and none for other causes.")
        @Nullable
        String sig,

        @JsonPropertyDescription("Description of the failure for people; required for causes and hints.") @Nullable
        String words,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "Example lines for which this rule must be the first to match; check-config verifies them.")
        List<String> matches,

        @JsonPropertyDescription("Example lines that the rule must not match.")
        List<String> spares) {

    /** Copies the lists; absent ones become empty. */
    public LineRule {
        kind = kind == null ? LineKind.CAUSE : kind;
        patterns = patterns == null ? List.of() : List.copyOf(patterns);
        matches = matches == null ? List.of() : List.copyOf(matches);
        spares = spares == null ? List.of() : List.copyOf(spares);
    }

    /** Whether it can decide the cause. */
    public boolean isCause() {
        return kind == LineKind.CAUSE || kind == LineKind.HINT;
    }

    /** What a matching line proves. */
    public enum LineKind {
        /** The line is the cause of the failure. */
        CAUSE,
        /** The line may be the cause if there is no better one: successful runs contain it, too. */
        HINT,
        /** The line belongs to teardown: never a cause. */
        TEARDOWN,
        /** The line occurs in logs of successful runs just as often: never a cause. */
        NOISE;

        /** Lower case, as in the configuration and in output. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
