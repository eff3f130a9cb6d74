// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executes each command line of ci-notify in the documents as it is written, with files of the test for those that it names. The results
 * are listed in target/documented-commands.txt.
 */
class DocumentedCommandsTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```([a-z]*)\\n(.*?)^ *```$");
    private static final Pattern TYPED = Pattern.compile("`(ci-notify -?[^`]*)`");
    private static final Pattern COMMAND = Pattern.compile("^(?:kubectl .* -- )?(?:bin/)?(ci-notify .*)$");

    /** These need a network or do not end: only their words are parsed. */
    private static final Pattern PARSED = Pattern.compile(
            "(serve|preview)\\b.*|test-notification\\b.*|.*--github-token-path.*|explain --url.*|.*postgresql://.*");

    /** There is no such run and no such message in the store of the test. */
    private static final Pattern FINDS_NOTHING = Pattern.compile("why .*|outbox (retry|show) 4711.*");

    private static final String INCIDENT = "4712";

    @TempDir
    private Path folder;

    private Path data;
    private final Map<String, Result> executed = new HashMap<>();
    private final Set<String> results = new TreeSet<>();
    private final SoftAssertions problems = new SoftAssertions();

    @BeforeEach
    void aStoreWithAnIncident() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        try (Stream<String> runs = Files.lines(Path.of("src/test/resources/history/four-weeks.jsonl"))) {
            Files.write(folder.resolve("history.jsonl"), runs.limit(100).toList());
        }
        EmbeddedStore.in(data).store().inTransaction(transaction -> {
            transaction
                    .incidents()
                    .save(
                            new NotificationBuilder(INCIDENT)
                                    .opened(NOON)
                                    .notification()
                                    .incident(),
                            null,
                            NOON);
            return true;
        });
    }

    @Test
    void eachCommandOfTheDocumentsRuns() throws IOException {
        List<Path> before = checkout();
        for (Path document : DocumentsTest.documents().toList()) {
            for (String line : commands(Files.readString(document))) {
                execute(document, line);
            }
        }
        Files.write(Files.createDirectories(Path.of("target")).resolve("documented-commands.txt"), results);
        problems.assertAll();
        assertThat(results).hasSizeGreaterThan(20);
        assertThat(checkout()).as("files of the checkout").isEqualTo(before);
    }

    private static List<Path> checkout() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.filter(file -> !file.endsWith("target")).sorted().toList();
        }
    }

    private void execute(Path document, String line) {
        List<String> words = words(line);
        String command = String.join(" ", words);
        Result result = executed.computeIfAbsent(
                command, any -> PARSED.matcher(command).matches() ? parse(words) : run(words, command));
        results.add("%-8s %s: %s".formatted(result.text(), document, line));
        problems.assertThat(result.problem()).as(document + ": " + line).isEmpty();
    }

    /** Each block of settings is added to those of config/examples. */
    @Test
    void theSettingsOfThePageForOperatorsAreValid() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("config/ci-notify.schema.json").toFile());
        Path settings = folder.resolve("settings");
        int blocks = 0;
        for (String block : blocks(Files.readString(Path.of("docs/operate.md")), "yaml")) {
            JsonNode example =
                    yaml.readTree(Path.of("config/examples/ci-notify.yaml").toFile());
            JsonNode added = yaml.readTree(block.stripIndent());
            if (!schema.path("properties").has(added.fieldNames().next())) {
                continue;
            }
            copy(Path.of("config/examples"), settings);
            yaml.writeValue(
                    settings.resolve("ci-notify.yaml").toFile(),
                    yaml.readerForUpdating(example).readValue(added));
            Terminal.Result result = Terminal.run("check-config", "--config", settings.toString());
            assertThat(result.code()).as(block + result.out() + result.err()).isZero();
            blocks++;
        }
        assertThat(blocks).isGreaterThanOrEqualTo(3);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private record Result(String text, String problem) {}

    private static Result parse(List<String> words) {
        Main.commandLine(words.toArray(String[]::new)).parseArgs(words.toArray(String[]::new));
        return new Result("parsed", "");
    }

    private static Result run(List<String> words, String command) {
        Terminal.Result result = Terminal.run(words.toArray(String[]::new));
        boolean fine = result.code() == 0
                || result.code() == 1 && FINDS_NOTHING.matcher(command).matches();
        return new Result("exit " + result.code(), fine ? "" : result.out() + result.err());
    }

    /** The words of a line, with what the test has for the names of files and objects that readers replace. */
    private List<String> words(String line) {
        String replaced = line.replaceFirst("^ci-notify ", "")
                .replaceFirst(" +[>#].*", "")
                .replaceFirst(" …$", "")
                .replaceAll("--data-dir (?!restored)\\S+", "--data-dir " + data)
                .replaceAll("(?<= )(restored|backups|backup\\.db|support\\.zip)(?=[ /]|$)", folder + "/$1")
                .replaceAll("--job-config-path (DIR|JOBS)", "--job-config-path config/examples/jobs")
                .replaceAll("(?<= )my-config(?= |$)", folder + "/my-config")
                .replaceAll("(?<= )my-change(?= |$)", "config")
                .replaceAll("--history \\S+", "--history " + folder + "/history.jsonl")
                .replaceAll("--job NAME", "--job pull-crane-e2e-sig-tides")
                .replaceAll(" URL$", " https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/logs/periodic-job/1")
                .replaceAll(" ID$", " " + INCIDENT)
                .replaceAll(" COMMAND$", " explain");
        List<String> words = new ArrayList<>(List.of(replaced.strip().split("\\s+")));
        if (readsTheStore(words)) {
            words.addAll(List.of("--data-dir", data.toString()));
        }
        return words;
    }

    /** Whether a line leaves out the folder of the store, which its readers have in the current one. */
    private static boolean readsTheStore(List<String> words) {
        if (!CommandLineOptions.commands().contains(words.getFirst())
                || Set.of("help", "serve").contains(words.getFirst())) {
            return false;
        }
        Set<String> options = CommandLineOptions.of(CommandLineOptions.command(words));
        return options.contains("--data-dir") && !words.contains("--data-dir") && !words.contains("--history");
    }

    private static List<String> blocks(String text, String languages) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).matches(languages))
                .map(block -> block.group(2))
                .toList();
    }

    /** The lines of blocks to type, also those that run in the pod, and commands in the text that have arguments. */
    private static List<String> commands(String text) {
        List<String> commands = new ArrayList<>();
        blocks(text, "|sh").stream()
                .flatMap(block -> block.replace("\\\n", " ").lines())
                .map(String::strip)
                .flatMap(line -> COMMAND.matcher(line).results())
                .map(line -> line.group(1))
                .forEach(commands::add);
        for (MatchResult match : TYPED.matcher(text).results().toList()) {
            if (match.group(1).split("\\s+").length > 2 && !match.group(1).matches("ci-notify\\s+[a-z]+\\s+[a-z]+")) {
                commands.add(match.group(1));
            }
        }
        return commands;
    }
}
