// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.digest.OpenIssue;
import io.kubevirt.cinotify.engine.digest.DigestFactory;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Open issues in the format of the GitHub API, one issue or one page of issues a line. */
public final class FileIssueSource implements DigestFactory.IssueSource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<OpenIssue> issues;

    private FileIssueSource(List<OpenIssue> issues) {
        this.issues = issues;
    }

    /** @throws InvalidConfigException with each line that is not JSON */
    public static FileIssueSource read(Path file) throws InvalidConfigException, IOException {
        if (!Files.isReadable(file)) {
            throw new InvalidConfigException(
                    ConfigProblem.ofFile(file.toString(), "cannot be read", "correct --issues"));
        }
        List<OpenIssue> issues = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int number = 1; number <= lines.size(); number++) {
            try {
                JsonNode line = JSON.readTree(lines.get(number - 1));
                (line.isArray() ? line : List.of(line)).forEach(issue -> repository(issue)
                        .flatMap(repository -> OpenIssue.read(repository, issue))
                        .ifPresent(issues::add));
            } catch (JsonProcessingException e) {
                problems.add(new ConfigProblem(
                        file.toString(),
                        number,
                        "is not JSON",
                        "write one issue a line in the format of the GitHub API"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return new FileIssueSource(issues);
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
