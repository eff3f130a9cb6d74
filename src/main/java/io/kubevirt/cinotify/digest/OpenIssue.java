/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.digest;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An open issue.
 *
 * @param title from outside
 * @param url its page
 */
public record OpenIssue(
        Repository repository, int number, String title, String url, List<String> labels, Instant openedAt) {

    /** Copies the labels. */
    public OpenIssue {
        labels = List.copyOf(labels);
    }

    /** Reads GitHub's object; empty if it is a pull request, is closed, or lacks what every issue has. */
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

    /** Whether it has a label, whatever its case. */
    boolean has(String label) {
        return labels.stream().anyMatch(own -> own.equalsIgnoreCase(label));
    }
}
