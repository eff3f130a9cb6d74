// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.routing.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A branch and a lane, written down by minute. The merges come from a comparison as GitHub answers it. */
final class ScriptedHistory {
    static final String REPOSITORY = "org/repo";
    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private static final int DAYS = 2;

    private final List<Change> changes = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private Cause cause = Cause.TEST;
    private List<String> text = List.of("tests/network/bridge_test.go:120: timed out");
    private double flakeShare = 0.05;
    private int branches = 1;
    private @Nullable Integer definition;
    private @Nullable String gap;
    private boolean basesKnown = true;
    private SuspectConfig config = SuspectConfig.DEFAULTS;

    ScriptedHistory() {
        merge(-DAYS * 24 * 60, 999_999, "An old change", "old/old.go");
    }

    private record Change(int minute, int number, String title, String author, List<String> paths, boolean bump) {}

    private record Run(int minute, boolean red, int baseMinute, Set<Integer> pulls) {}

    ScriptedHistory merge(int minute, int number, String title, String... paths) {
        changes.add(new Change(minute, number, title, "dev" + number, List.of(paths), false));
        return this;
    }

    ScriptedHistory bump(int minute, int number, String title, String... paths) {
        changes.add(new Change(minute, number, title, "bot", List.of(paths), true));
        return this;
    }

    /** Some merges of other parts. */
    ScriptedHistory innocent(int minute, int firstNumber, int count) {
        for (int index = 0; index < count; index++) {
            merge(minute + index, firstNumber + index, "Change " + index, "pkg/part" + index + "/file.go");
        }
        return this;
    }

    ScriptedHistory green(int... minutes) {
        for (int minute : minutes) {
            runs.add(new Run(minute, false, minute, Set.of()));
        }
        return this;
    }

    ScriptedHistory red(int... minutes) {
        for (int minute : minutes) {
            runs.add(new Run(minute, true, minute, Set.of()));
        }
        return this;
    }

    /** A run that tests an older base. */
    ScriptedHistory onOldBase(int minute, int baseMinute, boolean red, int pull) {
        runs.add(new Run(minute, red, baseMinute, Set.of(pull)));
        return this;
    }

    ScriptedHistory fails(Cause with, String... lines) {
        cause = with;
        text = List.of(lines);
        return this;
    }

    ScriptedHistory flaky(double share) {
        flakeShare = share;
        return this;
    }

    ScriptedHistory onBranches(int count) {
        branches = count;
        return this;
    }

    ScriptedHistory definitionAt(int minute) {
        definition = minute;
        return this;
    }

    ScriptedHistory withGap(String reason) {
        gap = reason;
        return this;
    }

    ScriptedHistory withoutBases() {
        basesKnown = false;
        return this;
    }

    ScriptedHistory with(SuspectConfig other) {
        config = other;
        return this;
    }

    SuspectReport report() {
        return new SuspectRanker(config).rank(history());
    }

    LaneHistory history() {
        List<Change> inOrder =
                changes.stream().sorted(Comparator.comparingInt(Change::minute)).toList();
        Map<String, Change> byCommit = new HashMap<>();
        inOrder.forEach(change -> byCommit.put(commit(change), change));
        List<MergedPull> merges = CompareAnswer.parse(compare(inOrder), REPOSITORY, "main").merges().stream()
                .map(pull -> filled(pull, byCommit.get(pull.commit())))
                .toList();
        int firstRed =
                runs.stream().filter(Run::red).mapToInt(Run::minute).min().orElse(0);
        return new LaneHistory(
                new LaneBreakage(
                        REPOSITORY,
                        cause,
                        "sig-network",
                        text,
                        flakeShare,
                        at(firstRed).plusSeconds(60),
                        branches),
                runs.stream().map(run -> run(run, inOrder)).toList(),
                merges,
                definition == null ? null : at(definition),
                gap);
    }

    private RunOnBase run(Run run, List<Change> inOrder) {
        String base = inOrder.stream()
                .filter(change -> change.minute() <= run.baseMinute())
                .map(ScriptedHistory::commit)
                .reduce((first, last) -> last)
                .orElseThrow();
        return new RunOnBase(at(run.minute()), basesKnown ? base : null, run.red(), run.pulls());
    }

    private static MergedPull filled(MergedPull pull, Change change) {
        return new MergedPull(
                pull.repository(),
                pull.branch(),
                pull.commit(),
                pull.number(),
                pull.title(),
                change.author(),
                pull.mergedAt(),
                change.paths(),
                change.paths().size() < MergedPull.MAX_PATHS,
                change.bump() ? "provider" : null);
    }

    static JsonNode compare(List<?> inOrder) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("status", "ahead").put("total_commits", inOrder.size() * 2);
        ArrayNode commits = answer.putArray("commits");
        String parent = "base";
        for (Object each : inOrder) {
            Change change = (Change) each;
            ObjectNode own = commits.addObject().put("sha", "branch-of-" + commit(change));
            own.putArray("parents").addObject().put("sha", parent);
            own.putObject("commit").put("message", "A commit of the branch (#1)");
            ObjectNode merge = commits.addObject().put("sha", commit(change));
            merge.putArray("parents").addObject().put("sha", parent);
            ((ArrayNode) merge.path("parents")).addObject().put("sha", "branch-of-" + commit(change));
            merge.putObject("commit")
                    .put("message", "Merge pull request #" + change.number() + " from dev/branch\n\n" + change.title())
                    .putObject("committer")
                    .put("date", at(change.minute()).toString());
            parent = commit(change);
        }
        return answer;
    }

    static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }

    private static String commit(Change change) {
        return String.format("%040x", change.number());
    }
}
