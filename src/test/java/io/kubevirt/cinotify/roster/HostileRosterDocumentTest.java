// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The document comes from a repository that many may change; whatever it holds, it ends as a problem. */
class HostileRosterDocumentTest {

    private static final int SIZE = 80_000;
    private static final String HEAD = "<tr><td>Human<td>Availability<td>TZ<td>BM<td>Operations";
    private static final String ROW = "<tr><td><a href=\"https://github.com/ada\">Ada</a><td>Mon-Fri<td>UTC<td><td>";

    static Stream<Arguments> hostileTexts() {
        return Stream.of(
                argumentSet("too long", "x".repeat(MarkdownTables.MAX_CHARACTERS + 1)),
                argumentSet("deep quotes", ">".repeat(SIZE)),
                argumentSet("deep lists", "- ".repeat(SIZE)),
                argumentSet("open links", "[".repeat(SIZE)),
                argumentSet("deep emphasis", "*a **b ".repeat(SIZE / 7)),
                argumentSet("closed emphasis", "*a ".repeat(SIZE / 6) + "a*".repeat(SIZE / 6)),
                argumentSet("backticks", "`".repeat(SIZE)),
                argumentSet("deep tables", "<table><tr><td>".repeat(SIZE / 15)),
                argumentSet("deep divisions", "<div>".repeat(SIZE / 5)),
                argumentSet("a table in the table", table("<td><table>" + HEAD + ROW + "</table>")),
                argumentSet("many rows", table(ROW.repeat(SIZE / 80))),
                argumentSet("spans that are no numbers", table("<tr><td colspan=99999999999999999999 rowspan=-7>Ada")),
                argumentSet("endless spans", table("<td colspan=2000000000 rowspan=2000000000>" + ROW.repeat(1000))),
                argumentSet("deep bold", table("<tr><td>" + "<b>".repeat(SIZE / 3))),
                argumentSet("a script", table("<tr><td><script>alert(1)</script><td>" + "Mon,".repeat(SIZE / 4))),
                argumentSet("all in a script", "<script>" + HEAD + ROW),
                argumentSet("all in a comment", "<!-- <table>" + HEAD + ROW),
                argumentSet("all in a listing", "```\n" + table(ROW) + "\n```"),
                argumentSet("wide pipes", "|".repeat(SIZE) + "\n" + "|-".repeat(SIZE) + "|\n"),
                argumentSet("long pipes", "|Human|Availability|TZ|\n|-|-|-|\n" + "|a|b|c|\n".repeat(20_000)),
                argumentSet("no letters", "\0\uFFFF\uD800 <table data-line=\"9999999999999\"><tr data-line=x><td>\0"),
                argumentSet("nothing", ""));
    }

    private static String table(String rows) {
        return "<table>" + HEAD + rows + "</table>";
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    @Timeout(120)
    void everyHostileTextEndsInProblems(String text) {
        assertThat(RosterDocumentTest.problems(text, Seed.COLUMNS)).isNotEmpty();
    }

    @Test
    void aProblemShortensTheTextOfTheDocument() {
        String text = "<table>" + HEAD + "<td>Prow<td>kubevirtci<td>SIG Support<tr><td>" + "Ada ".repeat(10_000);
        assertThat(RosterDocumentTest.problems(text, Seed.COLUMNS))
                .allSatisfy(problem -> assertThat(problem.problem()).hasSizeLessThan(200));
    }

    @Test
    void aDamagedDocumentIsParsedOrRefused() {
        String whole = Seed.text("ci-operations-group.md");
        long seed = 4711;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder(whole);
            for (int damage = random.nextInt(12); damage >= 0; damage--) {
                int at = random.nextInt(text.length() - 60);
                switch (random.nextInt(3)) {
                    case 0 -> text.delete(at, at + random.nextInt(60));
                    case 1 -> text.insert(at, text.substring(at, at + random.nextInt(60)));
                    default -> text.setCharAt(at, (char) random.nextInt(0x3000));
                }
            }
            try {
                RosterDocument.read("group.md", text.toString(), Seed.COLUMNS);
            } catch (InvalidConfigException e) {
                assertThat(e.problems()).isNotEmpty();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }
}
