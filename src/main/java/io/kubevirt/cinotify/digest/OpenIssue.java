// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An open issue on GitHub.
 *
 * @param title untrusted
 */
public record OpenIssue(
        Repository repository, int number, String title, String url, List<String> labels, Instant openedAt) {
    /** Copies the labels. */
    public OpenIssue {
        labels = List.copyOf(labels);
    }

    /** Parses an issue of the GitHub API; empty for a pull request, a closed issue, or an incomplete object. */
    public static Optional<OpenIssue> read(Repository repository, JsonNode object) {
        try {
            if (object.hasNonNull("pull_request")
                    || object.path("state").asText().equals("closed")
                    || !object.path("number").canConvertToInt()) {
                return Optional.empty();
            }
            List<String> labels = new ArrayList<>();
            object.path("labels")
                    .forEach(label -> labels.add(
                            label.isTextual()
                                    ? label.asText()
                                    : label.path("name").asText()));
            return Optional.of(new OpenIssue(
                    repository,
                    object.path("number").asInt(),
                    object.path("title").asText(),
                    object.path("html_url").asText(),
                    labels,
                    Instant.parse(object.path("created_at").asText())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code org/repo#number}. */
    String name() {
        return repository + "#" + number;
    }

    /** Whether the issue has a label, ignoring case. */
    boolean has(String label) {
        return labels.stream().anyMatch(own -> own.equalsIgnoreCase(label));
    }
}
