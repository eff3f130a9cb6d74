/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.incident.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.Story.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.roster.MemberOverlay;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.roster.Zone;
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
 * Who gets to know of a blocking incident at the end of whose working hours. For sig-support: dhiller, Primary, in Berlin;
 * enp0s3, Secondary, Sun-Thu 06:00-14:00 UTC; xpivarc, Secondary, here in New York; dollierp, Backup, Mon-Fri 08:00-16:00 UTC.
 */
class HandoffTest {

    private static final Roster TWO_ZONES =
            Seed.roster(in("dhiller", "Europe/Berlin"), in("xpivarc", "America/New_York"));
    private static final Roster ONE_ZONE = Seed.roster();
    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T09:00:00Z");
    private static final Instant END_OF_WEDNESDAY = Instant.parse("2026-07-15T15:00:00Z");
    private static final Instant FRIDAY = Instant.parse("2026-07-17T09:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);

    @Test
    void whoIsAtWorkThenGetsOneNoteWithTheState() {
        Story story = acknowledged(WEDNESDAY, TWO_ZONES);
        story.until(WEDNESDAY.plus(Duration.ofHours(3))).happens(Run.red("post", JobType.POSTSUBMIT));
        story.until(END_OF_WEDNESDAY.plus(Duration.ofHours(2)));

        assertThat(handoffs(story)).singleElement().satisfies(note -> {
            assertThat(note.at()).isEqualTo(END_OF_WEDNESDAY);
            assertThat(note.decidedAt()).isEqualTo(END_OF_WEDNESDAY);
            assertThat(person(note)).isEqualTo("xpivarc");
            assertThat(note.incident().responsible()).isEqualTo("xpivarc");
            assertThat(note.incident().acknowledgedBy()).isEqualTo("dhiller");
            assertThat(note.text().lines())
                    .containsExactly(
                            "example/thing post is still open, and the working hours of dhiller are over",
                            "since 2026-07-15T09:10:00Z: " + story.incident().why(),
                            "2026-07-15T09:10:00Z: dhiller was told",
                            "2026-07-15T09:10:00Z: dhiller acknowledged it",
                            "2 red runs in all, 1 of them since dhiller has it; the last failed at 2026-07-15T12:00:00Z");
            assertThat(Objects.requireNonNull(note.to()).reasons())
                    .containsExactly(
                            "xpivarc is Secondary for sig-support and at work for at least 2 h before dhiller is"
                                    + " back; it is Wednesday 11:00 there");
        });
    }

    @Test
    void whatWasAnsweredStaysAnswered() {
        Story story = acknowledged(WEDNESDAY, TWO_ZONES).until(Instant.parse("2026-07-16T05:59:00Z"));

        assertThat(story.calls()).extracting(Message::kind).containsExactly(MessageKind.OPENED, MessageKind.HANDOFF);
    }

    @Test
    void itGoesRoundTheWorldWithOneNoteAtEachChange() {
        Story story = acknowledged(WEDNESDAY, TWO_ZONES).until(Instant.parse("2026-07-17T05:59:00Z"));

        assertThat(handoffs(story))
                .extracting(note -> person(note) + " " + note.at())
                .containsExactly(
                        "xpivarc 2026-07-15T15:00:00Z", "enp0s3 2026-07-16T06:00:00Z", "xpivarc 2026-07-16T14:00:00Z");
        assertThat(handoffs(story).getLast().text())
                .contains("2026-07-16T06:00:00Z: it was handed over to enp0s3")
                .contains("the working hours of enp0s3 are over");
    }

    @Test
    void whoComesBackBeforeAnybodyCouldHelpKeepsIt() {
        Story story = acknowledged(WEDNESDAY, ONE_ZONE).until(Instant.parse("2026-07-17T14:59:00Z"));

        assertThat(handoffs(story))
                .as("dollierp has an hour more, enp0s3 begins an hour earlier")
                .isEmpty();
    }

    @Test
    void overTheWeekendWhoeverBeginsToWorkFirstGetsItThen() {
        Story story = acknowledged(FRIDAY, ONE_ZONE).until(Instant.parse("2026-07-20T13:00:00Z"));

        assertThat(handoffs(story)).singleElement().satisfies(note -> {
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
    void itGoesByTheMembersOwnClockWhenClocksMove(Instant begin, Instant end) {
        Story story = acknowledged(begin, TWO_ZONES).until(end.plus(Duration.ofHours(1)));

        assertThat(handoffs(story)).extracting(Message::at).containsExactly(end);
    }

    @Test
    void whatDoesNotBlockIsHandedOverToNobody() {
        Story story = answered(broken(new Story(WEDNESDAY, rules(TWO_ZONES))));

        assertThat(handoffs(story.waits(Duration.ofDays(5)))).isEmpty();
    }

    @Test
    void whatHealsInTimeIsHandedOverToNobody() {
        Story story = acknowledged(WEDNESDAY, TWO_ZONES)
                .until(END_OF_WEDNESDAY.minusSeconds(1))
                .happens(Run.red("post", JobType.POSTSUBMIT).state(JobState.SUCCESS));

        assertThat(handoffs(story.waits(Duration.ofDays(2)))).isEmpty();
    }

    @Test
    void whatHealsBeforeTheNextPersonBeginsIsHandedOverToNobody() {
        Story story = acknowledged(FRIDAY, ONE_ZONE)
                .until(Instant.parse("2026-07-18T12:00:00Z"))
                .happens(Run.red("post", JobType.POSTSUBMIT).state(JobState.SUCCESS));

        assertThat(handoffs(story.waits(Duration.ofDays(4)))).isEmpty();
    }

    @Test
    void whatIsSnoozedIsHandedOverToNobodyAndTheReminderGoesToWhomeverIsThere() {
        Story story = broken(blocking(WEDNESDAY, TWO_ZONES));
        Instant until = Instant.parse("2026-07-15T18:00:00Z");
        story.command(new Command.Snooze(story.incident().id(), "dhiller", until))
                .until(until.plusSeconds(60));

        assertThat(story.calls()).extracting(Message::kind).containsExactly(MessageKind.OPENED, MessageKind.REMINDED);
        assertThat(person(story.calls().getLast())).isEqualTo("xpivarc");
    }

    @Test
    void whoDoesNotAnswerPassesItOnAndNoLevelIsAskedTwice() {
        Story story = broken(blocking(Instant.parse("2026-07-15T13:00:00Z"), TWO_ZONES))
                .waits(Duration.ofDays(6));

        assertThat(story.calls())
                .extracting(call -> call.kind() + " " + person(call) + " " + call.decidedAt())
                .containsExactly(
                        "OPENED dhiller 2026-07-15T13:10:00Z",
                        "HANDOFF xpivarc 2026-07-15T15:00:00Z",
                        "ESCALATED dollierp 2026-07-15T19:00:00Z",
                        "ESCALATED null 2026-07-16T12:00:00Z");
    }

    @Test
    void whoeverIsNotInTheTableAnswersForTheMemberWhoWasTold() {
        Story story = broken(blocking(WEDNESDAY, TWO_ZONES));
        story.command(new Command.Acknowledge(story.incident().id(), "a-lead-of-the-sig"))
                .until(END_OF_WEDNESDAY.plusSeconds(1));

        assertThat(handoffs(story)).singleElement().satisfies(note -> {
            assertThat(note.text())
                    .contains("a-lead-of-the-sig acknowledged it", "the working hours of dhiller are over");
            assertThat(note.incident().acknowledgedBy()).isEqualTo("a-lead-of-the-sig");
        });
    }

    @Test
    void whoTakesItOnInTheEveningHasItUntilTheEndOfTheirNextDay() {
        Story story = acknowledged(WEDNESDAY, ONE_ZONE).until(Instant.parse("2026-07-16T18:00:00Z"));
        story.command(new Command.Acknowledge(story.incident().id(), "enp0s3"));

        assertThat(handoffs(story.until(Instant.parse("2026-07-20T13:59:59Z"))))
                .as("not on Friday, nor on Sunday evening, as nobody works before enp0s3 is back")
                .isEmpty();
        assertThat(handoffs(story.waits(Duration.ofSeconds(1))))
                .extracting(HandoffTest::person)
                .as("who is at work for two hours more")
                .containsExactly("dollierp");
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, -1, 0, 1, 3_600})
    void aRestartAroundTheEndOfTheDayChangesNothing(long seconds) {
        Story story = acknowledged(WEDNESDAY, TWO_ZONES)
                .restart()
                .until(END_OF_WEDNESDAY.plusSeconds(seconds))
                .restart();
        story.until(END_OF_WEDNESDAY.plus(Duration.ofHours(3))).restart().waits(Duration.ofHours(1));

        assertThat(handoffs(story)).extracting(HandoffTest::person).containsExactly("xpivarc");
    }

    /** Lanes that block break and mend by chance, some are answered; with restarts at any time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void atNoTimeOfAHalfYearIsAnybodyDisturbedByANote(long seed) {
        Random random = new Random(seed);
        Story story = new Story(Instant.parse("2026-02-01T00:00:00Z"), rules(TWO_ZONES)).required();
        Instant end = Instant.parse("2026-08-01T00:00:00Z");
        while (story.now().isBefore(end)) {
            story.after(Duration.ofMinutes(30 + random.nextInt(600)));
            Run run = Run.red("post-" + random.nextInt(4), JobType.POSTSUBMIT);
            story.happens(random.nextInt(5) == 0 ? run.state(JobState.SUCCESS) : run);
            if (random.nextInt(4) == 0) {
                story.incidents().stream()
                        .filter(incident -> incident.closedAt() == null)
                        .findAny()
                        .ifPresent(incident -> story.command(
                                new Command.Acknowledge(incident.id(), random.nextBoolean() ? "dhiller" : "alex")));
            }
            if (random.nextInt(10) == 0) {
                story.restart();
            }
        }

        assertThat(handoffs(story)).as("seed %d", seed).hasSizeGreaterThan(20).allSatisfy(note -> {
            assertThat(TWO_ZONES.member(person(note)).orElseThrow().schedule().isAtWork(note.at()))
                    .as("seed %d: %s at %s", seed, person(note), note.at())
                    .isTrue();
            String gone = note.text().lines().findFirst().orElseThrow().replaceAll(".*hours of (\\S+) are over", "$1");
            assertThat(gone).as("seed %d", seed).isNotEqualTo(person(note));
            assertThat(TWO_ZONES.member(gone).orElseThrow().schedule().isAtWork(note.at()))
                    .as("seed %d: %s has gone at %s", seed, gone, note.at())
                    .isFalse();
        });
        assertThat(handoffs(story)).as("seed %d", seed).extracting(Message::id).doesNotHaveDuplicates();
    }

    private static MemberOverlay in(String handle, String zone) {
        return new MemberOverlay(handle, null, Zone.parse(zone).orElseThrow(), null, null, List.of(), List.of());
    }

    private static IncidentCore.Rules rules(Roster roster) {
        return new IncidentCore.Rules(Thresholds.DEFAULTS, roster, SigDirectory.empty(), "operations");
    }

    private static Story blocking(Instant at, Roster roster) {
        return new Story(at, rules(roster)).required();
    }

    private static Story broken(Story story) {
        return story.happens(Run.red("post", JobType.POSTSUBMIT)).waits(HOLD);
    }

    private static Story answered(Story story) {
        return story.command(new Command.Acknowledge(story.incident().id(), "dhiller"));
    }

    private static Story acknowledged(Instant at, Roster roster) {
        return answered(broken(blocking(at, roster)));
    }

    private static List<Message> handoffs(Story story) {
        List<Message> notes = new ArrayList<>(story.calls());
        notes.removeIf(message -> message.kind() != MessageKind.HANDOFF);
        return notes;
    }

    private static String person(Message message) {
        Addressee to = message.to();
        return String.valueOf(to == null ? null : to.handle());
    }
}
