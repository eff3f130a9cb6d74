// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.suspect.SuspectReport.Hypothesis;
import io.kubevirt.cinotify.suspect.SuspectReport.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SuspectRankerTest {
    private static final int DAY = 24 * 60;
    private static final String NAMED = "tests/network/bridge_test.go";

    /** Four greens, a change and three reds, every six hours. */
    private static ScriptedHistory broken() {
        return new ScriptedHistory().green(0, 360, 720, 1080).red(1440, 1800, 2160);
    }

    static Stream<Arguments> shown() {
        return Stream.of(
                shown("by path", broken().innocent(1090, 1, 4).merge(1200, 9, "Bridge", NAMED), "org/repo#9"),
                shown(
                        "by path among many",
                        broken().innocent(1090, 1, 4).merge(1200, 99, "Bridge", NAMED),
                        "org/repo#99"),
                shown(
                        "by the path of a stack",
                        broken().fails(Cause.TEST, "panic at /build/org/repo/pkg/net/veth.go:12 +0x1f")
                                .innocent(1090, 1, 3)
                                .merge(1200, 9, "Veth", "pkg/net/veth.go"),
                        "org/repo#9"),
                shown(
                        "by bump",
                        broken().fails(Cause.SETUP, "cluster-up failed")
                                .innocent(1090, 1, 2)
                                .bump(1200, 9, "Bump provider", "cluster-up/version"),
                        "org/repo#9"),
                shown(
                        "by deployment and never run",
                        broken().fails(Cause.SETUP, "pod did not start")
                                .merge(1200, 9, "Loop devices", "manifests/pod.yaml")
                                .onOldBase(900, 900, false, 77),
                        "org/repo#9"),
                shown(
                        "by quarantine",
                        broken().innocent(1090, 1, 3)
                                .merge(1190, 8, "Other", NAMED)
                                .merge(1200, 9, "Take bridge tests out of quarantine", NAMED),
                        "org/repo#9"),
                shown("by definition", broken().innocent(1090, 1, 3).definitionAt(1388), "the lane's own definition"),
                shown(
                        "by definition two days before",
                        new ScriptedHistory()
                                .green(0, 360)
                                .red(2800, 3100, 3400)
                                .definitionAt(400),
                        "the lane's own definition"),
                shown(
                        "by its revert",
                        broken().innocent(1090, 1, 5)
                                .merge(1200, 9, "Faster bridges", "pkg/a.go")
                                .merge(2100, 10, "Revert \"Faster bridges\"", "pkg/a.go"),
                        "org/repo#9"),
                shown(
                        "a pool in one minute",
                        broken().merge(1200, 1, "A", "a/a.go")
                                .merge(1200, 2, "B", "b/b.go")
                                .merge(1200, 3, "Bridge", NAMED)
                                .merge(1200, 4, "D", "d/d.go")
                                .merge(1200, 5, "E", "e/e.go"),
                        "org/repo#3"),
                shown(
                        "a late run on an old base is green",
                        broken().innocent(1090, 1, 2)
                                .merge(1200, 9, "Bridge", NAMED)
                                .onOldBase(1900, 1080, false, 5),
                        "org/repo#9"),
                shown(
                        "intermittent",
                        new ScriptedHistory()
                                .green(0, 360, 720, 1080)
                                .red(1440, 1800)
                                .green(2160)
                                .red(2520, 2880, 3240)
                                .flaky(0.02)
                                .innocent(1090, 1, 2)
                                .merge(1200, 9, "Bridge", NAMED),
                        "org/repo#9"),
                shown(
                        "with many failures since then",
                        broken().red(IntStream.range(0, 200)
                                        .map(index -> 2200 + 5 * index)
                                        .toArray())
                                .innocent(1090, 1, 3)
                                .merge(1200, 9, "Bridge", NAMED),
                        "org/repo#9"),
                shown(
                        "without bases, by time",
                        broken().withoutBases().innocent(1090, 1, 3).merge(1200, 9, "Bridge", NAMED),
                        "org/repo#9"),
                shown(
                        "weak and strong evidence",
                        broken().merge(1190, 8, "Other", "pkg/network/x.go").merge(1200, 9, "Bridge", NAMED),
                        "org/repo#9"));
    }

    static Stream<Arguments> silent() {
        ScriptedHistory culprit = broken().innocent(1090, 1, 3).merge(1200, 9, "Bridge", NAMED);
        return Stream.of(
                silent("no evidence", broken().innocent(1090, 1, 6), null),
                silent("nothing merged", broken(), null),
                silent(
                        "weak evidence only",
                        broken().innocent(1090, 1, 5).merge(1200, 9, "N", "pkg/network/x.go"),
                        null),
                silent("an old merge", broken().merge(100, 9, "Bridge", NAMED).innocent(1090, 1, 3), null),
                silent("a merge after the first red", broken().merge(1500, 9, "Bridge", NAMED), null),
                silent(
                        "the first red",
                        new ScriptedHistory().green(0, 360).red(720).merge(500, 9, "Bridge", NAMED),
                        "one failed run"),
                silent(
                        "one pull request that fails again and again",
                        new ScriptedHistory()
                                .green(0, 360)
                                .merge(500, 9, "Bridge", NAMED)
                                .onOldBase(720, 720, true, 4)
                                .onOldBase(780, 780, true, 4)
                                .onOldBase(840, 840, true, 4),
                        "one failed run"),
                silent("infrastructure", culprit.fails(Cause.INFRASTRUCTURE, NAMED), "infrastructure"),
                silent("two branches", broken().merge(1200, 9, "Bridge", NAMED).onBranches(2), "several branches"),
                silent("flaky lane", broken().merge(1200, 9, "Bridge", NAMED).flaky(0.47), "too often"),
                silent(
                        "never green",
                        new ScriptedHistory().red(10, 20, 30).merge(5, 9, "Bridge", NAMED),
                        "no green run"),
                silent(
                        "a week",
                        new ScriptedHistory()
                                .green(0)
                                .red(8 * DAY, 8 * DAY + 60)
                                .merge(60, 9, "Bridge", NAMED),
                        "too much"),
                silent("many merges", broken().innocent(1081, 1, 70), "too much"),
                silent("many merges, no bases", broken().withoutBases().innocent(1081, 1, 25), "are unknown"),
                silent("403", broken().merge(1200, 9, "Bridge", NAMED).withGap("GitHub refused"), "GitHub refused"),
                silent(
                        "red on bases without it as well",
                        broken().merge(1200, 9, "Bridge", NAMED)
                                .onOldBase(1450, 1080, true, 5)
                                .onOldBase(1500, 1080, true, 6)
                                .onOldBase(1550, 1080, true, 7),
                        null),
                silent("only documents", broken().merge(1200, 9, "Docs", "docs/network/guide.md"), null),
                silent(
                        "into quarantine",
                        broken().merge(1200, 9, "Quarantine a test", NAMED).flaky(0.2),
                        null),
                silent("three false reds", broken().flaky(0.34).innocent(1090, 1, 3), null));
    }

    private static Arguments shown(String name, ScriptedHistory script, String culprit) {
        return Arguments.of(name, script, culprit);
    }

    private static Arguments silent(String name, ScriptedHistory script, String why) {
        return Arguments.of(name, script, why);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shown")
    void namesTheCulprit(String name, ScriptedHistory script, String culprit) {
        SuspectReport report = script.report();

        assertThat(report.shown()).as(String.join("\n", report.explanation())).isNotEmpty();
        assertThat(report.shown().getFirst().name()).isEqualTo(culprit);
        assertThat(report.shown()).hasSizeLessThanOrEqualTo(3);
        assertThat(report.sentence().orElseThrow()).matches("(likely|possible) cause: .*");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silent")
    void namesNobody(String name, ScriptedHistory script, String why) {
        SuspectReport report = script.report();

        assertThat(report.shown()).as(String.join("\n", report.explanation())).isEmpty();
        if (why == null) {
            assertThat(report.silence()).isNull();
        } else {
            assertThat(report.silence()).contains(why);
            assertThat(report.sentence()).isEmpty();
        }
        assertThat(report.sentence().orElse("")).doesNotContain("cause:");
    }

    @Test
    void aBumpOfAnotherRepositoryCounts() {
        LaneHistory own = broken().fails(Cause.SETUP, "cluster-up failed")
                .innocent(1090, 1, 3)
                .bump(1200, 9, "Bump provider", "cluster-up/version")
                .history();
        List<MergedPull> merges = own.merges().stream()
                .map(pull -> pull.bumpClass() == null
                        ? pull
                        : new MergedPull(
                                "org/infra",
                                pull.branch(),
                                pull.commit(),
                                pull.number(),
                                pull.title(),
                                pull.author(),
                                pull.mergedAt(),
                                List.of(),
                                false,
                                pull.bumpClass()))
                .toList();
        SuspectReport report = new SuspectRanker(SuspectConfig.DEFAULTS)
                .rank(new LaneHistory(own.breakage(), own.runs(), merges, null, null));

        assertThat(report.hypotheses())
                .filteredOn(each -> each.name().equals("org/infra#9"))
                .flatExtracting(Hypothesis::factors)
                .extracting(factor -> factor.kind())
                .containsExactly(EvidenceKind.PROVIDER_BUMP);
    }

    @Test
    void theLineHasTheReasonTheAuthorAndTheTime() {
        SuspectReport report =
                broken().innocent(1090, 1, 3).merge(1414, 9, "Bridge", NAMED).report();

        assertThat(report.sentence())
                .hasValue("possible cause: org/repo#9 \"Bridge\" by dev9, merged 26 min before the first failed run:"
                        + " changes a file that the failure names");
        assertThat(broken().definitionAt(1388).report().sentence())
                .hasValue("likely cause: the lane's own definition, changed 52 min before the first failed run");
    }

    @Test
    void belowTheBarOnlyTheNumberOfChangesAndTheirRangeAreKnown() {
        SuspectReport report = broken().innocent(1090, 1, 6).report();

        assertThat(report.sentence()).hasValue("6 changes since the last green run, none stands out");
        assertThat(report.range().orElse("")).endsWith("..." + String.format("%040x", 6));
        assertThat(broken().innocent(1090, 1, 1).report().sentence())
                .hasValue("the only change since the last green run is org/repo#1; nothing else points to it");
    }

    @Test
    void aHostileTitleIsOneShortLine() {
        String title = "<!channel> @everyone\n\u0007[x](https://evil.example) " + "a".repeat(500);
        SuspectReport report =
                broken().innocent(1090, 1, 3).merge(1200, 9, title, NAMED).report();

        assertThat(report.sentence().orElseThrow())
                .doesNotContain("\n", "\u0007")
                .hasSizeLessThan(300);
    }

    @Test
    void posteriorsAddUpToOne() {
        Stream.concat(shown(), silent())
                .map(arguments -> ((ScriptedHistory) arguments.get()[1]).report())
                .forEach(report -> assertThat(report.hypotheses().stream()
                                .mapToDouble(Hypothesis::posterior)
                                .sum())
                        .isCloseTo(1, within(1e-9)));
    }

    @Test
    void anIrrelevantCandidateNeverRaisesAnother() {
        for (int more = 0; more < 20; more++) {
            SuspectReport before = history(more).report();
            SuspectReport after = history(more + 1).report();

            for (Hypothesis hypothesis : before.hypotheses()) {
                if (hypothesis.kind() == Kind.MERGE) {
                    assertThat(posterior(after, hypothesis.name()))
                            .as("%d candidates, %s", more, hypothesis.name())
                            .isLessThanOrEqualTo(hypothesis.posterior() + 1e-12);
                }
            }
        }
    }

    private static double posterior(SuspectReport report, String name) {
        return report.hypotheses().stream()
                .filter(hypothesis -> hypothesis.name().equals(name))
                .mapToDouble(Hypothesis::posterior)
                .sum();
    }

    private static ScriptedHistory history(int innocent) {
        return broken().merge(1085, 500, "Bridge", NAMED)
                .merge(1086, 501, "N", "x/network/y.go")
                .innocent(1090, 1, innocent);
    }

    @Test
    void aGreenRunOnABaseWithAMergeNeverRaisesIt() {
        double before = posterior(broken().merge(1200, 9, "Bridge", NAMED).report(), "org/repo#9");
        double after =
                posterior(broken().merge(1200, 9, "Bridge", NAMED).green(1600).report(), "org/repo#9");

        assertThat(after).isLessThan(before);
    }

    @Test
    void moreThanThreeHundredFilesAreNotAllKnown() {
        List<String> many = Stream.iterate(0, index -> index + 1)
                .limit(400)
                .map(index -> "docs/" + index + ".md")
                .toList();
        MergedPull pull =
                broken().merge(1200, 9, "Vendor").history().merges().getLast().withPaths(many, true);

        assertThat(pull.paths()).hasSize(MergedPull.MAX_PATHS);
        assertThat(pull.allPaths()).isFalse();
    }

    @Test
    void aWeightIsASetting() {
        SuspectConfig.Weight none = new SuspectConfig.Weight(1.0, null);
        SuspectConfig blind = new SuspectConfig(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of("named-file", none, "named-package", none, "sig-directory", none));

        assertThat(broken().merge(1200, 9, "Bridge", NAMED).report().shown()).isNotEmpty();
        assertThat(broken().merge(1200, 9, "Bridge", NAMED).with(blind).report().shown())
                .isEmpty();
    }

    @Test
    void everyPieceOfEvidenceHasAReason() {
        assertThat(Arrays.stream(EvidenceKind.values())
                        .map(kind -> SuspectConfig.DEFAULTS.factor(kind).reason()))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }
}
