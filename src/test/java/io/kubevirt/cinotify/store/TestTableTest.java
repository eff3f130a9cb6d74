// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.TestFilter.Order;
import io.kubevirt.cinotify.store.TestTable.FailedOn;
import io.kubevirt.cinotify.store.TestTable.FailedTest;
import io.kubevirt.cinotify.store.TestTable.TestDay;
import io.kubevirt.cinotify.store.TestTable.TestFailures;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class TestTableTest {

    private static final Instant YESTERDAY = NOON.minus(Duration.ofDays(1));
    private static final String LANE = "example/thing job";

    @Parameter
    private TestStore.Kind kind;

    @TempDir
    private Path folder;

    private TestStore database;

    @BeforeEach
    void open() {
        database = kind.in(folder);
    }

    @Test
    void failuresAreCountedByTestAndByTheDayOnWhichTheRunEnded() {
        failed("1", 7, "s1", YESTERDAY, "migrates", "boots");
        failed("2", 8, "s2", NOON, "migrates");
        failed("2", 8, "s2", NOON, "migrates");

        assertThat(failing())
                .containsExactly(
                        new TestFailures(1, "migrates", "compute", false, YESTERDAY, NOON, 2, 0),
                        new TestFailures(2, "boots", "compute", false, YESTERDAY, YESTERDAY, 1, 0));
        assertThat(days("migrates"))
                .containsExactly(new TestDay(DayCounts.day(YESTERDAY), 1, 0), new TestDay(DayCounts.day(NOON), 1, 0));
        assertThat(onLanes("migrates"))
                .containsExactly(new FailedOn(1, 1, 7, YESTERDAY, false), new FailedOn(1, 1, 8, NOON, false));
        List<String> ofRun = database
                .outcomes()
                .query("SELECT test.name FROM test_failure AS f JOIN test ON test.id = f.test"
                        + " JOIN test_run AS r ON r.id = f.run WHERE r.build_id = '1' ORDER BY test.name")
                .stream()
                .map(row -> String.valueOf(row.get("name")))
                .toList();
        assertThat(ofRun).containsExactly("boots", "migrates");
    }

    @Test
    void aFailureIsAFlakeOnceTheLanePassesOnTheCommit() {
        failed("1", 7, "s1", YESTERDAY, "migrates");
        failed("2", 8, "s2", YESTERDAY, "migrates");
        inTransaction(transaction -> transaction.runs(NOON).advance(run(JobState.SUCCESS, "3", 7, "s1", NOON)));
        failed("4", 7, "s1", NOON, "migrates");

        assertThat(failing()).containsExactly(new TestFailures(1, "migrates", "compute", false, YESTERDAY, NOON, 3, 2));
        assertThat(days("migrates"))
                .containsExactly(new TestDay(DayCounts.day(YESTERDAY), 2, 1), new TestDay(DayCounts.day(NOON), 1, 1));
        assertThat(onLanes("migrates"))
                .extracting(FailedOn::pull, FailedOn::endedAt, FailedOn::flaky)
                .containsExactly(tuple(7, YESTERDAY, true), tuple(8, YESTERDAY, false), tuple(7, NOON, true));
    }

    @Test
    void theNewestFailureDecidesWhoOwnsATestAndWhetherItIsQuarantined() {
        add(run(JobState.FAILURE, "2", 7, "s1", NOON), new FailedTest("migrates", "network", true, true));
        add(run(JobState.FAILURE, "1", 7, "s1", YESTERDAY), new FailedTest("migrates", "compute", false, false));

        assertThat(failing()).containsExactly(new TestFailures(1, "migrates", "network", true, YESTERDAY, NOON, 2, 1));
    }

    @Test
    void aRunThatFailsEverythingTakesFewRowsAndALongNameFewBytes() {
        String[] names = IntStream.range(0, 300)
                .mapToObj(number -> "x".repeat(900) + number)
                .toArray(String[]::new);
        failed("1", 7, "s1", NOON, names);

        assertThat(failing()).hasSize(TestTable.MAX_TESTS).allSatisfy(test -> assertThat(test.name())
                .hasSizeLessThan(420));
        assertThat(database.outcomes().query("SELECT failures FROM test_run")).hasToString("[{failures=300}]");
    }

    @Test
    void aRunOfWhichMoreFailuresBecomeKnownSaysNothingAboutATest() {
        failed("1", 7, "s1", NOON, "migrates");
        failed("2", 8, "s2", NOON, "migrates");
        String[] many = IntStream.range(0, 51).mapToObj(number -> "x" + number).toArray(String[]::new);
        failed("1", 7, "s1", NOON, many);

        assertThat(onLanes("migrates")).extracting(FailedOn::pull).containsExactly(8);
        assertThat(onLanes("x7")).isEmpty();
    }

    @Test
    void lanesWithoutRunsAreForgotten() {
        failed("1", 7, "s1", YESTERDAY, "migrates");
        inTransaction(transaction -> transaction.tests().forgetBefore(NOON, 10));

        assertThat(database.outcomes().query("SELECT lane FROM test_lane")).isEmpty();
    }

    @Test
    void aRunHasTheVisibilityOfItsLane() {
        JobRun run = run(JobState.FAILURE, "1", 7, "s1", NOON);
        inTransaction(transaction -> transaction.runs(NOON).advance(run, Visibility.PRIVATE));
        add(run, new FailedTest("migrates", "compute", false, false));

        assertThat(database.outcomes().query("SELECT visibility FROM test_run"))
                .containsExactly(Map.of("visibility", "private"));
    }

    @Test
    void whatEndedLongAgoIsDeleted() {
        failed("1", 7, "s1", YESTERDAY, "migrates", "boots");
        failed("2", 8, "s2", NOON, "migrates");

        inTransaction(transaction -> transaction.tests().forgetBefore(NOON, 1));
        inTransaction(transaction -> transaction.tests().forgetBefore(NOON, 10));

        assertThat(failing())
                .extracting(TestFailures::name, TestFailures::failed)
                .containsExactly(tuple("migrates", 1L));
        assertThat(database.outcomes().query("SELECT name FROM test")).containsExactly(Map.of("name", "migrates"));
        assertThat(database.outcomes().query("SELECT build_id FROM test_run")).containsExactly(Map.of("build_id", "2"));
        assertThat(database.outcomes().query("SELECT test FROM test_failure")).hasSize(1);
    }

    private void failed(String build, int pull, String sha, Instant ended, String... tests) {
        JobRun run = run(JobState.FAILURE, build, pull, sha, ended);
        inTransaction(transaction -> transaction.runs(NOON).advance(run));
        add(
                run,
                Arrays.stream(tests)
                        .map(name -> new FailedTest(name, "compute", false, false))
                        .toArray(FailedTest[]::new));
    }

    private void add(JobRun run, FailedTest... tests) {
        inTransaction(
                transaction -> transaction.tests().add(run, run.times().completed(), List.of(tests), tests.length));
    }

    private void inTransaction(Consumer<Transaction> work) {
        database.store().inTransaction(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    private static JobRun run(JobState state, String build, int pull, String sha, Instant ended) {
        return JobRun.builder("job", JobType.PRESUBMIT, state)
                .repository(Repository.of("example/thing"))
                .pulls(List.of(new Pull(pull, null, sha)))
                .build(build, null)
                .times(new RunTimes(YESTERDAY, null, ended))
                .build();
    }

    private List<TestFailures> failing() {
        return database.store()
                .read(transaction ->
                        transaction.tests().failing(TestFilter.of(Order.FAILED, null), YESTERDAY, NOON, 100));
    }

    private List<TestDay> days(String test) {
        return database.store().read(transaction -> transaction.tests().days(test, YESTERDAY, NOON));
    }

    private List<FailedOn> onLanes(String test) {
        return database.store().read(transaction -> transaction
                .tests()
                .onLanes(List.of(transaction.tests().id(test).orElseThrow()), Set.of(), YESTERDAY, NOON.plusMillis(1)));
    }
}
