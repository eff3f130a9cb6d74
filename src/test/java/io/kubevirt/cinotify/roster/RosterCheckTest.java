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
package io.kubevirt.cinotify.roster;

import static io.kubevirt.cinotify.roster.Finding.Kind.AWAY;
import static io.kubevirt.cinotify.roster.Finding.Kind.DRIFT;
import static io.kubevirt.cinotify.roster.Finding.Kind.FIXED_OFFSET;
import static io.kubevirt.cinotify.roster.Finding.Kind.GAP;
import static io.kubevirt.cinotify.roster.Finding.Kind.LONG_NIGHT;
import static io.kubevirt.cinotify.roster.Finding.Kind.NEVER_AVAILABLE;
import static io.kubevirt.cinotify.roster.Finding.Kind.NO_MEMBER;
import static io.kubevirt.cinotify.roster.Finding.Kind.NO_PRIMARY;
import static io.kubevirt.cinotify.roster.Finding.Kind.UNKNOWN_HANDLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.Seed;
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

    private static RosterCheck check(MemberOverlay... overlays) throws InvalidDocument {
        Overlay overlay = new Overlay("ci-notify.yaml", WorkingHours.OFFICE, List.of(overlays));
        return new RosterCheck(
                Roster.of(Seed.group(), overlay), overlay, Seed.sigs(), Seed.aliases(), List.of("ci-maintainers"));
    }

    private static List<Finding> findings(Finding.Kind kind, MemberOverlay... overlays) throws InvalidDocument {
        return check(overlays).findings(WEDNESDAY).stream()
                .filter(finding -> finding.kind() == kind)
                .toList();
    }

    private static MemberOverlay named(String handle) {
        return new MemberOverlay(handle, 12, null, null, null, List.of(), List.of());
    }

    private static MemberOverlay in(String handle, String zone) {
        return new MemberOverlay(handle, null, Zone.parse(zone).orElseThrow(), null, null, List.of(), List.of());
    }

    @Test
    void daysWithoutAnyoneAreFoundForAllAreasAndThenForEach() throws InvalidDocument {
        assertThat(findings(GAP))
                .extracting(Finding::subject, Finding::what)
                .containsExactly(
                        tuple("all areas", "nobody on Saturday (all day, UTC); 57 of 168 hours a week are covered"),
                        tuple("bare-metal", "nobody on Sunday (all day, UTC); 45 of 168 hours a week are covered"));
    }

    @Test
    void theHoursOfEachAreaAreCounted() throws InvalidDocument {
        assertThat(check().coverage(WEDNESDAY))
                .extracting(Coverage::area, Coverage::covered, Coverage::emptyDays)
                .contains(
                        tuple("bare-metal", Duration.ofHours(45), List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)),
                        tuple("operations", Duration.ofHours(57), List.of(DayOfWeek.SATURDAY)),
                        tuple("sig-support", Duration.ofHours(57), List.of(DayOfWeek.SATURDAY)));
    }

    @Test
    void anAreaWithoutAPrimaryIsFound() throws InvalidDocument {
        assertThat(findings(NO_PRIMARY))
                .extracting(Finding::what)
                .containsExactly("kubevirtci has no Primary: it starts at Backup and mentions the SIG");
    }

    @Test
    void peopleWhoAreInOneFileOnlyAreFound() throws InvalidDocument {
        assertThat(findings(DRIFT))
                .extracting(Finding::subject, Finding::what)
                .containsExactly(tuple(
                        "Whitedyl", "Whitedyl is in ci-maintainers of OWNERS_ALIASES but not in the group's table"));
        Roster roster = Seed.roster();
        RosterCheck other = new RosterCheck(
                roster, Overlay.nothing(), SigDirectory.empty(), Seed.aliases(), List.of("sig-scale-approvers", "ci"));
        assertThat(other.findings(WEDNESDAY))
                .filteredOn(finding -> finding.kind() == DRIFT)
                .extracting(Finding::subject)
                .containsExactly("rthallisey", "dollierp", "dhiller", "enp0s3", "xpivarc", "ci");
    }

    @Test
    void fixedOffsetsAreFoundWithPlacesToChooseFrom() throws InvalidDocument {
        assertThat(findings(FIXED_OFFSET))
                .extracting(Finding::subject)
                .containsExactly("dollierp", "dhiller", "enp0s3", "xpivarc");
        assertThat(findings(FIXED_OFFSET, in("dhiller", "Europe/Berlin"), in("XPIVARC", "Europe/Prague")))
                .extracting(Finding::mend)
                .containsExactly(
                        "set the IANA zone of dollierp in the settings, such as"
                                + " Europe/London (in summer) or Europe/Berlin (in winter) for GMT+1",
                        "set the IANA zone of enp0s3 in the settings, such as"
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
    void aNightThatIsLongerThanAnybodysIsFound(String hours, boolean found) throws InvalidDocument {
        MemberOverlay night = new MemberOverlay(
                "dhiller", null, null, WorkingHours.parse(hours).orElseThrow(), null, List.of(), List.of());
        assertThat(findings(LONG_NIGHT, night))
                .extracting(Finding::toString)
                .isEqualTo(
                        found
                                ? List.of("dhiller: dhiller works 17:00-09:00, 16 hours over midnight;"
                                        + " write 09:00-17:00 if the two have changed places")
                                : List.of());
    }

    @Test
    void peopleOfTheSettingsWhomNoFileKnowsAreFound() throws InvalidDocument {
        assertThat(findings(UNKNOWN_HANDLE, named("dhiler"), named("Fossedihelm"), named("whitedyl"), named("DHILLER")))
                .extracting(Finding::subject, Finding::what, Finding::mend)
                .containsExactly(
                        tuple("ci-notify.yaml:12", "no file knows a dhiler", "if dhiller is meant, write that"));
        assertThat(findings(UNKNOWN_HANDLE, named("dhiller"), named("DHILLER")))
                .extracting(Finding::what)
                .containsExactly("DHILLER is there twice");
    }

    @Test
    void membersWhoAreNeverThereAndWeeksWithoutTheFirstLevelAreFound() throws InvalidDocument {
        MemberOverlay gone = new MemberOverlay(
                "dollierp",
                null,
                null,
                null,
                null,
                List.of(new DaysOff(LocalDate.of(2026, 1, 1), LocalDate.of(2028, 1, 1))),
                List.of());
        assertThat(findings(NEVER_AVAILABLE, gone)).extracting(Finding::subject).containsExactly("dollierp");
        assertThat(findings(AWAY, gone)).extracting(Finding::subject).containsExactly("bare-metal", "operations");
        assertThat(findings(AWAY)).isEmpty();
    }

    @Test
    void anAreaWithoutAnyoneIsFound() throws InvalidDocument {
        AreaColumns columns = new AreaColumns(List.of("prow", "docs"), Map.of());
        String text =
                "|Human|Availability|TZ|Prow|Docs|\n|-|-|-|-|-|\n|[a](https://github.com/a)|Mon-Sun|UTC|Primary||\n";
        Roster roster = Roster.of(GroupDocument.read("group.md", text, columns), Overlay.nothing());
        assertThat(new RosterCheck(roster, Overlay.nothing(), SigDirectory.empty(), OwnersAliases.empty(), List.of())
                        .findings(WEDNESDAY))
                .extracting(Finding::kind, Finding::subject)
                .containsExactly(tuple(NO_MEMBER, "docs"), tuple(FIXED_OFFSET, "a"));
    }
}
