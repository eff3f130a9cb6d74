// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A grooming label, with the properties of an issue for which it is suggested: {@code digests.grooming.labels}. */
public record GroomingLabel(
        @JsonProperty(required = true) @JsonPropertyDescription("Name of the label.")
        String label,

        @JsonPropertyDescription("RE2 patterns for whole names of other labels that imply this one, such as area/prow.")
        List<Pattern> relatedLabels,

        @JsonPropertyDescription("RE2 pattern, searched in the title of the issue.") @Nullable Pattern title,

        @JsonPropertyDescription("Repositories, as org/repo, whose issues get this label if no other label matches.")
        List<Repository> repositories) {
    /** Copies the lists; absent ones become empty. */
    public GroomingLabel {
        relatedLabels = ConfigCollections.orEmpty(relatedLabels);
        repositories = ConfigCollections.orEmpty(repositories);
    }

    /** The reason for the suggestion if a related label matches. */
    Optional<String> matchLabel(OpenIssue issue) {
        return issue.labels().stream()
                .filter(own -> relatedLabels.stream().anyMatch(pattern -> pattern.matches(own)))
                .findFirst()
                .map(own -> "it has the label " + own);
    }

    /** The reason for the suggestion if the title matches. */
    Optional<String> matchTitle(OpenIssue issue) {
        if (title == null) {
            return Optional.empty();
        }
        Matcher found = title.matcher(issue.title());
        return found.find() ? Optional.of("its title says \"" + found.group() + "\"") : Optional.empty();
    }

    /** The reason for the suggestion if the repository matches. */
    Optional<String> matchRepository(OpenIssue issue) {
        return repositories.contains(issue.repository())
                ? Optional.of("it is an issue of " + issue.repository())
                : Optional.empty();
    }
}
