// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.roster.Schedule.DaysOff;
import io.kubevirt.cinotify.roster.Schedule.Pause;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RosterTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T10:00:00Z");
    private static final Instant SUNDAY = Instant.parse("2026-07-19T10:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-07-18T10:00:00Z");

    private static OnCallQuery query(String area, Instant at, boolean blocking) {
        return new OnCallQuery(area, at, blocking, LastNotified.never(), null);
    }

    private static OnCallQuery queryHeldBy(
            String area, Instant at, @Nullable String holder, Map<String, Instant> notified) {
        return new OnCallQuery(area, at, false, handle -> Optional.ofNullable(notified.get(handle)), holder);
    }

    /** {@code dollierp primary}, with when and what else. */
    static String brief(OnCallResult answer) {
        String sig = answer.mentionSig() ? " +sig" : "";
        String channel = answer.channelAtOnce() ? " +channel" : "";
        return switch (answer) {
            case OnCallResult.Now now ->
                now.member().handle() + " " + now.level().value() + sig + channel;
            case OnCallResult.Deferred later ->
                later.member().handle() + " " + later.level().value() + " at " + later.at() + sig + channel;
            case OnCallResult.Nobody nobody -> "nobody" + sig + channel;
        };
    }

    private static MemberOverride off(String handle, String first, String last) {
        DaysOff days = new DaysOff(LocalDate.parse(first), LocalDate.parse(last));
        return new MemberOverride(handle, null, null, null, null, List.of(days), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        // Wednesday, everyone at work.
        "bare-metal,  2026-07-15T10:00:00Z, false, dollierp primary",
        "operations,  2026-07-15T10:00:00Z, false, dollierp primary",
        "prow,        2026-07-15T10:00:00Z, false, dollierp primary",
        "sig-support, 2026-07-15T10:00:00Z, false, dhiller primary",
        "kubevirtci,  2026-07-15T10:00:00Z, false, dollierp backup +sig",
        // Early: only GMT+3, then GMT+2 too. What is not blocking waits for the first level.
        "operations,  2026-07-15T06:30:00Z, false, dollierp primary at 2026-07-15T08:00:00Z",
        "operations,  2026-07-15T06:30:00Z, true,  enp0s3 backup",
        "operations,  2026-07-15T07:30:00Z, true,  dhiller secondary",
        "prow,        2026-07-15T06:30:00Z, false, dhiller primary at 2026-07-15T07:00:00Z",
        // Sunday: bare-metal has nobody, the others have enp0s3.
        "bare-metal,  2026-07-19T10:00:00Z, false, dollierp primary at 2026-07-20T08:00:00Z",
        "bare-metal,  2026-07-19T10:00:00Z, true,  dhiller backup at 2026-07-20T07:00:00Z +channel",
        "prow,        2026-07-19T10:00:00Z, true,  enp0s3 secondary",
        "kubevirtci,  2026-07-19T10:00:00Z, false, enp0s3 backup +sig",
        // Saturday: nobody at all; Sunday's early bird is the first.
        "sig-support, 2026-07-18T10:00:00Z, true,  enp0s3 secondary at 2026-07-19T06:00:00Z +channel",
        "sig-support, 2026-07-18T10:00:00Z, false, dhiller primary at 2026-07-20T07:00:00Z",
        "networking,  2026-07-15T10:00:00Z, true,  nobody +sig +channel",
    })
    void theFirstLevelIsNotifiedAndOnlyBlockingProblemsGoFurtherDown(
            String area, Instant at, boolean blocking, String expected) {
        assertThat(brief(Seed.roster().responsible(query(area, at, blocking)))).isEqualTo(expected);
    }

    @Test
    void twoOnOneLevelTakeTurnsByWhoWasNotifiedLeastRecently() {
        Roster roster = Seed.roster();
        Instant monday = Instant.parse("2026-07-13T10:00:00Z");
        Instant tuesday = Instant.parse("2026-07-14T10:00:00Z");
        assertThat(brief(roster.responsible(queryHeldBy("prow", WEDNESDAY, null, Map.of("dollierp", monday)))))
                .isEqualTo("dhiller primary");
        assertThat(brief(roster.responsible(
                        queryHeldBy("prow", WEDNESDAY, null, Map.of("dollierp", monday, "dhiller", tuesday)))))
                .isEqualTo("dollierp primary");
        assertThat(brief(roster.responsible(
                        queryHeldBy("prow", WEDNESDAY, null, Map.of("dollierp", monday, "dhiller", monday)))))
                .isEqualTo("dollierp primary");
    }

    @Test
    void anIncidentStaysWithItsHolderWhoIsAtWork() {
        Roster roster = Seed.roster();
        assertThat(brief(roster.responsible(queryHeldBy("prow", WEDNESDAY, "DHiller", Map.of("dhiller", WEDNESDAY)))))
                .isEqualTo("dhiller primary");
        assertThat(brief(roster.responsible(queryHeldBy("prow", WEDNESDAY, "enp0s3", Map.of()))))
                .isEqualTo("enp0s3 secondary");
        assertThat(brief(roster.responsible(queryHeldBy("bare-metal", WEDNESDAY, "enp0s3", Map.of()))))
                .as("has no level for the area")
                .isEqualTo("dollierp primary");
    }

    @Test
    void anIncidentGoesToTheOtherPrimaryWhenItsHolderIsAway() {
        Roster roster = Seed.roster(off("dhiller", "2026-07-15", "2026-07-15"));
        OnCallResult answer = roster.responsible(queryHeldBy("prow", WEDNESDAY, "dhiller", Map.of()));
        assertThat(brief(answer)).isEqualTo("dollierp primary");
        assertThat(answer.reasons())
                .containsExactly(
                        "dhiller already has this incident but is off on 2026-07-15",
                        "dollierp is Primary for prow and at work; it is Wednesday 11:00 there");
    }

    @Test
    void everyOnCallResultHasReasons() {
        Roster roster = Seed.roster();
        assertThat(roster.responsible(query("bare-metal", SUNDAY, false)).reasons())
                .containsExactly(
                        "dollierp is Primary for bare-metal but works Mon-Fri 09:00-17:00 GMT+1;"
                                + " it is Sunday 11:00 there",
                        "the incident is not known to block merging: deferred for dollierp until 2026-07-20T08:00:00Z");
        assertThat(roster.responsible(query("bare-metal", SUNDAY, true)).reasons())
                .containsExactly(
                        "dollierp is Primary for bare-metal but works Mon-Fri 09:00-17:00 GMT+1;"
                                + " it is Sunday 11:00 there",
                        "dhiller is Backup for bare-metal but works Mon-Fri 09:00-17:00 GMT+2;"
                                + " it is Sunday 12:00 there",
                        "nobody is at work: dhiller is the first, at 2026-07-20T07:00:00Z;"
                                + " the channel is notified now");
        assertThat(roster.responsible(query("kubevirtci", WEDNESDAY, false)).reasons())
                .first()
                .isEqualTo("kubevirtci has no Primary: its SIG is mentioned");
    }

    @Test
    void aFirstLevelThatNeverWorksIsPassedOver() {
        Roster roster = Seed.roster(off("dollierp", "2020-01-01", "2099-12-31"));
        assertThat(brief(roster.responsible(query("bare-metal", WEDNESDAY, false))))
                .isEqualTo("dhiller backup");
        assertThat(brief(roster.responsible(query("bare-metal", SUNDAY, false))))
                .isEqualTo("dhiller backup at 2026-07-20T07:00:00Z");
    }

    @Test
    void anAreaWhoseMembersAllNeverWorkHasNobody() {
        Roster roster =
                Seed.roster(off("dollierp", "2020-01-01", "2099-12-31"), off("dhiller", "2020-01-01", "2099-12-31"));
        assertThat(brief(roster.responsible(query("bare-metal", WEDNESDAY, false))))
                .isEqualTo("nobody");
        assertThat(brief(roster.responsible(query("bare-metal", WEDNESDAY, true))))
                .isEqualTo("nobody +channel");
    }

    @Test
    void escalationGoesOneLevelDownAndEndsAfterTheLast() {
        Roster roster = Seed.roster();
        OnCallQuery now = queryHeldBy("operations", WEDNESDAY, "dollierp", Map.of());
        assertThat(roster.escalation(now, Level.PRIMARY).map(RosterTest::brief)).contains("dhiller secondary");
        assertThat(roster.escalation(now, Level.SECONDARY).map(RosterTest::brief))
                .contains("enp0s3 backup");
        assertThat(roster.escalation(now, Level.BACKUP)).isEmpty();
        assertThat(roster.escalation(query("bare-metal", WEDNESDAY, false), Level.PRIMARY)
                        .map(RosterTest::brief))
                .as("no Secondary")
                .contains("dhiller backup");
        assertThat(roster.escalation(query("unheard-of", WEDNESDAY, false), Level.PRIMARY))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bare-metal,  2026-07-15T10:00:00Z, dollierp primary, dhiller backup 2026-07-15T10:00:00Z",
        "operations,  2026-07-15T10:00:00Z, dollierp primary, dhiller secondary 2026-07-15T10:00:00Z",
        "kubevirtci,  2026-07-15T10:00:00Z, dollierp backup,  dhiller backup 2026-07-15T10:00:00Z",
        // The responsible one is not of the first level: its return comes next.
        "operations,  2026-07-15T06:30:00Z, enp0s3 backup,    dollierp primary 2026-07-15T08:00:00Z",
        "prow,        2026-07-19T10:00:00Z, enp0s3 secondary, dhiller primary 2026-07-20T07:00:00Z",
        // In the evening of the west, the next level has gone home.
        "operations,  2026-07-15T15:30:00Z, dollierp primary, dhiller secondary 2026-07-16T07:00:00Z",
        "bare-metal,  2026-07-19T10:00:00Z, null,             dollierp primary 2026-07-20T08:00:00Z",
        "unheard-of,  2026-07-15T10:00:00Z, null,             null",
    })
    void anAreaStandsWithWhoIsThereNowAndWhoComesNext(String area, Instant at, String now, String next) {
        OnCallStatus standing = Seed.roster().status(area, at);
        Member responsible = standing.responsible();
        Level level = standing.level();
        OnCallStatus.Next following = standing.next();
        assertThat(responsible == null || level == null ? "null" : responsible.handle() + " " + level.value())
                .isEqualTo(now);
        assertThat(following == null ? "null" : shown(following)).isEqualTo(next);
    }

    private static String shown(OnCallStatus.Next next) {
        return String.format(
                Locale.ROOT, "%s %s %s", next.person().handle(), next.level().value(), next.at());
    }

    @Test
    void theSettingsAddWhatTheTableCannotSay() {
        MemberOverride denis = new MemberOverride(
                "DOLLIERP",
                3,
                MemberZone.parse("Europe/Paris").orElseThrow(),
                WorkingHours.parse("08:00-16:00").orElseThrow(),
                "U012AB3CD",
                List.of(),
                List.of(new Pause(SATURDAY, SUNDAY)));
        Member member = Seed.roster(denis).member("Dollierp").orElseThrow();
        assertThat(member.slackUser()).isEqualTo("U012AB3CD");
        assertThat(member.schedule()).hasToString("Mon-Fri 08:00-16:00 Europe/Paris");
        assertThat(member.schedule().nextWorkingMinute(SUNDAY)).contains(Instant.parse("2026-07-20T06:00:00Z"));
        assertThat(member.levels()).containsEntry("bare-metal", Level.PRIMARY);
    }
}
