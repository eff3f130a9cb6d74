// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.KnownIssueParser;
import io.kubevirt.cinotify.config.KnownIssueRepository;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.store.KnownIssueTable;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All known issues: those of the settings, then those of GitHub as they were last read.
 *
 * @param problems why some of GitHub do not count
 */
public record KnownIssueList(List<KnownIssue> issues, List<ConfigProblem> problems) {

    /** Copies the lists. */
    public KnownIssueList {
        issues = List.copyOf(issues);
        problems = List.copyOf(problems);
    }

    /** As they are now. */
    public static KnownIssueList load(Config settings, Transaction transaction) {
        List<KnownIssue> issues = new ArrayList<>(settings.knownIssues());
        List<ConfigProblem> problems = new ArrayList<>();
        List<KnownIssueRepository> places = places(settings);
        if (!places.isEmpty()) {
            for (KnownIssueTable.Row row : transaction.knownIssues().all()) {
                if (places.stream().anyMatch(place -> isOf(row, place))) {
                    try {
                        issues.add(KnownIssueParser.read(
                                settings, row.repository() + "#" + row.number(), row.title(), row.link(), row.body()));
                    } catch (InvalidConfigException e) {
                        problems.addAll(e.problems());
                    }
                }
            }
        }
        return new KnownIssueList(issues, problems);
    }

    static List<KnownIssueRepository> places(Config settings) {
        return Objects.requireNonNullElse(settings.file().knownIssuesFrom(), List.of());
    }

    private static boolean isOf(KnownIssueTable.Row row, KnownIssueRepository place) {
        return row.repository().equals(place.repository().fullName())
                && row.label().equals(place.label());
    }
}
