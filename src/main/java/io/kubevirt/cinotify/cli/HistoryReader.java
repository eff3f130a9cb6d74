/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunTimes;
import io.kubevirt.cinotify.settings.Settings;
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

/** Reads a history, a run a line. Of each run only what deciding takes is kept, so that years fit into little memory. */
final class HistoryReader {

    private final ObjectMapper json = new ObjectMapper();
    private final RunReader runs;
    private final Map<String, String> words = new HashMap<>();
    private final Map<Repository, Repository> repositories = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    HistoryReader(Settings settings) {
        this.runs = new RunReader(settings);
    }

    /** The lines that describe no run, as far as it has read. */
    List<Problem> problems() {
        return problems;
    }

    /** All runs, in the order in which they are to be played. */
    List<PastRun> readAll(List<Path> files) throws IOException {
        List<PastRun> history = new ArrayList<>();
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
                problems.add(Problem.ofFile(file.toString(), "cannot be unpacked: " + e.getMessage(), "get it again"));
            }
        }
        history.sort(null);
        return history;
    }

    private Optional<PastRun> read(Path file, int number, String line) {
        try {
            JsonNode described = json.readTree(line);
            JobRun run = slim(runs.read(described).run());
            Instant at = new RunDetails(described)
                    .first("observedAt", "finishedAt", "completedAt", "startedAt")
                    .orElseThrow(() -> new Unclear("says nowhere when it was: observedAt, finishedAt or startedAt"));
            return Optional.of(new PastRun(at, id(run, line), run));
        } catch (JsonProcessingException e) {
            report(file, number, "is not JSON");
        } catch (Unclear e) {
            report(file, number, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private void report(Path file, int number, String problem) {
        problems.add(new Problem(file.toString(), number, problem, "mend the line, or use --skip-bad-lines"));
    }

    private static String id(JobRun run, String line) {
        return run.buildId() == null
                ? UUID.nameUUIDFromBytes(line.getBytes(StandardCharsets.UTF_8)).toString()
                : run.type().prowName() + " " + run.lane() + " " + run.buildId();
    }

    private JobRun slim(JobRun run) {
        return new JobRun(
                word(run.job()),
                run.type(),
                run.repository() == null ? null : repositories.computeIfAbsent(run.repository(), same -> same),
                optionalWord(run.baseRef()),
                run.pulls(),
                optionalWord(run.cluster()),
                run.state(),
                word(run.description()),
                null,
                run.buildId(),
                null,
                RunTimes.UNKNOWN,
                Map.of(),
                run.annotations());
    }

    private String word(String word) {
        return words.computeIfAbsent(word, same -> same);
    }

    private @Nullable String optionalWord(@Nullable String word) {
        return word == null ? null : word(word);
    }
}
