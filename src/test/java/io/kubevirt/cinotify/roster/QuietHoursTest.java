// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.notify.RecipientResolver;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On duty around the clock, but at night only for what blocks. */
class QuietHoursTest {

    private static final MemberZone PRAGUE = MemberZone.of(ZoneId.of("Europe/Prague"));

    private static Roster roster(String quietHours) {
        Availability days = Availability.parse("Mon-Sun").orElseThrow();
        RosterDocument table = new RosterDocument(
                "group.md",
                List.of("prow"),
                List.of(
                        new RosterDocument.Row("Erin", "erin", days, PRAGUE, Map.of("prow", Level.PRIMARY), 7),
                        new RosterDocument.Row("Dana", "dana", days, PRAGUE, Map.of("prow", Level.SECONDARY), 8)));
        MemberOverride erin = new MemberOverride(
                "erin",
                null,
                null,
                null,
                WorkingHours.parse("00:00-24:00").orElseThrow(),
                WorkingHours.parse(quietHours).orElseThrow(),
                null,
                List.of(),
                List.of(),
                Map.of());
        return Roster.of(table, new MemberOverrides("ci-notify.yaml", WorkingHours.OFFICE, List.of(erin)));
    }

    private static OnCallResult responsible(String at, boolean blocking, @Nullable String holder) {
        return roster("22:00-07:00")
                .responsible(new OnCallQuery("prow", Instant.parse(at), blocking, LastNotified.never(), holder));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-02T19:59:00Z, false,     , erin primary",
        "2026-06-02T20:00:00Z, false,     , erin primary at 2026-06-03T05:00:00Z",
        "2026-06-02T20:00:00Z, true,      , erin primary",
        "2026-06-03T04:59:00Z, false, erin, erin primary at 2026-06-03T05:00:00Z",
        "2026-06-03T05:00:00Z, false, erin, erin primary",
        // Clocks change at night.
        "2026-10-25T02:00:00Z, false,     , erin primary at 2026-10-25T06:00:00Z",
        "2026-03-28T21:00:00Z, false,     , erin primary at 2026-03-29T05:00:00Z",
    })
    void onlyWhatBlocksIsNotifiedInQuietHours(String at, boolean blocking, @Nullable String holder, String expected) {
        assertThat(RosterTest.brief(responsible(at, blocking, holder))).isEqualTo(expected);
    }

    @Test
    void theReasonNamesTheQuietHours() {
        assertThat(responsible("2026-06-02T21:00:00Z", false, null).reasons())
                .contains("erin is Primary for prow but has quiet hours 22:00-07:00; it is Tuesday 23:00 there");
    }

    @Test
    void eachQuarterOfAnHourOfAYearIsQuietByTheLocalClock() {
        Schedule schedule = roster("22:00-07:00").member("erin").orElseThrow().schedule();
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        for (Instant at = first; at.isBefore(first.plus(Duration.ofDays(365))); at = at.plus(15, ChronoUnit.MINUTES)) {
            LocalTime local = LocalTime.ofInstant(at, PRAGUE.id());
            boolean quiet = local.getHour() >= 22 || local.getHour() < 7;
            if (schedule.of(false).isAtWork(at) == quiet || !schedule.of(true).isAtWork(at)) {
                assertThat(at).as("quiet: " + quiet).isNull();
            }
        }
    }

    @Test
    void quietHoursAreNoTimeToAnswer() {
        RecipientResolver recipients =
                new RecipientResolver(roster("22:00-07:00"), SigDirectory.empty(), LastNotified.never());
        Instant evening = Instant.parse("2026-06-02T19:50:00Z");
        Diagnosis diagnosis = new Diagnosis(
                Cause.TEST, Diagnosis.NO_SIG, "prow", Confidence.HIGH, "rule", List.of(), null, null, null);
        assertThat(recipients.afterWorking("erin", false, evening, Duration.ofHours(1)))
                .contains(Instant.parse("2026-06-03T05:50:00Z"));
        assertThat(recipients.afterWorking("erin", true, evening, Duration.ofHours(1)))
                .contains(Instant.parse("2026-06-02T20:50:00Z"));
        Instant night = Instant.parse("2026-06-02T21:00:00Z");
        assertThat(recipients
                        .forMember("erin", diagnosis, false, night)
                        .orElseThrow()
                        .at())
                .isEqualTo("2026-06-03T05:00:00Z");
        assertThat(recipients
                        .forMember("erin", diagnosis, true, night)
                        .orElseThrow()
                        .at())
                .isEqualTo(night);
    }

    @Test
    void quietHoursWithoutAnEndAreReported() {
        RosterCheck check = new RosterCheck(
                roster("00:00-24:00"), MemberOverrides.none(), SigDirectory.empty(), OwnersAliases.empty(), List.of());
        assertThat(check.problems(Instant.parse("2026-06-01T08:00:00Z")))
                .filteredOn(problem -> problem.kind() == RosterProblem.Kind.NEVER_AVAILABLE)
                .extracting(RosterProblem::toString)
                .containsExactly("erin: erin has quiet hours in all working hours within 400 days; fix quietHours in"
                        + " roster.members");
    }
}
