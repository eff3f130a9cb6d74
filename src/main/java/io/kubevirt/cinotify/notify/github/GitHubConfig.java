// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.notify.TestIssueConfig;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Issues and comments on GitHub: {@code github} in the configuration file. */
public record GitHubConfig(
        @JsonPropertyDescription("Issues about incidents; default none.") @Nullable Issues issues,

        @JsonPropertyDescription("Issues about flaky tests, see docs/tests.md; default none.") @Nullable TestIssueConfig testIssues,

        @JsonProperty("comment")
        @JsonPropertyDescription(
                "Pull requests of a lane's incident that get a comment: never, blocking (if the incident is blocking)"
                        + " or always; default never.")
        Comments comments,

        @JsonProperty("mostComments")
        @JsonPropertyDescription("Maximum number of pull requests that get a comment; default 5, at most 50.")
        Integer maxComments) {
    /** Posts nothing about incidents. Text messages for GitHub, such as digests, are delivered. */
    public static final GitHubConfig DISABLED = new GitHubConfig(null, null, Comments.NEVER, 5);

    private static final int MOST_COMMENTS = 50;

    /** Pull requests that get a comment. */
    public enum Comments {
        NEVER,
        BLOCKING,
        ALWAYS;

        /** In lower case, as in the configuration file. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Issues about incidents. */
    public record Issues(
            @JsonProperty(required = true)
            @JsonPropertyDescription("Repository, as org/name, of issues about incidents without a pull request.")
            String repository,

            @JsonPropertyDescription("Whether lanes of pull requests get an issue too; default no.")
            Boolean lanes,

            @JsonPropertyDescription(
                    "Labels; {area} and {sig} stand for those of the incident. A label that the repository lacks is"
                            + " left out.")
            List<String> labels,

            @JsonPropertyDescription("Additional labels by area.")
            Map<String, List<String>> areaLabels,

            @JsonPropertyDescription("Additional labels by short name of the SIG.")
            Map<String, List<String>> sigLabels) {
        /** Copies the lists; absent ones become empty. */
        public Issues {
            lanes = Boolean.TRUE.equals(lanes);
            labels = labels == null ? List.of() : List.copyOf(labels);
            areaLabels = areaLabels == null ? Map.of() : Map.copyOf(areaLabels);
            sigLabels = sigLabels == null ? Map.of() : Map.copyOf(sigLabels);
        }
    }

    /** Absent values get their defaults. */
    public GitHubConfig {
        comments = Objects.requireNonNullElse(comments, Comments.NEVER);
        maxComments = Objects.requireNonNullElse(maxComments, 5);
    }

    /** Reports invalid values. */
    public void check(ConfigValidator check) {
        check.between(maxComments, 1, MOST_COMMENTS, "mostComments");
        if (issues != null) {
            Repository.check(issues.repository(), check, "issues", "repository");
            issues.areaLabels().keySet().forEach(area -> check.area(area, "issues", "areaLabels", area));
        }
        if (testIssues != null) {
            testIssues.check(check.at("testIssues"));
        }
    }

    /** The repository of new issues; null for none. */
    @Nullable Repository repository() {
        return issues == null ? null : Repository.parse(issues.repository()).orElse(null);
    }

    boolean issuesForLanes() {
        return issues != null && issues.lanes();
    }

    /** The labels of a new issue. */
    Set<String> labelsFor(Diagnosis diagnosis) {
        Set<String> wanted = new LinkedHashSet<>();
        if (issues == null) {
            return wanted;
        }
        for (String label : issues.labels()) {
            if (diagnosis.hasSig() || !label.contains("{sig}")) {
                wanted.add(label.replace("{area}", diagnosis.area()).replace("{sig}", diagnosis.sig()));
            }
        }
        wanted.addAll(issues.areaLabels().getOrDefault(diagnosis.area(), List.of()));
        wanted.addAll(issues.sigLabels().getOrDefault(diagnosis.sig(), List.of()));
        return wanted;
    }
}
