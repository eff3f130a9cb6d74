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
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.app.digest.DigestPages;
import io.kubevirt.cinotify.digest.OpenIssue;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.prow.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Open issues as GitHub's API describes them, one a line or a page of them a line. */
final class IssueFile implements DigestPages.IssueSource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<OpenIssue> issues;

    private IssueFile(List<OpenIssue> issues) {
        this.issues = issues;
    }

    /** @throws InvalidDocument with every line that is not JSON */
    static IssueFile read(Path file) throws InvalidDocument, IOException {
        if (!Files.isReadable(file)) {
            throw new InvalidDocument(Problem.ofFile(file.toString(), "cannot be read", "mend --issues"));
        }
        List<OpenIssue> issues = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int number = 1; number <= lines.size(); number++) {
            try {
                JsonNode line = JSON.readTree(lines.get(number - 1));
                (line.isArray() ? line : List.of(line)).forEach(issue -> repository(issue)
                        .flatMap(repository -> OpenIssue.read(repository, issue))
                        .ifPresent(issues::add));
            } catch (JsonProcessingException e) {
                problems.add(new Problem(
                        file.toString(), number, "is not JSON", "write an issue a line, as GitHub's API gives them"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
        return new IssueFile(issues);
    }

    /** From {@code https://api.github.com/repos/org/repo}. */
    private static Optional<Repository> repository(JsonNode issue) {
        String[] parts = issue.path("repository_url").asText().split("/", -1);
        return parts.length < 2
                ? Optional.empty()
                : Repository.parse(parts[parts.length - 2] + "/" + parts[parts.length - 1]);
    }

    @Override
    public List<OpenIssue> of(List<Repository> repositories) {
        return issues.stream()
                .filter(issue -> repositories.contains(issue.repository()))
                .toList();
    }
}
