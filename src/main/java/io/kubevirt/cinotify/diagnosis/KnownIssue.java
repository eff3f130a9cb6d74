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
 * A configured known issue: a failure with an owner and an expiry date.
 *
 * @param name the name in traces
 * @param pattern searched in the signature, the excerpt and the names of failing tests
 * @param owner the owner
 * @param link link to the issue
 * @param until the last day it applies, in UTC
 * @param mute whether notifications are muted until then
 * @param build the page of a run that the pattern must match before the issue applies; null if there is an example
 * @param example a line or test name that the pattern must match before the issue applies; null if there is a build
 */
public record KnownIssue(
        @JsonProperty(required = true) @JsonPropertyDescription("Name of the issue in traces; unique.")
        String name,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "RE2 pattern, searched in the signature, in each line of the excerpt and in the name of each failing"
                        + " test.")
        Pattern pattern,

        @JsonProperty(required = true) @JsonPropertyDescription("Owner of the issue: a GitHub handle or a team.")
        String owner,

        @JsonProperty(required = true) @JsonPropertyDescription("Link to the issue, as https://….")
        String link,

        @JsonProperty(required = true) @JsonPropertyDescription("The last day it applies, as 2026-12-24; required.")
        LocalDate until,

        @JsonPropertyDescription("Mute notifications of such failures until then; false if absent.") @Nullable
        Boolean mute,

        @JsonPropertyDescription(
                "The page of a run that failed by it; the pattern counts once it has matched that run. This or an"
                        + " example is needed.")
        @Nullable
        String build,

        @JsonPropertyDescription(
                "A line of a log, or the name of a test, that the pattern must match before it counts; check-config"
                        + " tries it.")
        @Nullable
        String example) {

    /** Whether it still applies. */
    public boolean isInForce(Instant now) {
        return !now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(until);
    }

    /** Whether it mutes notifications while it is in force. */
    public boolean mutes() {
        return Boolean.TRUE.equals(mute);
    }

    /** Whether the pattern matches the example, if there is one. */
    public boolean matchesExample() {
        return example == null || finds(example);
    }

    /** Whether the pattern matches the symptoms, regardless of the date. */
    public boolean matches(Symptoms symptoms) {
        return Stream.of(Stream.of(symptoms.signature()), symptoms.excerpt().stream(), symptoms.failingTests().stream())
                .flatMap(texts -> texts)
                .anyMatch(this::finds);
    }

    /**
     * Whether the issues explain all of the symptoms, so that muting hides nothing else. With several failing tests
     * each test name must match: a matching line may belong to only one of them.
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

    /** The match that is recorded in a diagnosis. */
    public KnownIssueMatch toMatch() {
        return new KnownIssueMatch(name, owner, link, until, mutes());
    }
}
