// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.Repository;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A label that says who can do a piece of work, and what speaks for it where it is missing.
 *
 * @param label as it stands on issues
 * @param akin other labels that speak for it
 * @param words what speaks for it in a title
 * @param repositories whose issues are of this kind if nothing else speaks
 */
public record GroomingLabel(
        @JsonProperty(required = true) @JsonPropertyDescription("The label, as it stands on issues.")
        String label,

        @JsonPropertyDescription("RE2 patterns of other whole labels that speak for it, such as area/prow.")
        List<Pattern> akin,

        @JsonPropertyDescription("RE2 pattern searched in the title.") @Nullable Pattern words,

        @JsonPropertyDescription("Repositories, as org/repo, whose issues are of this kind if nothing else speaks.")
        List<Repository> repositories) {

    /** Copies the lists; absent ones become empty. */
    public GroomingLabel {
        akin = akin == null ? List.of() : List.copyOf(akin);
        repositories = repositories == null ? List.of() : List.copyOf(repositories);
    }

    /** A label of the issue that speaks for this one, in a sentence. */
    Optional<String> matchLabel(OpenIssue issue) {
        return issue.labels().stream()
                .filter(own -> akin.stream().anyMatch(pattern -> pattern.matches(own)))
                .findFirst()
                .map(own -> "it has the label " + own);
    }

    /** A word of the title that speaks for it, in a sentence. */
    Optional<String> matchTitle(OpenIssue issue) {
        if (words == null) {
            return Optional.empty();
        }
        Matcher found = words.matcher(issue.title());
        return found.find() ? Optional.of("its title says \"" + found.group() + "\"") : Optional.empty();
    }

    /** Whether the repository speaks for it, in a sentence. */
    Optional<String> matchRepository(OpenIssue issue) {
        return repositories.contains(issue.repository())
                ? Optional.of("it is an issue of " + issue.repository())
                : Optional.empty();
    }
}
