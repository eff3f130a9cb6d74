// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static io.kubevirt.cinotify.fixture.FailedTests.test;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.TestStats;
import io.kubevirt.cinotify.digest.TestStats.LaneFailures;
import io.kubevirt.cinotify.fixture.FailedTests;
import io.kubevirt.cinotify.fixture.OnEachStore;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.TestFilter;
import io.kubevirt.cinotify.store.TestFilter.Order;
import io.kubevirt.cinotify.store.TestTable.FailedTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests by their failures, on both stores. */
class TestRankingTest extends OnEachStore {
    private static final String E2E = "example/thing e2e";
    private static final String UNIT = "example/thing unit";
    private static final String SECRET = "example/secret e2e";
    private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(40));
    private static final DigestPeriod WEEK = DigestPeriod.before(NOON.plusSeconds(60), Duration.ofDays(7));

    private FailedTests runs;

    @BeforeEach
    void begin() {
        runs = new FailedTests(database.store());
    }

    private List<TestStats> find(Audience audience, TestFilter filter, int limit) {
        return database.store().read(transaction -> new TestRanking(transaction, audience)
                .find(filter, WEEK, transaction.dayCounts().finished(WEEK.from(), WEEK.until()), limit));
    }

    private List<TestStats> find(Order order) {
        return find(Audience.PUBLIC, TestFilter.of(order, null), 10);
    }

    private static List<String> names(List<TestStats> tests) {
        return tests.stream().map(each -> each.test().name()).toList();
    }

    @Test
    void aTestHasItsLanesPullRequestsAndShares() {
        runs.failed(E2E, 7, LONG_AGO, test("migrates"));
        runs.failed(E2E, 7, NOON.minusSeconds(60), test("migrates"));
        runs.failed(E2E, 8, NOON.minusSeconds(50), test("migrates"));
        runs.failed(UNIT, 8, NOON.minusSeconds(40), test("migrates"));
        runs.failed(UNIT, 8, NOON, new FailedTest("migrates", "compute", true, true));
        for (int pull = 7; pull <= 12; pull++) {
            runs.passed(E2E, pull == 8 ? 13 : pull, NOON);
        }

        TestStats test = find(Order.FAILED).getFirst();
        assertThat(test.failed()).isEqualTo(4);
        assertThat(test.flaky())
                .as("one passed on the commit, one in its own report")
                .isEqualTo(2);
        assertThat(test.runs()).isEqualTo(10);
        assertThat(test.failureShare()).isEqualTo(40);
        assertThat(test.flakeShare()).isEqualTo(50);
        assertThat(test.pulls()).isEqualTo(2);
        assertThat(test.lanes()).containsExactly(new LaneFailures(E2E, 2, 1), new LaneFailures(UNIT, 2, 1));
        assertThat(test.firstSeen()).isEqualTo(LONG_AGO);
        assertThat(test.lastSeen()).isEqualTo(NOON);
        assertThat(test.test().quarantined()).isTrue();
        assertThat(test.url()).endsWith("/unit/1005");
    }

    @Test
    void runsOfThePeriodCountInWhateverOrderTheyAreStored() {
        Instant longBefore = WEEK.from().minus(Duration.ofHours(36));
        runs.failed(E2E, 1, longBefore, test("boots"));
        runs.failed(E2E, 2, NOON, test("migrates"));
        runs.failed(E2E, 3, WEEK.from(), test("migrates"));
        runs.failed(E2E, 4, longBefore, test("migrates"));

        TestStats test = find(Order.FAILED).getFirst();
        assertThat(test.failed()).isEqualTo(2);
        assertThat(test.firstSeen()).isEqualTo(longBefore);
        assertThat(find(Order.FAILED)).hasSize(1);
    }

    @Test
    void flakyTestsAreNotBrokenOnes() {
        runs.failed(E2E, 1, NOON, test("net flakes"), test("breaks"));
        runs.passed(E2E, 1, NOON);
        runs.failed(E2E, 2, NOON, test("breaks"));
        runs.failed(E2E, 3, NOON, test("breaks"));

        assertThat(names(find(Order.FAILED))).containsExactly("breaks", "net flakes");
        assertThat(names(find(Order.FLAKY))).containsExactlyInAnyOrder("breaks", "net flakes");
        assertThat(names(find(Order.BROKEN))).containsExactly("breaks");
        assertThat(names(find(Audience.PUBLIC, TestFilter.of(Order.FAILED, "network"), 10)))
                .containsExactly("net flakes");
    }

    @Test
    void filtersSelectByLaneNameAndId() {
        runs.failed(E2E, 1, NOON, test("migrates 100%"), test("boots"));
        runs.failed(UNIT, 2, NOON, test("boots"));

        TestStats onUnit = find(Audience.PUBLIC, new TestFilter(Order.FAILED, null, "UNIT", null, null), 10)
                .getFirst();
        assertThat(onUnit.lanes()).containsExactly(new LaneFailures(UNIT, 1, 0));
        assertThat(names(find(Audience.PUBLIC, new TestFilter(Order.FAILED, null, null, "TES 100%", null), 10)))
                .containsExactly("migrates 100%");
        assertThat(names(find(Audience.PUBLIC, new TestFilter(Order.FAILED, null, null, "%", null), 10)))
                .containsExactly("migrates 100%");
        long id = onUnit.test().id();
        assertThat(names(find(Audience.PUBLIC, new TestFilter(Order.FAILED, null, null, null, id), 10)))
                .containsExactly("boots");
    }

    @Test
    void failuresInRunsThatAreNotPublicDoNotCountForOthers() {
        Audience readers = new Audience.Readers(Repository.of("example/secret"), Visibility.PRIVATE);
        TestFilter all = TestFilter.of(Order.FAILED, null);
        for (int test = 0; test < 60; test++) {
            runs.run(SECRET, 1, NOON, Visibility.PRIVATE, test("hidden " + test));
            runs.run(SECRET, 2, NOON, Visibility.UNKNOWN, test("hidden " + test));
        }
        runs.run(SECRET, 3, NOON.minusSeconds(99), Visibility.PRIVATE, test("shared"));
        runs.failed(E2E, 4, NOON.minusSeconds(50), test("shared"));
        runs.failed(E2E, 5, NOON.minusSeconds(60), test("open"));

        List<TestStats> shown = find(Audience.PUBLIC, all, 1);
        assertThat(names(find(Audience.PUBLIC, all, 10)))
                .as("behind more hidden ones than are looked at together")
                .containsExactly("open", "shared");
        assertThat(shown).hasSize(1);
        TestStats shared = find(Audience.PUBLIC, all, 10).getLast();
        assertThat(shared.failed()).isEqualTo(1);
        assertThat(shared.firstSeen()).isEqualTo(NOON.minusSeconds(50));
        assertThat(shared.lanes()).extracting(LaneFailures::lane).containsExactly(E2E);
        assertThat(find(Audience.OPERATOR, all, 100)).hasSize(62);
        assertThat(find(readers, all, 100)).hasSize(62);
        assertThat(names(find(new Audience.Readers(Repository.of("example/other"), Visibility.PRIVATE), all, 100)))
                .containsExactly("open", "shared");
    }

    /** The failures of few lanes are read by their runs. */
    @Test
    void fewLanesHaveTheFiguresThatTheyHaveAmongMany() {
        runs.failed(E2E, 1, WEEK.from().minusMillis(1), test("net flakes"));
        runs.failed(E2E, 2, WEEK.from(), test("net flakes"), test("net breaks"));
        runs.failed(E2E, 2, NOON, test("net flakes"), test("boots"));
        runs.passed(E2E, 2, NOON);
        runs.failed(E2E, 3, NOON, test("net breaks"), test("net flakes"));
        runs.run(E2E, 4, NOON, Visibility.PRIVATE, test("net flakes"), test("hidden"));
        runs.failed(
                E2E,
                5,
                NOON,
                IntStream.range(0, 51).mapToObj(test -> test("net " + test)).toArray(FailedTest[]::new));
        for (Order order : Order.values()) {
            List<TestStats> all = find(Audience.PUBLIC, TestFilter.of(order, "network"), 10);
            assertThat(all).isNotEmpty();
            for (String lane : List.of("E2E", "e")) {
                assertThat(find(Audience.PUBLIC, new TestFilter(order, "network", lane, null, null), 10))
                        .as("%s on %s", order, lane)
                        .isEqualTo(all);
            }
        }
        assertThat(find(Audience.PUBLIC, new TestFilter(Order.FAILED, null, "other", null, null), 10))
                .isEmpty();
        assertThat(find(Audience.PUBLIC, new TestFilter(Order.FAILED, null, "e2e", null, null), 1))
                .singleElement()
                .satisfies(test -> assertThat(test.test().name()).isEqualTo("net flakes"));
    }

    @Test
    void failuresAreShownOnceTheirLaneIsPublic() {
        runs.run(E2E, 1, NOON.minusSeconds(60), Visibility.UNKNOWN, test("migrates"));
        runs.run(E2E, 2, NOON.minusSeconds(50), Visibility.PRIVATE, test("migrates"));
        runs.run(E2E, 3, NOON.minusSeconds(40), Visibility.PUBLIC, test("migrates"));
        assertThat(find(Order.FAILED)).singleElement().satisfies(test -> assertThat(test.failed())
                .isEqualTo(1));

        database.store().inTransaction(transaction -> transaction.visibility().setLane(E2E, Visibility.PUBLIC, 10));
        assertThat(find(Order.FAILED)).singleElement().satisfies(test -> {
            assertThat(test.failed()).isEqualTo(2);
            assertThat(test.lanes()).containsExactly(new LaneFailures(E2E, 2, 0));
            assertThat(test.firstSeen()).isEqualTo(NOON.minusSeconds(60));
        });
    }

    @Test
    void aRunThatFailsEverythingSaysNothingAboutATest() {
        runs.failed(
                E2E,
                1,
                NOON,
                IntStream.range(0, 51).mapToObj(test -> test("x" + test)).toArray(FailedTest[]::new));
        runs.failed(E2E, 2, NOON, test("x7"));

        assertThat(find(Order.FAILED)).singleElement().satisfies(test -> assertThat(test.failed())
                .isEqualTo(1));
    }
}
