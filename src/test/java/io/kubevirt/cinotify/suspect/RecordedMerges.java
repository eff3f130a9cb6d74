// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.suspect.SuspectSimulation.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The merges to kubevirt/kubevirt in the ten days before and after six of them that were reverted or repaired because of what they
 * broke, with their paths. The runs of the lane are drawn: no history of green runs exists.
 */
final class RecordedMerges {
    private static final Path FILE = Path.of("src/test/resources/suspects/kubevirt-merges.tsv");
    private static final String REPOSITORY = "kubevirt/kubevirt";
    private static final double FLAKE_SHARE = 0.1;
    private static final double FAILS = 0.95;
    private static final int REDS = 3;

    /** Files whose tests went into quarantine since 2024 most often: what fails without a culprit. */
    private static final List<String> FLAKY_FILES = List.of(
            "tests/infrastructure/prometheus.go",
            "tests/migration/namespace.go",
            "tests/monitoring/vm_monitoring.go",
            "tests/migration/migration.go",
            "tests/storage/hotplug.go",
            "tests/network/sriov.go",
            "tests/storage/export.go",
            "tests/operator/operator.go",
            "tests/migration/postcopy.go",
            "tests/storage/backup.go",
            "tests/storage/restore.go",
            "tests/vm_test.go");

    /**
     * What is known of a merge that broke a lane.
     *
     * @param text what the failures name
     */
    record Culprit(int number, Cause cause, String sig, String text) {}

    static final List<Culprit> CULPRITS = List.of(
            new Culprit(12938, Cause.SETUP, "", "make: *** [Makefile:162: cluster-up] Error 1"),
            new Culprit(3314, Cause.SETUP, "", "pod disks-images-provider is in CrashLoopBackOff"),
            new Culprit(17542, Cause.TEST, "", "tests/migration/namespace.go:120"),
            new Culprit(16885, Cause.BUILD, "", "bazel: connection refused"),
            new Culprit(14851, Cause.TEST, "", "tests/vm_test.go:830"),
            new Culprit(4470, Cause.TEST, "sig-network", "tests/vmi_multus_test.go:700"));

    private final List<MergedPull> merges;
    private final SplittableRandom random;

    private RecordedMerges(List<MergedPull> merges, SplittableRandom random) {
        this.merges = merges;
        this.random = random;
    }

    static RecordedMerges around(Culprit culprit, SplittableRandom random) throws IOException {
        return new RecordedMerges(
                Files.readAllLines(FILE).stream()
                        .map(line -> line.split("\t", -1))
                        .filter(cells -> Integer.parseInt(cells[0]) == culprit.number())
                        .map(RecordedMerges::merge)
                        .toList(),
                random);
    }

    /** The same without the culprit, and what reverts it. */
    RecordedMerges without(Culprit culprit) {
        return new RecordedMerges(
                merges.stream()
                        .filter(pull -> pull.number() != culprit.number()
                                && !pull.title().contains("#" + culprit.number())
                                && !pull.title().startsWith("Revert"))
                        .toList(),
                random);
    }

    private static MergedPull merge(String[] cells) {
        List<String> paths = cells[5].isEmpty() ? List.of() : List.of(cells[5].split(" "));
        int number = Integer.parseInt(cells[2]);
        return new MergedPull(
                REPOSITORY,
                "main",
                String.format("%040x", number),
                number,
                cells[4],
                "author",
                Instant.ofEpochSecond(Long.parseLong(cells[1])),
                paths,
                paths.size() < MergedPull.MAX_PATHS,
                cells[3].isEmpty() ? null : "bump");
    }

    /** A lane that the culprit breaks. */
    Case broken(Culprit culprit, Duration between) {
        MergedPull merge = merges.stream()
                .filter(pull -> pull.number() == culprit.number())
                .findFirst()
                .orElseThrow();
        LaneHistory history = history(culprit.cause(), culprit.sig(), culprit.text(), merge.mergedAt(), between);
        return new Case(new SuspectRanker(SuspectConfig.DEFAULTS).rank(history), merge.name());
    }

    /** A lane that something else breaks, at any time. */
    Case outage(Cause cause, Duration between) {
        String file = FLAKY_FILES.get(random.nextInt(FLAKY_FILES.size()));
        String[] folders = file.split("/");
        String text = cause == Cause.TEST ? file + ":100" : "exit status 1";
        String sig = cause == Cause.TEST && folders.length > 2 ? "sig-" + folders[1] : "";
        Instant at = merges.getFirst()
                .mergedAt()
                .plus(Duration.ofDays(5))
                .plusSeconds(random.nextLong(Duration.ofDays(5).toSeconds()));
        LaneHistory history = history(cause, sig, text, at, between);
        return new Case(new SuspectRanker(SuspectConfig.DEFAULTS).rank(history), null);
    }

    /** @param at from when on the lane is broken */
    private LaneHistory history(Cause cause, String sig, String text, Instant at, Duration between) {
        Instant start = merges.getFirst().mergedAt();
        List<RunOnBase> runs = new ArrayList<>();
        Instant firstRed = start;
        int reds = 0;
        Instant time = start.plusSeconds(random.nextLong(between.toSeconds()));
        while (reds < REDS) {
            boolean broken = !time.isBefore(at);
            boolean red = random.nextDouble() < (broken ? FAILS : FLAKE_SHARE);
            runs.add(new RunOnBase(time, base(time), red, Set.of()));
            reds = red && (reds > 0 || broken) ? reds + 1 : 0;
            firstRed = reds == 1 ? time : firstRed;
            time = time.plus(between);
        }
        Instant now = time;
        List<MergedPull> known =
                merges.stream().filter(pull -> pull.mergedAt().isBefore(now)).toList();
        LaneBreakage breakage =
                new LaneBreakage(REPOSITORY, cause, sig, List.of(text), FLAKE_SHARE, firstRed.plusSeconds(60), 1);
        return new LaneHistory(breakage, runs, known, null, null);
    }

    private String base(Instant at) {
        return merges.stream()
                .filter(pull -> !pull.mergedAt().isAfter(at))
                .reduce((earlier, later) -> later)
                .orElse(merges.getFirst())
                .commit();
    }
}
