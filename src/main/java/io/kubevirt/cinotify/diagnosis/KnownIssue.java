// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.routing.FailingTests;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A failure that somebody already cares for, until a day on which somebody has to look again.
 *
 * @param name what traces call it
 * @param pattern searched in the signature, the lines shown and the names of failing tests
 * @param owner who cares for it
 * @param link where to follow it
 * @param until the last day on which it counts, in UTC
 * @param mute whether nobody is told of such failures until then
 * @param build the page of a run that it must match before it counts; null where there is an example
 * @param example a line, or the name of a test, that it must match before it counts; null where there is a build
 */
public record KnownIssue(
        @JsonProperty(required = true) @JsonPropertyDescription("What traces call it; unique.")
        String name,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "RE2 pattern, searched in the signature, in each line shown and in each name of a failing test.")
        Pattern pattern,

        @JsonProperty(required = true) @JsonPropertyDescription("Who cares for it: a GitHub handle or a team.")
        String owner,

        @JsonProperty(required = true) @JsonPropertyDescription("Where to follow it, as https://….")
        String link,

        @JsonProperty(required = true)
        @JsonPropertyDescription("The last day on which it counts, as 2026-12-24; there is none without an end.")
        LocalDate until,

        @JsonPropertyDescription("Whether nobody is told of such failures until then; false if absent.") @Nullable Boolean mute,

        @JsonPropertyDescription(
                "The page of a run that failed by it; the pattern counts once it has matched that run. This or an example is needed.")
        @Nullable String build,

        @JsonPropertyDescription(
                "A line of a log, or the name of a test, that the pattern must match before it counts; check-config tries it.")
        @Nullable String example) {

    /** Whether it still counts. */
    public boolean isInForce(Instant now) {
        return !now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(until);
    }

    /** Whether such failures are kept quiet while it is in force. */
    public boolean mutes() {
        return Boolean.TRUE.equals(mute);
    }

    /** Whether its example, if it has one, is what it is to find. */
    public boolean matchesExample() {
        return example == null || finds(example);
    }

    /** Whether the symptoms are those of this issue, whatever the date. */
    public boolean matches(Symptoms symptoms) {
        return Stream.of(Stream.of(symptoms.signature()), symptoms.excerpt().stream(), symptoms.failingTests().stream())
                .flatMap(texts -> texts)
                .anyMatch(this::finds);
    }

    /**
     * Whether some issues are all that the symptoms are of, so that silence hides nothing else. Beside failing tests a line
     * is not enough: it may be of one of them. A line is what a suite failed by, or the only test.
     */
    public static boolean explain(Collection<KnownIssue> issues, Symptoms symptoms) {
        List<String> tests = symptoms.failingTests();
        boolean oneFailure = symptoms.failedCount() <= 1 || new FailingTests(tests).areSetupOnly();
        return oneFailure
                ? issues.stream().anyMatch(issue -> issue.matches(symptoms))
                : symptoms.failedCount() <= tests.size()
                        && tests.stream().allMatch(test -> issues.stream().anyMatch(issue -> issue.finds(test)));
    }

    private boolean finds(String text) {
        return pattern.matcher(text).find();
    }

    /** What a diagnosis says of it. */
    public KnownIssueMatch toMatch() {
        return new KnownIssueMatch(name, owner, link, until, mutes());
    }
}
