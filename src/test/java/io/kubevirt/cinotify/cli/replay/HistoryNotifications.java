// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.cli.replay.HistoryReader.HistoryEntry;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.FailureOccurrences;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.engine.IncidentEngine;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One notification of each kind, from four weeks of real runs. Of those who are notified, one acknowledges, the next snoozes and the
 * third does not answer, in turn. Failed runs get a failing test of their SIG, since the history has no artifacts.
 */
public final class HistoryNotifications {
    private static final Path HISTORY = Path.of("src/test/resources/history/four-weeks.jsonl");
    private static final Path TESTS = Path.of("src/test/resources/kubevirt/failing-tests.tsv");

    private final Replay reader;
    private final IncidentEngine engine;
    private final Map<String, String> tests;
    private final TreeMap<Instant, IncidentAction> answers = new TreeMap<>();
    private final Map<String, List<Notification>> found = new HashMap<>();
    private int opened;

    private HistoryNotifications(Config config) throws IOException {
        this.reader = new Replay(config, false, step -> {});
        this.engine = IncidentEngine.fresh(config.incidentRules());
        this.tests = Files.readAllLines(TESTS).stream()
                .skip(1)
                .map(line -> line.split("\t", 3))
                .collect(Collectors.toMap(row -> row[0], row -> row[2], (one, other) -> one));
    }

    /** By name of a picture: {@code opened}, {@code acknowledged}, …; the example that affects most pull requests. */
    public static Map<String, Notification> play(Config config) throws IOException, InvalidConfigException {
        HistoryNotifications history = new HistoryNotifications(config);
        for (HistoryEntry past : withPasses(new HistoryReader(config).readAll(List.of(HISTORY)))) {
            history.advanceTo(past.at());
            history.apply(
                    history.engine.apply(history.withEvidence(past), past.at()).decisions());
        }
        Map<String, Notification> best = new TreeMap<>();
        history.found.forEach((name, all) -> best.put(
                name,
                all.stream()
                        .reduce((one, other) -> other.incident().pulls().size()
                                        > one.incident().pulls().size()
                                ? other
                                : one)
                        .orElseThrow()));
        return best;
    }

    /** The history has failed runs only: adds three that passed, before a job fails for the first time in two days. */
    private static List<HistoryEntry> withPasses(List<HistoryEntry> failed) {
        List<HistoryEntry> all = new ArrayList<>(failed);
        Map<String, Instant> last = new HashMap<>();
        for (HistoryEntry past : failed) {
            Instant before = last.put(past.run().job(), past.at());
            if (before == null || before.isBefore(past.at().minus(Duration.ofDays(2)))) {
                for (int number = 1; number <= 3; number++) {
                    Instant at = past.at().minus(Duration.ofMinutes(25L * number));
                    String build = "pass" + number + "-" + past.run().buildId();
                    JobRun run = JobRun.builder(past.run().job(), past.run().type(), JobState.SUCCESS)
                            .repository(past.run().repository())
                            .pulls(List.of(Pull.numbered(12_000 + number)))
                            .build(build, null)
                            .build();
                    all.add(new HistoryEntry(at, build, run, null));
                }
            }
        }
        return all.stream().sorted(Comparator.comparing(HistoryEntry::at)).toList();
    }

    /** Jobs count as required. */
    private ObservedRun withEvidence(HistoryEntry past) {
        ObservedRun read = reader.runFinished(past);
        DiagnosedRun found = read.diagnosedRun();
        ObservedRun run = new ObservedRun(
                read.id(),
                new DiagnosedRun(found.run(), found.diagnosis(), true, found.origin(), false),
                read.jobThresholds());
        Diagnosis diagnosis = run.diagnosedRun().diagnosis();
        String test = diagnosis == null ? null : tests.get("sig-" + diagnosis.sig());
        return test == null
                ? run
                : run.withDiagnosis(diagnosis.with(new Symptoms(
                        "timed out",
                        List.of("+ make functest", "Timed out after 360.001s.", "Expected the VM to be ready"),
                        past.run().url() == null ? null : past.run().url() + "#build-log:812",
                        List.of(test),
                        3,
                        null,
                        new FailureOccurrences(5, 3, 3, past.at().minus(Duration.ofHours(2)), 21))));
    }

    private void advanceTo(Instant end) {
        while (true) {
            Instant timer = engine.nextWake().orElse(Instant.MAX);
            Instant answer = answers.isEmpty() ? Instant.MAX : answers.firstKey();
            Instant next = timer.isBefore(answer) ? timer : answer;
            if (next.isAfter(end)) {
                return;
            }
            apply(
                    next.equals(answer)
                            ? engine.perform(answers.pollFirstEntry().getValue(), next)
                                    .decisions()
                            : engine.tick(next).decisions());
        }
    }

    private void apply(List<Decision> decisions) {
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Notify notify) {
                add(notify.notification());
            }
        }
    }

    private void add(Notification message) {
        String name = message.kind().value();
        if (message.kind() == NotificationKind.CHANGED) {
            name = message.incident().snoozedUntil() != null
                    ? "snoozed"
                    : message.incident().acknowledgedBy() != null ? "acknowledged" : name;
        }
        boolean outage = message.incident().kind() == IncidentKind.OUTAGE;
        found.computeIfAbsent((outage ? "outage-" : "") + name, none -> new ArrayList<>())
                .add(message);
        String person = message.to() == null ? null : message.to().handle();
        if (person != null && message.kind() == NotificationKind.OPENED) {
            Instant at = message.at().plus(Duration.ofMinutes(21)).plusMillis(opened);
            switch (opened++ % 3) {
                case 0 ->
                    answers.put(
                            at,
                            new IncidentAction.Acknowledge(message.incident().id(), person));
                case 1 ->
                    answers.put(
                            at,
                            new IncidentAction.Snooze(message.incident().id(), person, at.plus(Duration.ofHours(4))));
                default -> {}
            }
        }
    }

    /** The kinds that every picture book has. */
    public static List<String> names() {
        return Arrays.asList(
                "opened", "acknowledged", "snoozed", "escalated", "handoff", "reminded", "folded", "resolved", "worse");
    }
}
