// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.cli.input.InvalidInputException;
import io.kubevirt.cinotify.cli.input.RunJsonCodec;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a history, one run a line. It keeps only the fields that decisions need, so that years fit into memory. */
public final class HistoryReader {

    private final ObjectMapper json = new ObjectMapper();
    private final RunJsonCodec runs;
    private final Map<String, String> strings = new HashMap<>();
    private final Map<Repository, Repository> repositories = new HashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    public HistoryReader(Config config) {
        this.runs = new RunJsonCodec(config);
    }

    /** The lines read so far that are not a run. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** All runs in replay order. */
    public List<HistoryEntry> readAll(List<Path> files) throws IOException {
        List<HistoryEntry> history = new ArrayList<>();
        for (Path file : files) {
            try (BufferedReader lines = HistoryFiles.open(file)) {
                int number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (!line.isBlank()) {
                        read(file, number, line).ifPresent(history::add);
                    }
                }
            } catch (java.util.zip.ZipException | java.io.EOFException e) {
                problems.add(ConfigProblem.ofFile(
                        file.toString(), "cannot be unpacked: " + e.getMessage(), "fetch the file again"));
            }
        }
        history.sort(null);
        return history;
    }

    private Optional<HistoryEntry> read(Path file, int number, String line) {
        try {
            JsonNode input = json.readTree(line);
            JobRun run = compact(runs.read(input).run());
            Instant at = RunJsonCodec.firstInstant(input, "observedAt", "finishedAt", "completedAt", "startedAt")
                    .orElseThrow(() -> new InvalidInputException("has no time: observedAt, finishedAt or startedAt"));
            return Optional.of(new HistoryEntry(at, id(run, line), run));
        } catch (JsonProcessingException e) {
            report(file, number, "is not JSON");
        } catch (InvalidInputException e) {
            report(file, number, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private void report(Path file, int number, String problem) {
        problems.add(new ConfigProblem(file.toString(), number, problem, "correct the line, or use --skip-bad-lines"));
    }

    private static String id(JobRun run, String line) {
        return run.buildId() == null
                ? UUID.nameUUIDFromBytes(line.getBytes(StandardCharsets.UTF_8)).toString()
                : run.type().prowName() + " " + run.lane() + " " + run.buildId();
    }

    private JobRun compact(JobRun run) {
        return new JobRun(
                intern(run.job()),
                run.type(),
                run.repository() == null ? null : repositories.computeIfAbsent(run.repository(), same -> same),
                internNullable(run.baseRef()),
                run.pulls(),
                internNullable(run.cluster()),
                run.state(),
                intern(run.description()),
                null,
                run.buildId(),
                null,
                RunTimes.UNKNOWN,
                Map.of(),
                run.annotations());
    }

    private String intern(String word) {
        return strings.computeIfAbsent(word, same -> same);
    }

    private @Nullable String internNullable(@Nullable String word) {
        return word == null ? null : intern(word);
    }
}
