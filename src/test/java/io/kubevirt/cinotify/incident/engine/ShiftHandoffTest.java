// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.roster.MemberOverride;
import io.kubevirt.cinotify.roster.MemberZone;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who a blocking incident is handed off to at the end of working hours. For sig-support: dhiller, Primary, in Berlin;
 * enp0s3, Secondary, Sun-Thu 06:00-14:00 UTC; xpivarc, Secondary, here in New York; dollierp, Backup, Mon-Fri
 * 08:00-16:00 UTC.
 */
class ShiftHandoffTest {

    private static final Roster TWO_ZONES =
            Seed.roster(in("dhiller", "Europe/Berlin"), in("xpivarc", "America/New_York"));
    private static final Roster ONE_ZONE = Seed.roster();
    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T09:00:00Z");
    private static final Instant END_OF_WEDNESDAY = Instant.parse("2026-07-15T15:00:00Z");
    private static final Instant FRIDAY = Instant.parse("2026-07-17T09:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);

    @Test
    void theNextPersonOnDutyGetsOneHandoffWithTheState() {
        EngineScenario scenario = acknowledged(WEDNESDAY, TWO_ZONES);
        scenario.until(WEDNESDAY.plus(Duration.ofHours(3))).finishes(Run.red("post", JobType.POSTSUBMIT));
        scenario.until(END_OF_WEDNESDAY.plus(Duration.ofHours(2)));

        assertThat(handoffs(scenario)).singleElement().satisfies(note -> {
            assertThat(note.at()).isEqualTo(END_OF_WEDNESDAY);
            assertThat(note.decidedAt()).isEqualTo(END_OF_WEDNESDAY);
            assertThat(person(note)).isEqualTo("xpivarc");
            assertThat(note.incident().responsible()).isEqualTo("xpivarc");
            assertThat(note.incident().acknowledgedBy()).isEqualTo("dhiller");
            assertThat(note.text().lines())
                    .containsExactly(
                            "example/thing post is still open, and the working hours of dhiller are over",
                            "since 2026-07-15T09:00:00Z: " + scenario.incident().why(),
                            "2026-07-15T09:10:00Z: dhiller was notified",
                            "2026-07-15T09:10:00Z: dhiller acknowledged it",
                            "2 failed runs in all, 1 of them since it was assigned to dhiller; the last failed at"
                                    + " 2026-07-15T12:00:00Z");
            assertThat(Objects.requireNonNull(note.to()).reasons())
                    .containsExactly(
                            "xpivarc is Secondary for sig-support and at work for at least 2 h before dhiller is"
                                    + " back; it is Wednesday 11:00 there");
        });
    }

    @Test
    void anAcknowledgementSurvivesTheHandoff() {
        EngineScenario scenario = acknowledged(WEDNESDAY, TWO_ZONES).until(Instant.parse("2026-07-16T05:59:00Z"));

        assertThat(scenario.interruptions())
                .extracting(Notification::kind)
                .containsExactly(NotificationKind.OPENED, NotificationKind.HANDOFF);
    }

    @Test
    void anIncidentIsHandedOffOnceAtEachEndOfWorkingHours() {
        EngineScenario scenario = acknowledged(WEDNESDAY, TWO_ZONES).until(Instant.parse("2026-07-17T05:59:00Z"));

        assertThat(handoffs(scenario))
                .extracting(note -> person(note) + " " + note.at())
                .containsExactly(
                        "xpivarc 2026-07-15T15:00:00Z", "enp0s3 2026-07-16T06:00:00Z", "xpivarc 2026-07-16T14:00:00Z");
        assertThat(handoffs(scenario).getLast().text())
                .contains("2026-07-16T06:00:00Z: handed off to enp0s3")
                .contains("the working hours of enp0s3 are over");
    }

    @Test
    void anOwnerWhoIsBackSoonKeepsTheIncident() {
        EngineScenario scenario = acknowledged(WEDNESDAY, ONE_ZONE).until(Instant.parse("2026-07-17T14:59:00Z"));

        assertThat(handoffs(scenario))
                .as("dollierp has an hour more, enp0s3 begins an hour earlier")
                .isEmpty();
    }

    @Test
    void anIncidentOverTheWeekendIsHandedOffToWhoStartsFirst() {
        EngineScenario scenario = acknowledged(FRIDAY, ONE_ZONE).until(Instant.parse("2026-07-20T13:00:00Z"));

        assertThat(handoffs(scenario)).singleElement().satisfies(note -> {
            assertThat(person(note)).isEqualTo("enp0s3");
            assertThat(note.decidedAt()).isEqualTo(Instant.parse("2026-07-19T06:00:00Z"));
            assertThat(note.at()).isEqualTo(note.decidedAt());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-27T10:00:00Z, 2026-03-27T16:00:00Z",
        "2026-03-30T09:00:00Z, 2026-03-30T15:00:00Z",
        "2026-10-23T09:00:00Z, 2026-10-23T15:00:00Z",
        "2026-10-26T10:00:00Z, 2026-10-26T16:00:00Z"
    })
    void handoffsFollowTheMembersTimeZoneThroughDaylightSaving(Instant begin, Instant end) {
        EngineScenario scenario = acknowledged(begin, TWO_ZONES).until(end.plus(Duration.ofHours(1)));

        assertThat(handoffs(scenario)).extracting(Notification::at).containsExactly(end);
    }

    @Test
    void anIncidentThatDoesNotBlockIsNotHandedOff() {
        EngineScenario scenario = answered(broken(new EngineScenario(WEDNESDAY, rules(TWO_ZONES))));

        assertThat(handoffs(scenario.waits(Duration.ofDays(5)))).isEmpty();
    }

    @Test
    void anIncidentThatClosesInWorkingHoursIsNotHandedOff() {
        EngineScenario scenario = acknowledged(WEDNESDAY, TWO_ZONES)
                .until(END_OF_WEDNESDAY.minusSeconds(1))
                .finishes(Run.red("post", JobType.POSTSUBMIT).state(JobState.SUCCESS));

        assertThat(handoffs(scenario.waits(Duration.ofDays(2)))).isEmpty();
    }

    @Test
    void anIncidentThatClosesBeforeTheNextPersonStartsIsNotHandedOff() {
        EngineScenario scenario = acknowledged(FRIDAY, ONE_ZONE)
                .until(Instant.parse("2026-07-18T12:00:00Z"))
                .finishes(Run.red("post", JobType.POSTSUBMIT).state(JobState.SUCCESS));

        assertThat(handoffs(scenario.waits(Duration.ofDays(4)))).isEmpty();
    }

    @Test
    void aSnoozedIncidentIsNotHandedOffAndItsReminderGoesToWhoIsOnDuty() {
        EngineScenario scenario = broken(blocking(WEDNESDAY, TWO_ZONES));
        Instant until = Instant.parse("2026-07-15T18:00:00Z");
        scenario.perform(new IncidentAction.Snooze(scenario.incident().id(), "dhiller", until))
                .until(until.plusSeconds(60));

        assertThat(scenario.interruptions())
                .extracting(Notification::kind)
                .containsExactly(NotificationKind.OPENED, NotificationKind.REMINDED);
        assertThat(person(scenario.interruptions().getLast())).isEqualTo("xpivarc");
    }

    @Test
    void aMemberWhoDoesNotAnswerIsEscalatedAndNoLevelIsAskedTwice() {
        EngineScenario scenario = broken(blocking(Instant.parse("2026-07-15T13:00:00Z"), TWO_ZONES))
                .waits(Duration.ofDays(6));

        assertThat(scenario.interruptions())
                .extracting(call -> call.kind() + " " + person(call) + " " + call.decidedAt())
                .containsExactly(
                        "OPENED dhiller 2026-07-15T13:10:00Z",
                        "HANDOFF xpivarc 2026-07-15T15:00:00Z",
                        "ESCALATED dollierp 2026-07-15T19:00:00Z",
                        "ESCALATED null 2026-07-16T12:00:00Z");
    }

    @Test
    void anAnswerFromOutsideTheRosterCountsForTheNotifiedMember() {
        EngineScenario scenario = broken(blocking(WEDNESDAY, TWO_ZONES));
        scenario.perform(new IncidentAction.Acknowledge(scenario.incident().id(), "a-lead-of-the-sig"))
                .until(END_OF_WEDNESDAY.plusSeconds(1));

        assertThat(handoffs(scenario)).singleElement().satisfies(note -> {
            assertThat(note.text())
                    .contains("a-lead-of-the-sig acknowledged it", "the working hours of dhiller are over");
            assertThat(note.incident().acknowledgedBy()).isEqualTo("a-lead-of-the-sig");
        });
    }

    @Test
    void aMemberWhoAcknowledgesInTheEveningOwnsTheIncidentUntilTheEndOfTheirNextDay() {
        EngineScenario scenario = acknowledged(WEDNESDAY, ONE_ZONE).until(Instant.parse("2026-07-16T18:00:00Z"));
        scenario.perform(new IncidentAction.Acknowledge(scenario.incident().id(), "enp0s3"));

        assertThat(handoffs(scenario.until(Instant.parse("2026-07-20T13:59:59Z"))))
                .as("not on Friday, nor on Sunday evening, as nobody works before enp0s3 is back")
                .isEmpty();
        assertThat(handoffs(scenario.waits(Duration.ofSeconds(1))))
                .extracting(ShiftHandoffTest::person)
                .as("who is at work for two hours more")
                .containsExactly("dollierp");
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, -1, 0, 1, 3_600})
    void aRestartAroundTheEndOfTheDayChangesNothing(long seconds) {
        EngineScenario scenario = acknowledged(WEDNESDAY, TWO_ZONES)
                .restart()
                .until(END_OF_WEDNESDAY.plusSeconds(seconds))
                .restart();
        scenario.until(END_OF_WEDNESDAY.plus(Duration.ofHours(3))).restart().waits(Duration.ofHours(1));

        assertThat(handoffs(scenario)).extracting(ShiftHandoffTest::person).containsExactly("xpivarc");
    }

    /**
     * Blocking lanes break and recover at random, some incidents are acknowledged, and the engine restarts at any time.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void handoffsOfAHalfYearGoOnlyToMembersOnDuty(long seed) {
        Random random = new Random(seed);
        EngineScenario scenario =
                new EngineScenario(Instant.parse("2026-02-01T00:00:00Z"), rules(TWO_ZONES)).required();
        Instant end = Instant.parse("2026-08-01T00:00:00Z");
        while (scenario.now().isBefore(end)) {
            scenario.after(Duration.ofMinutes(30 + random.nextInt(600)));
            Run run = Run.red("post-" + random.nextInt(4), JobType.POSTSUBMIT);
            scenario.finishes(random.nextInt(5) == 0 ? run.state(JobState.SUCCESS) : run);
            if (random.nextInt(4) == 0) {
                scenario.incidents().stream()
                        .filter(incident -> incident.closedAt() == null)
                        .findAny()
                        .ifPresent(incident -> scenario.perform(new IncidentAction.Acknowledge(
                                incident.id(), random.nextBoolean() ? "dhiller" : "alex")));
            }
            if (random.nextInt(10) == 0) {
                scenario.restart();
            }
        }

        assertThat(handoffs(scenario))
                .as("seed %d", seed)
                .hasSizeGreaterThan(20)
                .allSatisfy(note -> {
                    assertThat(TWO_ZONES
                                    .member(person(note))
                                    .orElseThrow()
                                    .schedule()
                                    .isAtWork(note.at()))
                            .as("seed %d: %s at %s", seed, person(note), note.at())
                            .isTrue();
                    String gone = note.text()
                            .lines()
                            .findFirst()
                            .orElseThrow()
                            .replaceAll(".*hours of (\\S+) are over", "$1");
                    assertThat(gone).as("seed %d", seed).isNotEqualTo(person(note));
                    assertThat(TWO_ZONES.member(gone).orElseThrow().schedule().isAtWork(note.at()))
                            .as("seed %d: %s has gone at %s", seed, gone, note.at())
                            .isFalse();
                });
        assertThat(handoffs(scenario))
                .as("seed %d", seed)
                .extracting(Notification::id)
                .doesNotHaveDuplicates();
    }

    private static MemberOverride in(String handle, String zone) {
        return new MemberOverride(handle, null, MemberZone.parse(zone).orElseThrow(), null, null, List.of(), List.of());
    }

    private static EngineConfig rules(Roster roster) {
        return new EngineConfig(Thresholds.DEFAULTS, roster, SigDirectory.empty(), "operations");
    }

    private static EngineScenario blocking(Instant at, Roster roster) {
        return new EngineScenario(at, rules(roster)).required();
    }

    private static EngineScenario broken(EngineScenario scenario) {
        return scenario.finishes(Run.red("post", JobType.POSTSUBMIT)).waits(HOLD);
    }

    private static EngineScenario answered(EngineScenario scenario) {
        return scenario.perform(
                new IncidentAction.Acknowledge(scenario.incident().id(), "dhiller"));
    }

    private static EngineScenario acknowledged(Instant at, Roster roster) {
        return answered(broken(blocking(at, roster)));
    }

    private static List<Notification> handoffs(EngineScenario scenario) {
        List<Notification> notes = new ArrayList<>(scenario.interruptions());
        notes.removeIf(notification -> notification.kind() != NotificationKind.HANDOFF);
        return notes;
    }

    private static String person(Notification notification) {
        Recipient to = notification.to();
        return String.valueOf(to == null ? null : to.handle());
    }
}
