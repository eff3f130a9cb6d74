// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigFile.KnownIssueRepository;
import io.kubevirt.cinotify.config.KnownIssueParser;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.store.KnownIssueTable;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.ArrayList;
import java.util.List;

/**
 * All known issues: those of the configuration, then those last read from GitHub.
 *
 * @param problems why some issues from GitHub are inactive
 */
public record KnownIssueList(List<KnownIssue> issues, List<ConfigProblem> problems) {
    public KnownIssueList {
        issues = List.copyOf(issues);
        problems = List.copyOf(problems);
    }

    public static KnownIssueList load(Config config, Transaction transaction) {
        List<KnownIssue> issues = new ArrayList<>(config.knownIssues());
        List<ConfigProblem> problems = new ArrayList<>();
        List<KnownIssueRepository> repositories = repositories(config);
        if (!repositories.isEmpty()) {
            for (KnownIssueTable.Row row : transaction.knownIssues().all()) {
                if (repositories.stream().anyMatch(repository -> isOf(row, repository))) {
                    try {
                        issues.add(KnownIssueParser.read(
                                config, row.repository() + "#" + row.number(), row.title(), row.link(), row.body()));
                    } catch (InvalidConfigException e) {
                        problems.addAll(e.problems());
                    }
                }
            }
        }
        return new KnownIssueList(issues, problems);
    }

    static List<KnownIssueRepository> repositories(Config config) {
        return config.file().knownIssuesFrom();
    }

    private static boolean isOf(KnownIssueTable.Row row, KnownIssueRepository repository) {
        return row.repository().equals(repository.repository().fullName())
                && row.label().equals(repository.label());
    }
}
