// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.RunUrlParseResult;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.routing.FailingTests;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A failure that somebody works on; an entry of {@code knownIssues} or an issue on GitHub. It always has an end. */
public record KnownIssue(
        @JsonProperty(required = true) @JsonPropertyDescription("Name in traces; unique.")
        String name,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "RE2 pattern, searched in the signature, in each line shown, and in each name of a failing test.")
        Pattern pattern,

        @JsonProperty(required = true) @JsonPropertyDescription("Who works on it: a GitHub handle or a team.")
        String owner,

        @JsonProperty(required = true) @JsonPropertyDescription("Link to the issue, as https://….")
        String link,

        @JsonProperty(required = true)
        @JsonPropertyDescription("The last day on which the entry is in force (UTC), as 2026-12-24.")
        LocalDate until,

        @JsonPropertyDescription("Sends no notifications for such failures until then.")
        Boolean mute,

        @JsonPropertyDescription(
                "URL of a failed run. The entry is in force once the pattern has matched this run. Either build or"
                        + " example is required.")
        @Nullable String build,

        @JsonPropertyDescription(
                "A log line or test name that the pattern must match; check-config tries it. Either build or example"
                        + " is required.")
        @Nullable String example) {
    public KnownIssue {
        mute = mute != null && mute;
    }

    public void check(ConfigValidator check, RunUrlReader urls) {
        if (!link.startsWith("https://")) {
            check.report("\"" + link + "\" is not a URL", "write it as https://…", "link");
        }
        if (pattern.matcher("").find()) {
            check.report("matches every failure", "make the pattern stricter", "pattern");
        }
        if (!matchesExample()) {
            check.report("the pattern does not match it", "fix the pattern, or use a line that it matches", "example");
        }
        if (build == null && example == null) {
            check.report(
                    "\"" + name + "\" has neither build nor example, so nothing shows that its pattern works",
                    "add build, the URL of a run that failed this way, or example, a line that the pattern matches",
                    "name");
        }
        if (build != null && urls.read(build) instanceof RunUrlParseResult.Rejected rejected) {
            check.report(
                    "\"" + build + "\" is not the URL of a run on a trusted host ("
                            + rejected.reason().value() + ")",
                    "use the URL of a run that failed this way",
                    "build");
        }
    }

    public boolean isInForce(Instant now) {
        return !now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(until);
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
     * Whether the issues explain all symptoms, so that muting them hides nothing else. With several failing tests a
     * matching line is not sufficient, because it may belong to one of the tests.
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

    public KnownIssueMatch toMatch() {
        return new KnownIssueMatch(name, owner, link, until, mute);
    }
}
