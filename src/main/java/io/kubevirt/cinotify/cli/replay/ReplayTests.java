// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.artifacts.Evidence.JunitReport;
import io.kubevirt.cinotify.cli.replay.HistoryReader.HistoryEntry;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.LaneStatsCollector.LaneStats;
import io.kubevirt.cinotify.digest.TestStats;
import io.kubevirt.cinotify.digest.TestStats.KnownTest;
import io.kubevirt.cinotify.digest.TestStats.PullFailures;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.store.TestTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tests that failed in a history, as far as its lines name them.
 *
 * @param history sorted
 */
record ReplayTests(Config config, List<HistoryEntry> history) {
    private static final Comparator<TestStats> MOST = Comparator.comparing(TestStats::failed)
            .reversed()
            .thenComparing(test -> test.test().name());

    /** Those that failed in the period, the most first. */
    List<TestStats> ofSig(String sig, DigestPeriod period, List<LaneStats> lanes) {
        Set<String> passed = history.stream()
                .filter(past -> past.run().state() == JobState.SUCCESS)
                .flatMap(ReplayTests::commits)
                .collect(Collectors.toSet());
        Map<String, List<PullFailures>> failures = new TreeMap<>();
        Map<String, KnownTest> tests = new HashMap<>();
        for (HistoryEntry past : history) {
            JunitReport report =
                    past.evidence() == null ? JunitReport.NONE : past.evidence().tests();
            if (past.at().isBefore(period.until()) && report.failedCount() <= TestTable.MAX_TESTS) {
                boolean flaky = commits(past).anyMatch(passed::contains);
                for (String name : report.failed()) {
                    tests.put(name, test(name, past, report));
                    failures.computeIfAbsent(name, any -> new ArrayList<>())
                            .add(failure(
                                    past, period, flaky || report.passedToo().contains(name)));
                }
            }
        }
        return failures.entrySet().stream()
                .map(entry -> TestStats.of(
                        Objects.requireNonNull(tests.get(entry.getKey())), entry.getValue(), LaneStats.finished(lanes)))
                .filter(test -> test.failed() > 0 && test.test().sig().equals(sig))
                .sorted(MOST)
                .toList();
    }

    private KnownTest test(String name, HistoryEntry past, JunitReport report) {
        return new KnownTest(
                0,
                name,
                config.diagnoser()
                        .sigOf(name)
                        .orElseGet(() -> config.diagnoser().diagnose(past.run()).sig()),
                report.quarantined().contains(name));
    }

    private static PullFailures failure(HistoryEntry past, DigestPeriod period, boolean flaky) {
        int failed = period.contains(past.at()) ? 1 : 0;
        return new PullFailures(
                past.run().lane().toString(),
                past.run().pulls().stream().map(Pull::number).findFirst().orElse(null),
                failed,
                flaky ? failed : 0,
                past.at(),
                past.at());
    }

    /** The lane with each commit that it tested. */
    private static Stream<String> commits(HistoryEntry past) {
        return past.run().pulls().stream()
                .map(Pull::sha)
                .filter(Objects::nonNull)
                .map(sha -> past.run().lane() + " " + sha);
    }
}
