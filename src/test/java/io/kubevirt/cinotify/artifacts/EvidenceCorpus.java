// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs with the answer of a person. As a program it prints how often the answer is right, as the table in docs/figures.md;
 * with a folder as argument, of the runs below it, each a folder {@code run} with a {@code truth.json}.
 */
public final class EvidenceCorpus {
    private static final Path RUNS = Path.of("src/test/resources/evidence/runs.txt");
    private static final String FINISHED = "{\"timestamp\":1795000000,\"passed\":false,\"result\":\"FAILURE\"}";
    private static final String MEMBER =
            "| [A](https://github.com/a) | Mon-Fri | Europe/Berlin | Primary | Primary |\n";
    private static final Map<String, String> REPOSITORIES = Map.of(
            "kubevirt", "kubevirt/kubevirt",
            "kubernetes", "kubernetes/kubernetes",
            "istio", "istio/istio",
            "openshift", "openshift/installer");
    private static final Map<String, Config> PRESETS = new TreeMap<>(Map.of("kubevirt", Preset.settings()));

    private EvidenceCorpus() {}

    enum Verdict {
        RIGHT,
        UNCLEAR,
        WRONG_LOW,
        WRONG_HIGH
    }

    /** Cause, area and SIG, of which {@code *} is any, and whether the answer is that it is unclear. */
    record Answer(String cause, String area, String sig, boolean unclear) {
        static Answer of(String text) {
            String[] parts = text.split(" ");
            return new Answer(parts[0], parts[1], parts[2], text.endsWith(" unclear"));
        }

        private boolean names(Diagnosis diagnosis) {
            return fits(cause, diagnosis.cause().value()) && fits(area, diagnosis.area()) && fits(sig, diagnosis.sig());
        }

        private static boolean fits(String expected, String actual) {
            return expected.equals("*") || expected.equals(actual);
        }
    }

    record Run(String title, String preset, String job, String expected, String reason, Map<String, String> files) {
        static Run of(String section) {
            List<String> parts = Arrays.asList(section.split("(?m)^== "));
            String[] head = parts.getFirst().strip().split(" *\\| *");
            Map<String, String> files = new LinkedHashMap<>();
            files.put("finished.json", FINISHED);
            for (String part : parts.subList(1, parts.size())) {
                int newline = part.indexOf('\n');
                files.put(
                        part.substring(0, newline),
                        part.substring(newline + 1)
                                .replace("\\r", "\r")
                                .replace("\\u001b", "\u001b")
                                .stripTrailing());
            }
            String[] job = head[1].split(":");
            return new Run(
                    head[0],
                    job.length > 1 ? job[0] : "kubevirt",
                    job[job.length - 1],
                    head[2],
                    head.length > 3 ? head[3] : "",
                    files);
        }

        /** Writes the files into a folder and diagnoses the run from them. */
        Diagnosis diagnose(Path folder) throws IOException {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            return diagnosed(preset, job, folder);
        }

        @Override
        public String toString() {
            return preset + ": " + title;
        }
    }

    static Stream<Run> runs() throws IOException {
        return Arrays.stream(Files.readString(RUNS).split("(?m)^#### ")).skip(1).map(Run::of);
    }

    static Verdict judge(Diagnosis diagnosis, List<Answer> answers) {
        boolean unclear = diagnosis.ambiguity() != null;
        boolean expected = answers.getFirst().unclear();
        if (unclear && expected) {
            return Verdict.UNCLEAR;
        }
        boolean hit = !unclear && answers.stream().anyMatch(answer -> answer.names(diagnosis));
        boolean sure = diagnosis.confidence() == Confidence.HIGH && !unclear;
        return hit && !(expected && sure) ? Verdict.RIGHT : sure ? Verdict.WRONG_HIGH : Verdict.WRONG_LOW;
    }

    private static Diagnosis diagnosed(String preset, String job, Path folder) {
        Config settings = PRESETS.computeIfAbsent(preset, EvidenceCorpus::load);
        try (EvidenceReader reader = EvidenceFixture.reader(EvidenceFixture.LONG_TIMEOUT)) {
            JobRun run = JobRun.builder(
                            job, job.startsWith("ci-") ? JobType.PERIODIC : JobType.PRESUBMIT, JobState.FAILURE)
                    .repository(Repository.parse(REPOSITORIES.get(preset)).orElseThrow())
                    .baseRef("main")
                    .description("Job failed.")
                    .build();
            return settings.diagnoser().diagnose(run, reader.read(folder));
        }
    }

    private static Config load(String preset) {
        try {
            // The presets have no members.
            Path folder = Files.createTempDirectory(preset);
            for (String file : List.of("ci-notify.yaml", "sigs.yaml", "group.md")) {
                Files.copy(Path.of("config/presets", preset, file), folder.resolve(file));
            }
            Files.writeString(folder.resolve("group.md"), MEMBER, StandardOpenOption.APPEND);
            return new ConfigLoader(folder, null).load();
        } catch (IOException | InvalidConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String... arguments) throws IOException {
        Map<String, Map<Verdict, Integer>> table = new TreeMap<>();
        if (arguments.length == 0) {
            for (Run run : runs().toList()) {
                Diagnosis diagnosis = run.diagnose(Files.createTempDirectory("run"));
                count(table, run.preset(), run.title(), judge(diagnosis, List.of(Answer.of(run.expected()))));
            }
        } else {
            for (Path folder : truths(Path.of(arguments[0]))) {
                JsonNode truth =
                        new ObjectMapper().readTree(folder.resolve("truth.json").toFile());
                Diagnosis diagnosis = diagnosed("kubevirt", truth.path("job").asText(), folder.resolve("run"));
                boolean allowed = diagnosis.ambiguity() != null
                        && !truth.path("unclear").asText().equals("no");
                count(table, "runs", folder.toString(), allowed ? Verdict.UNCLEAR : judge(diagnosis, answers(truth)));
            }
        }
        print(table);
    }

    private static List<Path> truths(Path folder) throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(each -> Files.exists(each.resolve("truth.json")))
                    .sorted()
                    .toList();
        }
    }

    private static List<Answer> answers(JsonNode truth) {
        List<Answer> answers = new ArrayList<>();
        boolean unclear = truth.path("unclear").asText().equals("right");
        answers.add(answer(truth, unclear));
        truth.path("alternatives").forEach(other -> answers.add(answer(other, unclear)));
        return answers;
    }

    private static Answer answer(JsonNode json, boolean unclear) {
        return new Answer(
                json.path("cause").asText(),
                json.path("area").asText(),
                json.path("sig").asText(),
                unclear);
    }

    private static void count(Map<String, Map<Verdict, Integer>> table, String row, String title, Verdict verdict) {
        table.computeIfAbsent(row, key -> new EnumMap<>(Verdict.class)).merge(verdict, 1, Integer::sum);
        if (verdict == Verdict.WRONG_LOW || verdict == Verdict.WRONG_HIGH) {
            System.err.println(verdict + ": " + title);
        }
    }

    private static void print(Map<String, Map<Verdict, Integer>> table) {
        System.out.println("| runs of | right | unclear, rightly | wrong, low confidence | wrong, high confidence |");
        System.out.println("|---|---|---|---|---|");
        table.forEach((row, counts) -> {
            StringBuilder line = new StringBuilder("| " + row + " |");
            for (Verdict verdict : Verdict.values()) {
                line.append(' ').append(counts.getOrDefault(verdict, 0)).append(" |");
            }
            System.out.println(line);
        });
    }
}
