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
import io.kubevirt.cinotify.store.TestTable.FailedOn;
import io.kubevirt.cinotify.store.TestTable.FirstAndNewest;
import io.kubevirt.cinotify.store.TestTable.TestFailures;
import io.kubevirt.cinotify.store.TestTable.TestLane;
import io.kubevirt.cinotify.store.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tests that failed most, as far as an audience may see the runs in which they failed. */
public record TestRanking(Transaction transaction, Audience audience) {
    private static final int MOST_CANDIDATES = 1_000;
    private static final int FEW_LANES = 10;
    private static final Comparator<Counted> MOST = Comparator.comparingLong(Counted::count)
            .reversed()
            .thenComparing(each -> each.test().name());

    /** @param finished runs of each lane in the period */
    public List<TestStats> find(TestFilter filter, DigestPeriod period, Map<String, Long> finished, int limit) {
        Lanes lanes = lanes(filter.lane() == null ? "" : filter.lane().toLowerCase(Locale.ROOT));
        if (filter.lane() != null && lanes.asked().size() <= FEW_LANES) {
            Map<Long, List<PullFailures>> failures =
                    byTest(transaction.tests().ofLanes(lanes.asked(), period.from(), period.until()), lanes);
            return stats(most(filter, failures, limit), failures, lanes, finished);
        }
        List<TestFailures> tests = most(filter, period, lanes, limit);
        return stats(tests, failures(ids(tests), lanes, period), lanes, finished);
    }

    /** Of tests whose failures are known. */
    private List<TestFailures> most(TestFilter filter, Map<Long, List<PullFailures>> failures, int limit) {
        return transaction.tests().selected(filter, failures.keySet()).stream()
                .map(test -> {
                    List<PullFailures> its = failures.getOrDefault(test.id(), List.of());
                    long flaky = its.stream().mapToLong(PullFailures::flaky).sum();
                    return new Counted(test, filter.order().count(its.size(), flaky));
                })
                .filter(test -> test.count() > 0)
                .sorted(MOST)
                .limit(limit)
                .map(Counted::test)
                .toList();
    }

    /**
     * The counts of all runs order the candidates; a test has no more failures that an audience may see. So what is found is final
     * as soon as no further candidate can have more.
     */
    private List<TestFailures> most(TestFilter filter, DigestPeriod period, Lanes lanes, int limit) {
        List<TestFailures> candidates =
                transaction.tests().failing(filter, period.from(), period.until(), MOST_CANDIDATES);
        Order order = filter.order();
        List<Counted> found = new ArrayList<>();
        int at = 0;
        while (at < candidates.size()
                && (found.size() < limit
                        || found.get(limit - 1).count()
                                < order.count(
                                        candidates.get(at).failed(),
                                        candidates.get(at).flaky()))) {
            int end = Math.min(candidates.size(), Math.max(limit, 2 * at));
            found.addAll(counted(order, candidates.subList(at, end), lanes, period));
            found.sort(MOST);
            at = end;
        }
        return found.stream().limit(limit).map(Counted::test).toList();
    }

    /** A test, and what an order counts on the lanes that are asked for. */
    private record Counted(TestFailures test, long count) {}

    private List<Counted> counted(Order order, List<TestFailures> tests, Lanes lanes, DigestPeriod period) {
        Map<Long, Long> counts =
                transaction.tests().counts(order, ids(tests), lanes.others(), period.from(), period.until());
        return tests.stream()
                .map(test -> new Counted(test, counts.getOrDefault(test.id(), 0L)))
                .filter(test -> test.count() > 0)
                .toList();
    }

    private static List<Long> ids(List<TestFailures> tests) {
        return tests.stream().map(TestFailures::id).toList();
    }

    private List<TestStats> stats(
            List<TestFailures> tests, Map<Long, List<PullFailures>> failures, Lanes lanes, Map<String, Long> finished) {
        Map<Long, FirstAndNewest> runs = transaction.tests().firstAndNewest(ids(tests), lanes.hidden());
        return tests.stream()
                .filter(test -> failures.containsKey(test.id()))
                .map(test -> {
                    TestStats stats = TestStats.of(
                            new KnownTest(test.id(), test.name(), test.sig(), test.quarantined()),
                            failures.getOrDefault(test.id(), List.of()),
                            finished);
                    FirstAndNewest found = runs.getOrDefault(test.id(), new FirstAndNewest(stats.firstSeen(), null));
                    return stats.withRuns(found.first(), found.newest());
                })
                .toList();
    }

    private Map<Long, List<PullFailures>> failures(List<Long> tests, Lanes lanes, DigestPeriod period) {
        return byTest(transaction.tests().onLanes(tests, lanes.others(), period.from(), period.until()), lanes);
    }

    private static Map<Long, List<PullFailures>> byTest(List<FailedOn> failures, Lanes lanes) {
        return failures.stream()
                .collect(Collectors.groupingBy(
                        FailedOn::test,
                        Collectors.mapping(
                                failure -> new PullFailures(
                                        lanes.names().getOrDefault(failure.lane(), ""),
                                        failure.pull(),
                                        1,
                                        failure.flaky() ? 1 : 0,
                                        failure.endedAt(),
                                        failure.endedAt()),
                                Collectors.toList())));
    }

    /** The lanes on which a test failed in a period, the most failures first. */
    public List<TestStats.LaneFailures> lanes(String test, DigestPeriod period) {
        return transaction
                .tests()
                .id(test)
                .flatMap(id -> Optional.ofNullable(
                        failures(List.of(id), lanes(""), period).get(id)))
                .map(failures -> TestStats.of(new KnownTest(0, test, "", false), failures, Map.of())
                        .lanes())
                .orElse(List.of());
    }

    /**
     * Lanes by their ids in the store.
     *
     * @param hidden those that the audience may not see
     * @param others those, and the ones that are not asked for
     */
    private record Lanes(Map<Long, String> names, Set<Long> hidden, Set<Long> others) {
        Map<Long, String> asked() {
            Map<Long, String> asked = new HashMap<>(names);
            asked.keySet().removeAll(others);
            return asked;
        }
    }

    /** @param text in the names of those that are asked for, in lower case */
    private Lanes lanes(String text) {
        Map<Long, String> names = new HashMap<>();
        Set<Long> hidden = new HashSet<>();
        Set<Long> others = new HashSet<>();
        for (TestLane lane : transaction.tests().lanes()) {
            names.put(lane.id(), lane.lane());
            boolean shown = mayShow(lane.lane(), lane.visibility());
            if (!shown) {
                hidden.add(lane.id());
            }
            if (!shown || !lane.lane().toLowerCase(Locale.ROOT).contains(text)) {
                others.add(lane.id());
            }
        }
        return new Lanes(names, hidden, others);
    }

    private boolean mayShow(String lane, Visibility visibility) {
        Set<Repository> repositories = Repository.parse(lane.substring(0, Math.max(0, lane.indexOf(' ')))).stream()
                .collect(Collectors.toSet());
        return VisibilityPolicy.mayShow(audience, new VisibilityScope(visibility, repositories));
    }
}
