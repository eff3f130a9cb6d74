// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.TestStats;
import io.kubevirt.cinotify.digest.TestStats.KnownTest;
import io.kubevirt.cinotify.digest.TestStats.PullFailures;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.VisibilityPolicy;
import io.kubevirt.cinotify.incident.VisibilityScope;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.TestFilter;
import io.kubevirt.cinotify.store.TestFilter.Order;
import io.kubevirt.cinotify.store.TestTable.FailedIn;
import io.kubevirt.cinotify.store.TestTable.TestFailures;
import io.kubevirt.cinotify.store.TestTable.VisibleFailures;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tests that failed most, as far as an audience may see the runs in which they failed. */
public record TestRanking(Transaction transaction, Audience audience) {
    private static final int MOST_CANDIDATES = 1_000;
    private static final int MOST_OF_CHUNK = 50;
    private static final int RUNS = 20;

    /**
     * The counts of all runs order the candidates; a test has no more failures that an audience may see. So what is found is final
     * as soon as no further candidate can have more.
     *
     * @param finished runs of each lane in the period
     */
    public List<TestStats> find(TestFilter filter, DigestPeriod period, Map<String, Long> finished, int limit) {
        List<TestFailures> candidates =
                transaction.tests().failing(filter, period.from(), period.until(), MOST_CANDIDATES);
        Order order = filter.order();
        Comparator<TestStats> most = Comparator.<TestStats>comparingLong(test -> count(order, test))
                .reversed()
                .thenComparing(test -> test.test().name());
        List<TestStats> found = new ArrayList<>();
        int chunk = Math.min(limit, MOST_OF_CHUNK);
        for (int at = 0; at < candidates.size(); at += chunk) {
            TestFailures next = candidates.get(at);
            if (found.size() >= limit
                    && count(order, found.get(limit - 1)) >= order.count(next.failed(), next.flaky())) {
                break;
            }
            found.addAll(
                    stats(candidates.subList(at, Math.min(at + chunk, candidates.size())), filter, period, finished));
            found.sort(most);
        }
        return found.stream().limit(limit).map(this::withRuns).toList();
    }

    private static long count(Order order, TestStats test) {
        return order.count(test.failed(), test.flaky());
    }

    private List<TestStats> stats(
            List<TestFailures> tests, TestFilter filter, DigestPeriod period, Map<String, Long> finished) {
        String lane = filter.lane() == null ? "" : filter.lane().toLowerCase(Locale.ROOT);
        Map<Long, List<PullFailures>> failures =
                transaction
                        .tests()
                        .onLanes(tests.stream().map(TestFailures::id).toList(), period.from(), period.until())
                        .stream()
                        .filter(each ->
                                each.failures().lane().toLowerCase(Locale.ROOT).contains(lane)
                                        && mayShow(each.failures().lane(), each.visibility()))
                        .collect(Collectors.groupingBy(
                                VisibleFailures::test,
                                Collectors.mapping(VisibleFailures::failures, Collectors.toList())));
        return tests.stream()
                .flatMap(test -> Optional.ofNullable(failures.get(test.id())).stream()
                        .map(found -> TestStats.of(
                                new KnownTest(test.id(), test.name(), test.sig(), test.quarantined()), found, finished)))
                .filter(test -> count(filter.order(), test) > 0)
                .toList();
    }

    /** With its first run, also before the period, and the page of the newest one. */
    private TestStats withRuns(TestStats test) {
        String name = test.test().name();
        Instant first = transaction.tests().firstRuns(name, RUNS).stream()
                .filter(run -> mayShow(run.lane(), run.visibility()))
                .map(FailedIn::endedAt)
                .filter(test.firstSeen()::isAfter)
                .min(Comparator.naturalOrder())
                .orElse(test.firstSeen());
        String newest = transaction.tests().runs(name, RUNS).stream()
                .filter(run -> run.url() != null && mayShow(run.lane(), run.visibility()))
                .map(FailedIn::url)
                .findFirst()
                .orElse(null);
        return test.withRuns(first, newest);
    }

    /** The lanes on which a test failed in a period, the most failures first. */
    public List<TestStats.LaneFailures> lanes(String test, DigestPeriod period) {
        List<PullFailures> failures = transaction.tests().id(test).stream()
                .flatMap(id -> transaction.tests().onLanes(List.of(id), period.from(), period.until()).stream())
                .filter(each -> mayShow(each.failures().lane(), each.visibility()))
                .map(VisibleFailures::failures)
                .toList();
        return failures.isEmpty()
                ? List.of()
                : TestStats.of(new KnownTest(0, test, "", false), failures, Map.of())
                        .lanes();
    }

    private boolean mayShow(String lane, Visibility visibility) {
        Set<Repository> repositories = Repository.parse(lane.substring(0, Math.max(0, lane.indexOf(' ')))).stream()
                .collect(Collectors.toSet());
        return VisibilityPolicy.mayShow(audience, new VisibilityScope(visibility, repositories));
    }
}
