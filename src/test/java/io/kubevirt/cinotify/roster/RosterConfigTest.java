// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import io.kubevirt.cinotify.yaml.ConfigValidator.KnownNames;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The block {@code roster}: what it reports, and what becomes of it. */
class RosterConfigTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
    private static final KnownNames NAMES = new KnownNames(Set.of("prow", "operations"), null, "sigs.yaml", Set.of());
    private static final String ROTATION = "name: r, zone: Europe/Berlin, start: '2026-01-05T09:00', order: [a, b]";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {document: group.md}                                  |
        {rotations: [{ROTATION}]}                             |
        {calendars: [{name: c, zone: UTC, file: a.ics}]}      |
        {aliasLevels: [{alias: leads, zone: UTC}]}            |
        {}                                                    | neither "document" nor "rotations" names anybody
        {document: a, workingHours: late}                     | workingHours: "late" is not a range of hours
        {document: a, members: {x: {zone: Europe/Berlin, days: Mon-Fri, workingHours: 09:00-17:00, quietHours: 22:00-07:00, morningNote: email}}} |
        {document: a, members: {x: {zone: Nowhere}}}          | members.x.zone: "Nowhere" is neither an IANA time zone nor an offset
        {document: a, members: {x: {days: Funday}}}           | members.x.days: "Funday" is not a list of weekdays
        {document: a, members: {x: {workingHours: early}}}    | members.x.workingHours: "early" is not a range of hours
        {document: a, members: {x: {quietHours: late}}}       | members.x.quietHours: "late" is not a range of hours
        {document: a, members: {x: {morningNote: pigeon}}}    | members.x.morningNote: unknown channel of notes "pigeon"
        {document: a, members: {x: {daysOff: [{from: 2026-12-20, until: 2026-12-24}, {from: 2026-12-24, until: 2026-12-20}]}}} | members.x.daysOff[1]: the days off end on 2026-12-20, before they start on 2026-12-24
        {document: a, members: {x: {pauses: [{from: '2026-12-24T10:00:00Z', until: '2026-12-24T09:00:00Z'}]}}} | members.x.pauses[0]: the pause ends at 2026-12-24T09:00:00Z, before it starts at 2026-12-24T10:00:00Z
        {rotations: [{ROTATION}, {ROTATION}]}                 | rotations[1].name: another rotation has the name "r" (line 1)
        {rotations: [{ROTATION, areas: [prow, moon]}]}        | rotations[0].areas[1]: unknown area "moon"
        {rotations: [{ROTATION, weeks: 0}]}                   | rotations[0].weeks: is 0, must be from 1 to 52
        {rotations: [{ROTATION, weeks: 53}]}                  | rotations[0].weeks: is 53, must be from 1 to 52
        {rotations: [{ROTATION, weeks: 52}]}                  |
        {rotations: [{name: r, zone: UTC, start: '2026-01-05T09:00', order: []}]} | rotations[0].order: names nobody
        {rotations: [{name: r, zone: Moon, start: '2026-01-05T09:00', order: [a]}]} | rotations[0].zone: "Moon" is not an IANA time zone
        {rotations: [{ROTATION, swaps: [{first: 2026-01-12, second: 2026-01-19}]}]} |
        {rotations: [{ROTATION, swaps: [{first: 2026-01-13, second: 2026-01-19}]}]} | rotations[0].swaps[0].first: no turn starts on 2026-01-13
        {rotations: [{ROTATION, swaps: [{first: 2026-01-12, second: 2026-01-20}]}]} | rotations[0].swaps[0].second: no turn starts on 2026-01-20
        {rotations: [{ROTATION, overrides: [{from: '2026-02-02T09:00', until: '2026-02-03T09:00', person: b}, {from: '2026-02-03T09:00', until: '2026-02-04T09:00', person: a}]}]} |
        {rotations: [{ROTATION, overrides: [{from: '2026-02-03T09:00', until: '2026-02-02T09:00', person: b}]}]} | rotations[0].overrides[0]: the override ends before it starts
        {rotations: [{ROTATION, overrides: [{from: '2026-02-03T09:00', until: '2026-02-05T09:00', person: b}, {from: '2026-02-02T09:00', until: '2026-02-04T09:00', person: a}]}]} | rotations[0].overrides[0]: the override overlaps the one of line 1
        {rotations: [{ROTATION, overrides: [{from: '2026-02-01T09:00', until: '2026-02-09T09:00', person: b}, {from: '2026-02-02T09:00', until: '2026-02-03T09:00', person: a}, {from: '2026-02-04T09:00', until: '2026-02-05T09:00', person: a}]}]} | rotations[0].overrides[1]: the override overlaps the one of line 1; rotations[0].overrides[2]: the override overlaps the one of line 1
        {calendars: [{name: a/b, zone: UTC, file: a.ics}]}    | calendars[0].name: "a/b" is not a name
        {calendars: [{name: c, zone: Moon, file: a.ics}]}     | calendars[0].zone: "Moon" is not an IANA time zone
        {calendars: [{name: c, zone: UTC}]}                   | calendars[0]: needs one source
        {calendars: [{name: c, zone: UTC, file: a.ics, url: 'https://c.example.org/a'}]} | calendars[0]: needs one source
        {calendars: [{name: c, zone: UTC, url: 'ftp://c.example.org/a'}]} | calendars[0].url: is not a URL
        {calendars: [{name: c, zone: UTC, pagerDuty: {schedule: PI7DH85, tokenFile: t}}]} |
        {calendars: [{name: c, zone: UTC, pagerDuty: {schedule: pi, tokenFile: t}}]} | calendars[0].pagerDuty.schedule: "pi" is not the id of a schedule
        {calendars: [{name: c, zone: UTC, pagerDuty: {schedule: PI7DH85, tokenFile: t, url: pd}}]} | calendars[0].pagerDuty.url: is not a URL
        {calendars: [{name: c, zone: UTC, areas: [moon], file: a.ics}]} | calendars[0].areas[0]: unknown area "moon"
        {calendars: [{name: c, zone: UTC, file: a.ics}, {name: c, zone: UTC, file: b.ics}]} | calendars[1].name: another calendar has the name "c" (line 1)
        {rotations: [{ROTATION}], calendars: [{name: r, zone: UTC, file: a.ics}]} | calendars[0].name: a rotation has the name "r" too
        {aliasLevels: [{zone: UTC}]}                          | aliasLevels[0]: needs one source
        {aliasLevels: [{alias: leads, team: o/t, zone: UTC}]} | aliasLevels[0]: needs one source
        {aliasLevels: [{alias: leads, zone: Moon}]}           | aliasLevels[0].zone: "Moon" is not an IANA time zone
        {aliasLevels: [{alias: leads, areas: [moon], zone: UTC}]} | aliasLevels[0].areas[0]: unknown area "moon"
        {aliasLevels: [{team: o/t, zone: UTC}]}               |
        {aliasLevels: [{team: t, zone: UTC}]}                 | aliasLevels[0].team: "t" is not a team
        {aliasLevels: [{alias: leads, repository: o/r, zone: UTC}]} |
        {aliasLevels: [{alias: leads, repository: r, zone: UTC}]} | aliasLevels[0].repository: "r" is not a repository with an alias
        {aliasLevels: [{team: o/t, repository: o/r, zone: UTC}]} | aliasLevels[0].repository: "o/r" is not a repository with an alias
        """)
    void whatMakesNoSenseIsReportedWithItsPlace(String yaml, String problems) throws Exception {
        YamlDocument document = document(yaml);
        ConfigValidator check = new ConfigValidator(document, NAMES);

        MAPPER.treeToValue(document.root(), RosterConfig.class).check(check);

        assertThat(check.problems().stream().map(ConfigProblem::problem).collect(Collectors.joining("; ")))
                .isEqualTo(problems == null ? "" : problems);
        assertThat(check.problems())
                .allSatisfy(problem -> assertThat(problem.hint()).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {document: a, rotations: [{ROTATION}]}                          | false
        {calendars: [{name: c, zone: UTC, file: a.ics}]}                | false
        {calendars: [{name: c, zone: UTC, url: 'https://c.example'}]}   | true
        {aliasLevels: [{alias: leads, zone: UTC}]}                      | false
        {aliasLevels: [{alias: leads, repository: o/r, zone: UTC}]}     | true
        {aliasLevels: [{team: o/t, zone: UTC}]}                         | true
        """)
    void itIsRemoteIfAPartOfItIs(String yaml, boolean remote) throws Exception {
        assertThat(config(yaml).isRemote()).isEqualTo(remote);
    }

    @Test
    void theDetailsOfAMemberAreParsed() throws Exception {
        MemberOverride member = config("""
                document: group.md
                members:
                  alice:
                    zone: Europe/Berlin
                    days: Mon, Wed-Thu
                    workingHours: 08:00-16:00
                    quietHours: 22:00-07:00
                    slack: U012AB3CD
                    slackIds: {T1: U9}
                    daysOff: [{from: 2026-12-24, until: 2027-01-01}]
                    pauses: [{from: '2026-11-01T09:00:00Z', until: '2026-11-01T17:00:00Z'}]
                  bob: {}
                """)
                .overrides("roster.yaml", handle -> handle.length())
                .of("ALICE")
                .orElseThrow();

        assertThat(member)
                .isEqualTo(new MemberOverride(
                        "alice",
                        5,
                        MemberZone.parse("Europe/Berlin").orElseThrow(),
                        Availability.parse("Mon, Wed-Thu").orElseThrow(),
                        WorkingHours.parse("08:00-16:00").orElseThrow(),
                        WorkingHours.parse("22:00-07:00").orElseThrow(),
                        "U012AB3CD",
                        List.of(new Schedule.DaysOff(LocalDate.parse("2026-12-24"), LocalDate.parse("2027-01-01"))),
                        List.of(new Schedule.Pause(
                                Instant.parse("2026-11-01T09:00:00Z"), Instant.parse("2026-11-01T17:00:00Z"))),
                        Map.of("T1", "U9")));
    }

    @Test
    void rotationsAndLocalAliasesBecomePlans() throws Exception {
        OwnersAliases owners =
                OwnersAliases.read(YamlDocument.parse("OWNERS_ALIASES", "aliases: {leads: [alice, bob], empty: []}"));
        RosterConfig config = config("""
                rotations: [{ROTATION}]
                aliasLevels:
                - {alias: leads, areas: [prow], zone: Europe/Berlin}
                - {alias: leads, repository: o/r, zone: UTC}
                - {team: o/t, level: secondary, areas: [prow, operations], zone: UTC}
                - {team: o/u, zone: UTC}
                """);

        assertThat(config.plans(owners)).extracting(Rotation::name).containsExactly("r", "leads");
        assertThat(config.plans(owners).getLast()).satisfies(leads -> {
            assertThat(leads.areas()).containsExactly("prow");
            assertThat(leads.level()).isEqualTo(Level.BACKUP);
            assertThat(leads.zone()).isEqualTo(MemberZone.parse("Europe/Berlin").orElseThrow());
            assertThat(leads.names("alice")).isTrue();
        });
        assertThat(config.aliasLevels())
                .extracting(AliasLevelConfig::name)
                .as("the name of a team is private")
                .containsExactly("leads", "leads", "secondary team for prow, operations", "backup team for all areas");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {alias: leads, zone: UTC}                   |
        {alias: leds, zone: UTC}                    | did you mean "leads"?
        {alias: empty, zone: UTC}                   | use an alias of the file of roster.aliases
        {alias: other, repository: o/r, zone: UTC}  |
        {team: o/t, zone: UTC}                      |
        """)
    void anAliasWithoutPeopleIsReported(String entry, String hint) throws Exception {
        YamlDocument document = document("{aliasLevels: [" + entry + "]}");
        ConfigValidator check = new ConfigValidator(document, NAMES);

        MAPPER.treeToValue(document.root(), RosterConfig.class)
                .checkAliases(
                        check,
                        OwnersAliases.read(YamlDocument.parse("OWNERS_ALIASES", "aliases: {leads: [a], empty: []}")));

        assertThat(check.problems().stream().map(ConfigProblem::hint).collect(Collectors.joining()))
                .isEqualTo(hint == null ? "" : hint);
    }

    private static RosterConfig config(String yaml) throws Exception {
        return MAPPER.treeToValue(document(yaml).root(), RosterConfig.class);
    }

    /** With what is required. */
    private static YamlDocument document(String yaml) throws Exception {
        String whole = yaml.startsWith("{") ? "{sigs: sigs.yaml, " + yaml.substring(1) : "sigs: sigs.yaml\n" + yaml;
        return YamlDocument.parse("roster.yaml", whole.replace("ROTATION", ROTATION));
    }
}
