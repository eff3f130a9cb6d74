// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static io.kubevirt.cinotify.roster.Level.BACKUP;
import static io.kubevirt.cinotify.roster.Level.PRIMARY;
import static io.kubevirt.cinotify.roster.Level.SECONDARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.prow.GitHubServer;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RosterDocumentTest {

    private static final AreaColumns TWO =
            new AreaColumns(List.of("bare-metal", "sig-support"), Map.of("BM", "bare-metal"));

    private static final String PIPES = """
        # Our group

        Ask [Ada](https://github.com/ada) first.

        | Human | Availability | TZ | BM | sig support |
        |---|:--|---|---|---|
        | [Ada](https://github.com/ada) | Mon, Wed-Thu | Europe/Berlin | primary | |
        | [**Bob** B.](https://github.com/Bob-B/) | Fri-Tue | UTC+05:30 | - | BACKUP |
        """;

    private static RosterDocument read(String text, AreaColumns columns) throws InvalidConfigException {
        return RosterDocument.read("group.md", text, columns);
    }

    /** The problems of a text that cannot be used. */
    static List<ConfigProblem> problems(String text, AreaColumns columns) {
        try {
            throw new AssertionError("read without a problem: " + read(text, columns));
        } catch (InvalidConfigException e) {
            return e.problems();
        }
    }

    @Test
    void theGroupsOwnTableIsReadAsItStands() {
        RosterDocument group = Seed.group();
        assertThat(group.members())
                .extracting(
                        RosterDocument.Row::handle,
                        RosterDocument.Row::name,
                        member -> member.availability().written(),
                        member -> member.zone().written())
                .containsExactly(
                        tuple("dollierp", "Denis Ollier Pinas", "Mon-Fri", "GMT+1"),
                        tuple("dhiller", "Daniel Hiller", "Mon-Fri", "GMT+2"),
                        tuple("enp0s3", "Igor Bezukh", "Sun-Thu", "GMT+3"),
                        tuple("xpivarc", "Luboslav Pivarc", "Mon-Fri", "GMT+2"));
        assertThat(group.members().get(1).levels())
                .isEqualTo(Map.of(
                        "bare-metal", BACKUP,
                        "operations", SECONDARY,
                        "prow", PRIMARY,
                        "kubevirtci", BACKUP,
                        "sig-support", PRIMARY));
        assertThat(group.members().get(2).levels()).doesNotContainKey("bare-metal");
        assertThat(group.members()).extracting(RosterDocument.Row::line).containsExactly(31, 41, 51, 61);
    }

    @Test
    void aTableMadeOfPipesIsReadLikeOneMadeOfHtml() throws InvalidConfigException {
        List<RosterDocument.Row> members = read(PIPES, TWO).members();
        assertThat(members).extracting(RosterDocument.Row::handle).containsExactly("ada", "Bob-B");
        assertThat(members).extracting(RosterDocument.Row::name).containsExactly("Ada", "Bob B.");
        assertThat(members).extracting(RosterDocument.Row::line).containsExactly(7, 8);
        assertThat(members.get(0).levels()).isEqualTo(Map.of("bare-metal", PRIMARY));
        assertThat(members.get(1).levels()).isEqualTo(Map.of("sig-support", BACKUP));
        assertThat(members.get(1).availability().days())
                .contains(DayOfWeek.SATURDAY)
                .hasSize(5);
    }

    @Test
    void titlesMaySpanRowsAndCellsMayServeTwoMembers() throws InvalidConfigException {
        String text = """
            <table>
            <thead>
            <tr><th rowspan="2">Member<th rowspan="2">Availability<th rowspan="2">Time zone<th colspan="2">Areas
            <tr><th>Bare_Metal<th>SIG-Support
            </thead>
            <tr><td><a href="https://github.com/ada">Ada</a><td rowspan="2">Mon-Fri<td>UTC<td>Primary<td>
            <tr><td><a href="https://github.com/bob?tab=repositories">Bob</a><td>GMT<td>&nbsp;<td>Secondary
            <tr><td><td>
            </table>
            """;
        List<RosterDocument.Row> members = read(text, TWO).members();
        assertThat(members).extracting(RosterDocument.Row::handle).containsExactly("ada", "bob");
        assertThat(members.get(1).availability()).hasToString("Mon-Fri");
        assertThat(members.get(1).levels()).isEqualTo(Map.of("sig-support", SECONDARY));
    }

    @Test
    void everyProblemIsReportedAtOnceWithLineAndHint() {
        String text = """
            | Human | Availability | TZ | BM | SIG Support |
            |---|---|---|---|---|
            | [Ada](https://github.com/ada) | Mon-Fry | Berlin | Primry | Chef |
            | Bob | Mon | UTC | | |
            | [Ada](https://github.com/ADA) | Mon | UTC | | |
            """;
        assertThat(problems(text, TWO))
                .extracting(ConfigProblem::file, ConfigProblem::line, ConfigProblem::problem, ConfigProblem::hint)
                .containsExactly(
                        tuple(
                                "group.md",
                                3,
                                "\"Chef\", the level of ada for sig-support, is unknown",
                                "write Primary, Secondary or Backup, or leave the cell empty"),
                        tuple(
                                "group.md",
                                3,
                                "\"Primry\", the level of ada for bare-metal, is unknown",
                                "write Primary"),
                        tuple(
                                "group.md",
                                3,
                                "the availability \"Mon-Fry\" of ada is not a list of weekdays",
                                "write it as Mon-Fri, or Mon, Wed-Thu, or none"),
                        tuple(
                                "group.md",
                                3,
                                "the time zone \"Berlin\" of ada is unknown",
                                "write an IANA name such as Europe/Berlin, or an offset such as GMT+1 or UTC+05:30"),
                        tuple(
                                "group.md",
                                4,
                                "the member Bob has no link to a GitHub profile",
                                "link the name to https://github.com/LOGIN"),
                        tuple("group.md", 5, "the handle ADA has two rows", "remove one of them"));
    }

    @Test
    void profilesAreThoseOfTheConfiguredServer() throws InvalidConfigException {
        GitHubServer enterprise = new GitHubServer("https://github.example.com");
        String text = PIPES.replace("https://github.com", "https://github.example.com");

        assertThat(RosterDocument.read("group.md", text, TWO, enterprise).members())
                .extracting(RosterDocument.Row::handle)
                .containsExactly("ada", "Bob-B");
        assertThat(problems(text, TWO))
                .extracting(ConfigProblem::hint)
                .containsOnly("link the name to https://github.com/LOGIN, or write the URL of your GitHub Enterprise"
                        + " server at prow.github");
    }

    @Test
    void aProblemInAnHtmlCellIsReportedWithTheLineOfTheCell() {
        String broken = Seed.text("ci-operations-group.md").replaceFirst("Sun-Thu", "Sun-Tho");
        assertThat(problems(broken, Seed.COLUMNS)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(53);
            assertThat(problem.problem()).contains("Sun-Tho").contains("enp0s3");
        });
    }

    @Test
    void anAreaWithoutColumnIsReportedWithTheClosestColumn() {
        AreaColumns three = new AreaColumns(List.of("bare-metal", "sig-suport", "network"), TWO.titles());
        assertThat(problems(PIPES, three))
                .extracting(ConfigProblem::line, ConfigProblem::problem, ConfigProblem::hint)
                .containsExactly(
                        tuple(5, "the area network has no column", "add a column network, or set areas.network.column"),
                        tuple(
                                5,
                                "the area sig-suport has no column",
                                "if you mean the column \"sig support\", rename it to sig-suport"));
    }

    @Test
    void anAreaWithTwoColumnsIsNotGuessed() {
        String text = PIPES.replace("sig support", "Bare Metal");
        assertThat(problems(text, new AreaColumns(List.of("bare-metal"), TWO.titles())))
                .extracting(ConfigProblem::problem)
                .containsExactly("the area bare-metal has 2 columns: BM and Bare Metal");
    }

    @Test
    void aDocumentWithoutTheTableSaysWhatTheTableNeeds() {
        assertThat(problems("# Nothing here\n", TWO))
                .extracting(ConfigProblem::problem)
                .containsExactly("no table of members found");
        assertThat(problems(PIPES.replace("| TZ |", "| Town |"), TWO))
                .containsExactly(new ConfigProblem(
                        "group.md",
                        5,
                        "the table has no column for the time zone",
                        "give the table the columns Human, Availability, TZ and one for each area"));
        assertThat(problems("|Human|Availability|TZ|BM|SIG Support|\n|-|-|-|-|-|\n", TWO))
                .extracting(ConfigProblem::problem)
                .containsExactly("the table of members has no rows");
    }
}
