// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A rule for lines of build logs: {@code evidence.log.rules}. */
public record LineRule(
        @JsonProperty(required = true) @JsonPropertyDescription("Name of this family of failures in traces; unique.")
        String name,

        @JsonPropertyDescription(
                "cause; hint, which counts only if no line is a cause; teardown, which counts only if all tests passed;"
                        + " environment, which counts only if the messages of all failed tests have such a line; or noise,"
                        + " which never counts.")
        LineKind kind,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "RE2 patterns, searched in the line; one match is sufficient. The group (?P<what>...) captures what"
                        + " distinguishes failures of the family; without the group the whole match does. An empty group"
                        + " means that nothing in the line does.")
        List<Pattern> patterns,

        @JsonPropertyDescription(
                "The cause of a failure with such a line; required for the kinds cause, hint and environment.")
        @Nullable Cause cause,

        @JsonPropertyDescription("The area; that of the cause, or else that of the lane, if absent.") @Nullable String area,

        @JsonPropertyDescription(
                "Short name of the SIG. If absent, that of the lane for the causes test and build, and none for the"
                        + " others.")
        @Nullable String sig,

        @JsonPropertyDescription(
                "What broke, in a few words for people; required for the kinds cause, hint and environment.")
        @Nullable String summary,

        @JsonPropertyDescription(
                "The other explanation of such a line, in a few words for people: the failure is then unclear.")
        @Nullable String otherwise,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "Example lines that this rule must match before any other rule; check-config tries them.")
        List<String> matches,

        @JsonPropertyDescription("Example lines that this rule must not match; check-config tries them.")
        List<String> nonMatches) {
    public LineRule {
        kind = kind == null ? LineKind.CAUSE : kind;
        patterns = ConfigCollections.orEmpty(patterns);
        matches = ConfigCollections.orEmpty(matches);
        nonMatches = ConfigCollections.orEmpty(nonMatches);
    }

    public boolean isCause() {
        return kind == LineKind.CAUSE || kind == LineKind.HINT;
    }

    LineRule withArea(@Nullable String other) {
        return new LineRule(name, kind, patterns, cause, other, sig, summary, otherwise, matches, nonMatches);
    }

    void check(ConfigValidator check) {
        if (patterns.isEmpty()) {
            check.report("rule \"" + name + "\" has no pattern", "add one", "patterns");
        }
        if (matches.isEmpty()) {
            check.report(
                    "rule \"" + name + "\" has no example, so nothing detects a change that breaks it",
                    "add a line from a real log",
                    "matches");
        }
        if ((isCause() || kind == LineKind.ENVIRONMENT) && (cause == null || summary == null)) {
            check.report(
                    "rule \"" + name + "\" has no cause or no summary",
                    "add both, or use kind: " + LineKind.NOISE.value());
        }
        check.area(area, "area");
        check.sig(sig, "sig");
    }

    /** What a matching line proves. */
    public enum LineKind {
        /** The line is the cause of the failure. */
        CAUSE,
        /** The line may be the cause if there is no better one: successful runs contain it, too. */
        HINT,
        /** The line belongs to teardown: a cause only if all tests passed. */
        TEARDOWN,
        /** The line is about the cluster under test. Tests provoke it; if it fails all of them, they prove nothing. */
        ENVIRONMENT,
        /** The line occurs in logs of successful runs just as often: never a cause. */
        NOISE;

        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
