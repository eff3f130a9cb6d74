// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kubevirt.cinotify.cli.replay.HistoryReader.HistoryEntry;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.suspect.LaneBreakage;
import io.kubevirt.cinotify.suspect.LaneHistory;
import io.kubevirt.cinotify.suspect.MergedPull;
import io.kubevirt.cinotify.suspect.RunOnBase;
import io.kubevirt.cinotify.suspect.SuspectRanker;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The suspects of incidents of a history, if it has the commits that runs tested, and a file has the merges. */
record ReplaySuspects(Config config, List<MergedPull> merges) {
    static final String UNKNOWN = "suspects: unknown";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Duration LOOK_BACK = Duration.ofDays(9);

    /** Reads one merge a line. */
    static List<MergedPull> read(Path file) throws InvalidConfigException {
        List<MergedPull> merges = new ArrayList<>();
        List<String> lines = lines(file);
        for (int index = 0; index < lines.size(); index++) {
            try {
                if (!lines.get(index).isBlank()) {
                    merges.add(complete(JSON.readValue(lines.get(index), MergedPull.class)));
                }
            } catch (JsonProcessingException | RuntimeException e) {
                throw new InvalidConfigException(
                        List.of(
                                new ConfigProblem(
                                        file.toString(),
                                        index + 1,
                                        "is not a merge",
                                        "use the fields repository, branch, commit, number, title, author, mergedAt, paths and allPaths")));
            }
        }
        merges.sort(Comparator.comparing(MergedPull::mergedAt));
        return merges;
    }

    private static List<String> lines(Path file) throws InvalidConfigException {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    "--merges", "cannot read " + file + " (" + e + ")", "use a file with one merge a line"));
        }
    }

    /** Absent fields are null. */
    private static MergedPull complete(MergedPull merge) {
        Stream.of(merge.repository(), merge.branch(), merge.commit(), merge.title(), merge.author(), merge.mergedAt())
                .forEach(Objects::requireNonNull);
        return merge;
    }

    /** Each hypothesis in a line; one that says that they are unknown if the history does not show it. */
    List<String> of(IncidentView incident, List<HistoryEntry> played) {
        Optional<String> repository = incident.repository();
        if (incident.kind() != IncidentKind.LANE || repository.isEmpty()) {
            return List.of();
        }
        if (merges.isEmpty()) {
            return List.of(UNKNOWN);
        }
        Instant from = incident.since().minus(LOOK_BACK);
        List<HistoryEntry> lane = played.stream()
                .filter(past -> past.at().isAfter(from)
                        && incident.lanes().contains(past.run().job())
                        && past.run().repository() != null
                        && past.run().repository().fullName().equals(repository.get())
                        && (past.run().state() == JobState.SUCCESS
                                || past.run().state().isRed()))
                .toList();
        Set<String> bases = lane.stream()
                .flatMap(past -> Stream.ofNullable(past.run().baseSha()))
                .collect(Collectors.toSet());
        List<MergedPull> known = merges.stream()
                .filter(pull -> pull.repository().equals(repository.get()))
                .toList();
        Optional<String> branch = known.stream()
                .filter(pull -> bases.contains(pull.commit()))
                .map(MergedPull::branch)
                .findFirst();
        LaneHistory history = new LaneHistory(
                breakage(incident, repository.get(), lane),
                lane.stream().map(ReplaySuspects::onBase).toList(),
                known.stream()
                        .filter(pull -> branch.filter(pull.branch()::equals).isPresent())
                        .toList(),
                null,
                null);
        return isKnown(history)
                ? new SuspectRanker(config.file().suspects()).rank(history).explanation()
                : List.of(UNKNOWN);
    }

    private static boolean isKnown(LaneHistory history) {
        return Stream.of(history.lastGreen(), history.firstRed()).allMatch(run -> run.map(RunOnBase::base)
                .filter(base ->
                        history.merges().stream().anyMatch(pull -> pull.commit().equals(base)))
                .isPresent());
    }

    private static RunOnBase onBase(HistoryEntry past) {
        return new RunOnBase(
                past.at(),
                past.run().baseSha(),
                past.run().state().isRed(),
                past.run().pulls().stream().map(Pull::number).collect(Collectors.toUnmodifiableSet()));
    }

    private static LaneBreakage breakage(IncidentView incident, String repository, List<HistoryEntry> lane) {
        Symptoms symptoms = incident.diagnosis().symptoms();
        List<HistoryEntry> before = lane.stream()
                .filter(past -> past.at().isBefore(incident.since()))
                .toList();
        long failed = before.stream().filter(past -> past.run().state().isRed()).count();
        return new LaneBreakage(
                repository,
                incident.diagnosis().cause(),
                incident.diagnosis().sig(),
                symptoms == null
                        ? List.of()
                        : Stream.concat(symptoms.excerpt().stream(), symptoms.failingTests().stream())
                                .toList(),
                (failed + 1.0) / (before.size() + 10.0),
                incident.since().plusSeconds(1),
                1);
    }
}
