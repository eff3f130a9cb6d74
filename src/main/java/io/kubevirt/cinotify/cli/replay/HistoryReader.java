// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.cli.input.InvalidInputException;
import io.kubevirt.cinotify.cli.input.RunJsonCodec;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a history, one run a line. It keeps only the fields that decisions need, so that years fit into memory. */
public final class HistoryReader {
    private static final List<String> EXTENSIONS = List.of(".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz");
    private static final int GZIP_MAGIC = 0x1f8b;
    private final ObjectMapper json = new ObjectMapper();
    private final RunJsonCodec runs;
    private final LongConsumer onLine;
    private long lines;
    private final Map<String, String> strings = new HashMap<>();
    private final Map<Repository, Repository> repositories = new HashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    public HistoryReader(Config config) {
        this(config, lines -> {});
    }

    /** @param onLine gets the number of lines read so far */
    HistoryReader(Config config, LongConsumer onLine) {
        this.runs = new RunJsonCodec(config);
        this.onLine = onLine;
    }

    /** The lines read so far that are not a run. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /**
     * All runs in replay order.
     *
     * @param named files or directories of them; gzip or plain
     * @throws InvalidConfigException with each path where there is nothing to read
     */
    public List<HistoryEntry> readAll(List<Path> named) throws InvalidConfigException, IOException {
        List<HistoryEntry> history = new ArrayList<>();
        for (Path file : find(named)) {
            try (BufferedReader lines = open(file)) {
                int number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    onLine.accept(++this.lines);
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
            return Optional.of(new HistoryEntry(at, id(run, line), run, HistoryEvidence.read(input)));
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
                run.annotations(),
                run.visibility(),
                run.baseSha());
    }

    private String intern(String word) {
        return strings.computeIfAbsent(word, same -> same);
    }

    private @Nullable String internNullable(@Nullable String word) {
        return word == null ? null : intern(word);
    }

    /**
     * A run of a history.
     *
     * @param id lane and build; a hash of the line if the build is unknown
     * @param evidence what the line says of its artifacts; null if it says nothing
     */
    public record HistoryEntry(
            Instant at, String id, JobRun run, @Nullable Evidence evidence) implements Comparable<HistoryEntry> {
        /** Independent of the order of lines. */
        private static final Comparator<HistoryEntry> ORDER = Comparator.comparing(HistoryEntry::at)
                .thenComparing(past -> past.run().job())
                .thenComparing(HistoryEntry::pullNumber)
                .thenComparing(HistoryEntry::id)
                .thenComparing(past -> past.run().state());

        private int pullNumber() {
            return run.pulls().stream().mapToInt(Pull::number).findFirst().orElse(0);
        }

        @Override
        public int compareTo(HistoryEntry other) {
            return ORDER.compare(this, other);
        }
    }

    private static List<Path> find(List<Path> named) throws InvalidConfigException, IOException {
        List<Path> files = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        for (Path path : named) {
            List<Path> found = Files.isDirectory(path) ? inFolder(path) : List.of(path);
            if (!Files.exists(path)) {
                problems.add(ConfigProblem.ofFile(path.toString(), "no such file or directory", "correct --history"));
            } else if (found.isEmpty()) {
                problems.add(ConfigProblem.ofFile(
                        path.toString(),
                        "the directory contains no history file",
                        "name them " + String.join(", ", EXTENSIONS)));
            } else {
                files.addAll(found);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return files;
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isRegularFile)
                    .filter(file -> EXTENSIONS.stream().anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    /** Opens a file; the first bytes show whether it is gzip, not the name. */
    private static BufferedReader open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        raw.mark(2);
        int magic = raw.read() << Byte.SIZE | raw.read();
        raw.reset();
        InputStream plain = magic == GZIP_MAGIC ? new GZIPInputStream(raw) : raw;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }
}
