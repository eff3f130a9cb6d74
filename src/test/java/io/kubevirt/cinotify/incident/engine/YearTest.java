// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.roster.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A year in which something is always broken: who is notified, and when. */
class YearTest {

    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int LANES = 25;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void nobodyIsNotifiedOutsideTheirHoursUnlessItBlocks(long seed) {
        Roster roster = Seed.roster();

        List<Notification> calls = year(seed).interruptions();

        assertThat(calls).as("seed %d", seed).hasSizeGreaterThan(100);
        assertThat(calls)
                .as("seed %d", seed)
                .filteredOn(notification ->
                        notification.to() != null && notification.to().handle() != null)
                .allSatisfy(notification -> assertThat(
                                roster.member(notification.to().handle())
                                                .orElseThrow()
                                                .schedule()
                                                .isAtWork(notification.at())
                                        || notification.incident().blocking())
                        .as(
                                "%s is notified at %s: %s",
                                notification.to().handle(),
                                notification.at(),
                                notification.to().reasons())
                        .isTrue());
        assertThat(calls).as("seed %d", seed).allSatisfy(notification -> assertThat(notification.to())
                .isNotNull()
                .satisfies(to ->
                        assertThat(to.reasons()).as("why, of %s", notification).isNotEmpty()));
    }

    /** Lanes and periodics break and recover at random. Nobody acknowledges, so incidents escalate. */
    private static EngineScenario year(long seed) {
        Random random = new Random(seed);
        EngineScenario scenario = new EngineScenario(NEW_YEAR);
        boolean[] broken = new boolean[LANES];
        Instant end = NEW_YEAR.plus(YEAR);
        while (scenario.now().isBefore(end)) {
            scenario.after(Duration.ofMinutes(5 + random.nextInt(60)));
            int lane = random.nextInt(LANES);
            broken[lane] ^= random.nextInt(40) == 0;
            boolean red = random.nextInt(10) < (broken[lane] ? 9 : 1);
            Run run = lane % 5 == 0
                    ? Run.red("periodic-" + lane, JobType.PERIODIC)
                    : Run.red("pull-" + lane, 1 + random.nextInt(30));
            scenario.finishes(red ? run : run.state(JobState.SUCCESS));
        }
        return scenario;
    }
}
