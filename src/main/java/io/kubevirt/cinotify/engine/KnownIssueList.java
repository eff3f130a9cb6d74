// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigFile.KnownIssueRepository;
import io.kubevirt.cinotify.config.KnownIssueParser;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.KnownIssueTable;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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

    /** {@code shown}: the repositories whose issues may be shown. */
    public static KnownIssueList load(Config config, Transaction transaction, Predicate<Repository> shown) {
        return parse(
                config,
                rows(config, transaction).stream()
                        .filter(row -> shown.test(Repository.of(row.repository())))
                        .toList());
    }

    /** The issues that were last read from the repositories of the configuration. */
    static List<KnownIssueTable.Row> rows(Config config, Transaction transaction) {
        List<KnownIssueRepository> repositories = repositories(config);
        return repositories.isEmpty()
                ? List.of()
                : transaction.knownIssues().all().stream()
                        .filter(row -> repositories.stream().anyMatch(repository -> isOf(row, repository)))
                        .toList();
    }

    static KnownIssueList parse(Config config, List<KnownIssueTable.Row> rows) {
        List<KnownIssue> issues = new ArrayList<>(config.knownIssues());
        List<ConfigProblem> problems = new ArrayList<>();
        for (KnownIssueTable.Row row : rows) {
            try {
                issues.add(KnownIssueParser.read(
                        config, row.repository() + "#" + row.number(), row.title(), row.link(), row.body()));
            } catch (InvalidConfigException e) {
                problems.addAll(e.problems());
            }
        }
        return new KnownIssueList(issues, problems);
    }

    /** Parses what was read once, not for each run. Safe for concurrent use. */
    static final class Cache {
        private record Parsed(Config config, List<KnownIssueTable.Row> rows, KnownIssueList list) {}

        private volatile @Nullable Parsed latest;

        KnownIssueList get(Config config, Store store) {
            List<KnownIssueTable.Row> rows = store.read(transaction -> rows(config, transaction));
            Parsed known = latest;
            if (known == null || known.config() != config || !known.rows().equals(rows)) {
                known = new Parsed(config, rows, parse(config, rows));
                latest = known;
            }
            return known.list();
        }
    }

    static List<KnownIssueRepository> repositories(Config config) {
        return config.file().knownIssuesFrom();
    }

    private static boolean isOf(KnownIssueTable.Row row, KnownIssueRepository repository) {
        return row.repository().equals(repository.repository().fullName())
                && row.label().equals(repository.label());
    }
}
