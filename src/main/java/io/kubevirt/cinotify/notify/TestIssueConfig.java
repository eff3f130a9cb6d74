// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Issues about flaky tests: {@code github.testIssues} in the configuration file. */
public record TestIssueConfig(
        @JsonProperty(required = true)
        @JsonPropertyDescription("Repository of the issues, as org/name. Only failures that its readers may see count.")
        String repository,

        @JsonPropertyDescription("Flakes within 14 days from which a test gets an issue; default 5, at least 2.")
        Integer flakes,

        @JsonPropertyDescription(
                "Number of tests with an open issue from which further ones wait; default 20, at most 100.")
        Integer mostOpen,

        @JsonPropertyDescription(
                "Labels of new issues; {sig} stands for the SIG of the test. A label that the repository lacks is"
                        + " left out.")
        List<String> labels) {
    private static final int MOST_OPEN = 100;

    /** Absent values get their defaults. */
    public TestIssueConfig {
        flakes = Objects.requireNonNullElse(flakes, 5);
        mostOpen = Objects.requireNonNullElse(mostOpen, 20);
        labels = labels == null ? List.of() : List.copyOf(labels);
    }

    /** @param sig empty if unknown */
    public Set<String> labelsFor(String sig) {
        return labels.stream()
                .filter(label -> !sig.isEmpty() || !label.contains("{sig}"))
                .map(label -> label.replace("{sig}", sig))
                .collect(Collectors.toSet());
    }

    public void check(ConfigValidator check) {
        Repository.check(repository, check, "repository");
        check.atLeast(flakes, 2, "flakes");
        check.between(mostOpen, 1, MOST_OPEN, "mostOpen");
    }
}
