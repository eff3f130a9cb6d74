// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.roster.Schedule.DaysOff;
import io.kubevirt.cinotify.roster.Schedule.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must hold at every minute of a year, whoever is in the group. */
class RosterYearTest {

    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);
    /** 25 quarters of an hour: in 25 weeks, each of the 672 quarters of a week. */
    private static final Duration STEP = Duration.ofMinutes(25 * 15);

    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/New_York", "Asia/Jerusalem", "Asia/Kolkata", "GMT+1");
    private static final List<String> DAYS = List.of("Mon-Fri", "Sun-Thu", "Mon, Wed-Thu", "Fri-Tue", "Sat", "none");
    private static final List<String> HOURS = List.of("09:00-17:00", "22:00-06:00", "00:00-24:00", "02:00-03:00");

    @Test
    void eachQuarterOfAnHourHasAnAnswerForEveryAreaOfTheGroup() {
        Roster roster = Seed.roster();
        Instant end = NEW_YEAR.plus(YEAR);
        for (Instant at = NEW_YEAR; at.isBefore(end); at = at.plus(STEP)) {
            for (String area : roster.areas()) {
                check(roster, new OnCallQuery(area, at, false, LastNotified.never(), null), "the group");
                check(roster, new OnCallQuery(area, at, true, LastNotified.never(), null), "the group");
                checkStatus(roster, area, at);
            }
        }
    }

    private static void checkStatus(Roster roster, String area, Instant at) {
        OnCallStatus standing = roster.status(area, at);
        boolean someoneAtWork = roster.levels(area).all().stream()
                .anyMatch(member -> member.schedule().isAtWork(at));
        Member responsible = standing.responsible();
        boolean responsibleAtWork =
                responsible != null && responsible.schedule().isAtWork(at);
        OnCallStatus.Next next = standing.next();
        boolean nextComes = next == null
                || (next.person().schedule().isAtWork(next.at()) && !next.at().isBefore(at));
        if (someoneAtWork != responsibleAtWork || !nextComes || (responsible == null && next == null)) {
            fail("%s stands at %s as %s", area, at, standing);
        }
    }

    @Test
    void anyRosterAnswersAtAnyMinute() {
        long seed = 20260101;
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            Roster roster = randomRoster(random);
            String context = "seed " + seed + ", round " + round;
            for (int sample = 0; sample < 40; sample++) {
                Instant at = NEW_YEAR.plusSeconds(random.nextInt((int) YEAR.toSeconds()));
                String area = roster.areas().get(random.nextInt(roster.areas().size()));
                String holder = random.nextBoolean() ? "member" + random.nextInt(5) : null;
                check(roster, new OnCallQuery(area, at, random.nextBoolean(), LastNotified.never(), holder), context);
            }
        }
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static Roster randomRoster(Random random) {
        List<RosterDocument.Row> members = new ArrayList<>();
        List<MemberOverride> overlays = new ArrayList<>();
        for (int index = 0; index < random.nextInt(5); index++) {
            Map<String, Level> levels = new HashMap<>();
            for (String area : Seed.COLUMNS.areas()) {
                if (random.nextBoolean()) {
                    levels.put(area, any(List.of(Level.values()), random));
                }
            }
            String handle = "member" + index;
            MemberZone zone = MemberZone.parse(any(ZONES, random)).orElseThrow();
            members.add(new RosterDocument.Row(
                    handle, handle, Availability.parse(any(DAYS, random)).orElseThrow(), zone, levels, index));
            LocalDate first = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365));
            Instant pause = NEW_YEAR.plusSeconds(random.nextInt((int) YEAR.toSeconds()));
            overlays.add(new MemberOverride(
                    handle,
                    null,
                    null,
                    WorkingHours.parse(any(HOURS, random)).orElseThrow(),
                    null,
                    List.of(new DaysOff(first, first.plusDays(random.nextInt(60)))),
                    List.of(new Pause(pause, pause.plusSeconds(random.nextInt(20 * 86400))))));
        }
        return Roster.of(
                new RosterDocument("group.md", Seed.COLUMNS.areas(), members),
                new MemberOverrides("ci-notify.yaml", WorkingHours.OFFICE, overlays));
    }

    private static void check(Roster roster, OnCallQuery question, String context) {
        OnCallResult answer = roster.responsible(question);
        List<Member> members = roster.levels(question.area()).all();
        boolean holds =
                switch (answer) {
                    case OnCallResult.Now now -> now.member().schedule().isAtWork(question.at());
                    case OnCallResult.Deferred later -> isFirstMinute(later, question, members);
                    case OnCallResult.Nobody nobody ->
                        members.stream().allMatch(member -> member.schedule()
                                .nextWorkingMinute(question.at())
                                .isEmpty());
                };
        boolean mentioned = answer.mentionSig()
                == roster.members(question.area(), Level.PRIMARY).isEmpty();
        if (!holds || !mentioned || answer.reasons().isEmpty()) {
            fail("%s: %s is answered with %s", context, question, answer);
        }
    }

    private static boolean isFirstMinute(OnCallResult.Deferred later, OnCallQuery question, List<Member> members) {
        Duration wait = Duration.between(question.at(), later.at());
        List<Member> others = later.channelAtOnce()
                ? members
                : members.stream()
                        .filter(member -> member.level(question.area()).equals(Optional.of(later.level())))
                        .toList();
        return later.member().schedule().isAtWork(later.at())
                && !wait.isNegative()
                && !wait.isZero()
                && later.channelAtOnce() == question.blocking()
                && others.stream().allMatch(member -> member.schedule()
                        .workingTimeBetween(question.at(), later.at())
                        .isZero());
    }

    @Test
    void aYearOfLeaveDefersEveryNotification() {
        DaysOff year = new DaysOff(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));
        List<DaysOff> leave = List.of(year);
        Roster roster = Seed.roster(Seed.group().members().stream()
                .map(row -> new MemberOverride(row.handle(), null, null, null, null, leave, List.of()))
                .toArray(MemberOverride[]::new));
        for (int hour = 0; hour < 1_000; hour += 10) {
            Instant at = NEW_YEAR.plus(Duration.ofHours(hour));
            assertThat(roster.responsible(new OnCallQuery("operations", at, true, LastNotified.never(), null)))
                    .isInstanceOf(OnCallResult.Deferred.class);
        }
    }
}
