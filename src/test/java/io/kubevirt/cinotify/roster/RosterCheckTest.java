// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static io.kubevirt.cinotify.roster.RosterProblem.Kind.AWAY;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.DRIFT;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.FIXED_OFFSET;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.GAP;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.LONG_NIGHT;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.NEVER_AVAILABLE;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.NO_MEMBER;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.NO_PRIMARY;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.UNKNOWN_HANDLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.roster.CoverageCheck.Coverage;
import io.kubevirt.cinotify.roster.Schedule.DaysOff;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RosterCheckTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T10:00:00Z");

    private static RosterCheck check(MemberOverride... overlays) throws InvalidConfigException {
        MemberOverrides overlay = new MemberOverrides("ci-notify.yaml", WorkingHours.OFFICE, List.of(overlays));
        return new RosterCheck(
                Roster.of(Seed.group(), overlay), overlay, Seed.sigs(), Seed.aliases(), List.of("ci-maintainers"));
    }

    private static List<RosterProblem> problems(RosterProblem.Kind kind, MemberOverride... overlays)
            throws InvalidConfigException {
        return check(overlays).problems(WEDNESDAY).stream()
                .filter(finding -> finding.kind() == kind)
                .toList();
    }

    private static MemberOverride named(String handle) {
        return new MemberOverride(handle, 12, null, null, null, List.of(), List.of());
    }

    private static MemberOverride in(String handle, String zone) {
        return new MemberOverride(handle, null, MemberZone.parse(zone).orElseThrow(), null, null, List.of(), List.of());
    }

    @Test
    void daysWithoutAnyoneAreFoundForAllAreasAndThenForEach() throws InvalidConfigException {
        assertThat(problems(GAP))
                .extracting(RosterProblem::subject, RosterProblem::what)
                .containsExactly(
                        tuple("all areas", "nobody on Saturday (all day, UTC); 57 of 168 hours a week are covered"),
                        tuple("bare-metal", "nobody on Sunday (all day, UTC); 45 of 168 hours a week are covered"));
    }

    @Test
    void theHoursOfEachAreaAreCounted() throws InvalidConfigException {
        assertThat(check().coverage(WEDNESDAY))
                .extracting(Coverage::area, Coverage::covered, Coverage::emptyDays)
                .contains(
                        tuple("bare-metal", Duration.ofHours(45), List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)),
                        tuple("operations", Duration.ofHours(57), List.of(DayOfWeek.SATURDAY)),
                        tuple("sig-support", Duration.ofHours(57), List.of(DayOfWeek.SATURDAY)));
    }

    @Test
    void anAreaWithoutAPrimaryIsFound() throws InvalidConfigException {
        assertThat(problems(NO_PRIMARY))
                .extracting(RosterProblem::what)
                .containsExactly("kubevirtci has no Primary: notifications start at Backup and mention the SIG");
    }

    @Test
    void peopleWhoAreInOneFileOnlyAreFound() throws InvalidConfigException {
        assertThat(problems(DRIFT))
                .extracting(RosterProblem::subject, RosterProblem::what)
                .containsExactly(
                        tuple("Whitedyl", "Whitedyl is in ci-maintainers of OWNERS_ALIASES but not in the roster"));
        Roster roster = Seed.roster();
        RosterCheck other = new RosterCheck(
                roster,
                MemberOverrides.none(),
                SigDirectory.empty(),
                Seed.aliases(),
                List.of("sig-scale-approvers", "ci"));
        assertThat(other.problems(WEDNESDAY))
                .filteredOn(finding -> finding.kind() == DRIFT)
                .extracting(RosterProblem::subject)
                .containsExactly("rthallisey", "dollierp", "dhiller", "enp0s3", "xpivarc", "ci");
    }

    @Test
    void fixedOffsetsAreFoundWithPlacesToChooseFrom() throws InvalidConfigException {
        assertThat(problems(FIXED_OFFSET))
                .extracting(RosterProblem::subject)
                .containsExactly("dollierp", "dhiller", "enp0s3", "xpivarc");
        assertThat(problems(FIXED_OFFSET, in("dhiller", "Europe/Berlin"), in("XPIVARC", "Europe/Prague")))
                .extracting(RosterProblem::hint)
                .containsExactly(
                        "set roster.members.dollierp.zone to an IANA zone, such as"
                                + " Europe/London (in summer) or Europe/Berlin (in winter) for GMT+1",
                        "set roster.members.enp0s3.zone to an IANA zone, such as"
                                + " Europe/Athens (in summer) or Asia/Jerusalem (in summer) for GMT+3");
    }

    @ParameterizedTest
    @CsvSource({
        "17:00-09:00, true",
        "22:00-06:00, false",
        "20:00-08:00, false",
        "08:00-24:00, false",
        "00:00-24:00, false"
    })
    void aNightThatIsLongerThanAnybodysIsFound(String hours, boolean found) throws InvalidConfigException {
        MemberOverride night = new MemberOverride(
                "dhiller", null, null, WorkingHours.parse(hours).orElseThrow(), null, List.of(), List.of());
        assertThat(problems(LONG_NIGHT, night))
                .extracting(RosterProblem::toString)
                .isEqualTo(
                        found
                                ? List.of("dhiller: dhiller works 17:00-09:00, 16 hours over midnight;"
                                        + " if start and end are swapped, write 09:00-17:00")
                                : List.of());
    }

    @Test
    void peopleOfTheSettingsWhomNoFileKnowsAreFound() throws InvalidConfigException {
        assertThat(problems(UNKNOWN_HANDLE, named("dhiler"), named("Fossedihelm"), named("whitedyl"), named("DHILLER")))
                .extracting(RosterProblem::subject, RosterProblem::what, RosterProblem::hint)
                .containsExactly(tuple("ci-notify.yaml:12", "unknown handle dhiler", "did you mean dhiller?"));
        assertThat(problems(UNKNOWN_HANDLE, named("dhiller"), named("DHILLER")))
                .extracting(RosterProblem::what)
                .containsExactly("DHILLER is listed twice");
    }

    @Test
    void membersWhoAreNeverThereAndWeeksWithoutTheFirstLevelAreFound() throws InvalidConfigException {
        MemberOverride gone = new MemberOverride(
                "dollierp",
                null,
                null,
                null,
                null,
                List.of(new DaysOff(LocalDate.of(2026, 1, 1), LocalDate.of(2028, 1, 1))),
                List.of());
        assertThat(problems(NEVER_AVAILABLE, gone))
                .extracting(RosterProblem::subject)
                .containsExactly("dollierp");
        assertThat(problems(AWAY, gone)).extracting(RosterProblem::subject).containsExactly("bare-metal", "operations");
        assertThat(problems(AWAY)).isEmpty();
    }

    @Test
    void anAreaWithoutAnyoneIsFound() throws InvalidConfigException {
        AreaColumns columns = new AreaColumns(List.of("prow", "docs"), Map.of());
        String text =
                "|Human|Availability|TZ|Prow|Docs|\n|-|-|-|-|-|\n|[a](https://github.com/a)|Mon-Sun|UTC|Primary||\n";
        Roster roster = Roster.of(RosterDocument.read("group.md", text, columns), MemberOverrides.none());
        assertThat(new RosterCheck(
                                roster, MemberOverrides.none(), SigDirectory.empty(), OwnersAliases.empty(), List.of())
                        .problems(WEDNESDAY))
                .extracting(RosterProblem::kind, RosterProblem::subject)
                .containsExactly(tuple(NO_MEMBER, "docs"), tuple(FIXED_OFFSET, "a"));
    }
}
