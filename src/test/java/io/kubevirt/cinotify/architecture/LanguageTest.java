// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The project uses the words of its field (docs/glossary.md), in code and in everything people read.
 *
 * <p>Private words come back easily, one sentence at a time. Legitimate uses are in
 * {@code src/test/resources/language/allowed.txt}, each with its reason.
 */
class LanguageTest {

    private static final Pattern PRIVATE_WORD =
            Pattern.compile("\\b(doors?|mend(s|ed|ing)?|rooms?|clerks?|desks?|bureaus?|booths?|needles?|deeds?|fates?"
                    + "|sittings?|strands?|sayings?|said|unsaid|told|whose it is|(?<!by )hands?(?! ?off|-written))\\b");

    /** {@code count + " lanes"} reads "1 lanes". A constant, in upper case, is never 1; {@code == 1} distinguishes. */
    private static final Pattern COUNT_WITH_PLURAL = Pattern.compile("\\b[a-z][A-Za-z.()]*"
            + " \\+ \" (other |red |failed |failing |finished |required )?(lanes|runs|pull requests|checks|members|jobs"
            + "|failures|tests|incidents|messages|times|families|clusters)\\b");

    /** Their condition excludes 0 and 1. */
    private static final List<String> AT_LEAST_TWO = List.of(
            "names().size() + \" failing tests",
            "failedCount() + \" failing tests",
            "breadth.lanes() + \" lanes",
            "clusters + \" clusters",
            "lane.finished()) + \" runs",
            "check.failures() + \" times",
            "count + \" times");

    /** {@code toldAt} reads as two words. */
    private static final Pattern CAMEL_CASE = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|_");

    private static final List<Path> READ = List.of(
            Path.of("README.md"),
            Path.of("CONTRIBUTING.md"),
            Path.of("SECURITY.md"),
            Path.of("Makefile"),
            Path.of("docs"),
            Path.of("config"),
            Path.of("manifests"),
            Path.of("src", "main"));

    /** Flyway refuses a store whose applied migrations have changed, so these files keep their first names. */
    private static final Pattern OLD_MIGRATION = Pattern.compile(".*db.both.V([1-9]|1[0-4])__.*");

    /** A line {@code file: text} that may contain a private word; what follows {@code #} is the reason. */
    private static final Path ALLOWED = Path.of("src", "test", "resources", "language", "allowed.txt");

    @Test
    void privateWordsAreUsedNowhere() throws IOException {
        List<Allowed> allowed = Allowed.read(ALLOWED);
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                Matcher word = PRIVATE_WORD.matcher(
                        CAMEL_CASE.matcher(line).replaceAll(" ").toLowerCase(Locale.ROOT));
                if (word.find() && allowed.stream().noneMatch(use -> use.covers(file, line))) {
                    found.add(file + ":" + number + ": \"" + word.group() + "\" in: " + line.strip());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void aCountThatMayBeOneHasNoFixedPlural() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            String source =
                    file.toString().endsWith(".java") ? Files.readString(file).replaceAll("\\s+", " ") : "";
            Matcher plural = COUNT_WITH_PLURAL.matcher(source);
            while (plural.find()) {
                if (AT_LEAST_TWO.stream().noneMatch(plural.group()::endsWith)) {
                    found.add(file + ": " + plural.group() + ": use Plural");
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyAllowedUseIsStillThere() throws IOException {
        List<Path> files = files();
        for (Allowed use : Allowed.read(ALLOWED)) {
            assertThat(files).as(use.toString()).anyMatch(file -> use.isIn(file));
        }
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path start : READ) {
            try (Stream<Path> below = Files.walk(start)) {
                below.filter(Files::isRegularFile)
                        .filter(file -> !OLD_MIGRATION.matcher(file.toString()).matches())
                        .filter(file -> !file.toString().matches(".*[.](png|webp)"))
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** A line of the list: a part of a path, a part of a line, and a reason. */
    private record Allowed(String path, String text, String reason) {

        static List<Allowed> read(Path list) throws IOException {
            return Files.readAllLines(list).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Allowed::parse)
                    .toList();
        }

        private static Allowed parse(String line) {
            String[] parts = line.split("\\s*\\|\\s*", 3);
            assertThat(parts).as("path | text | reason: " + line).hasSize(3);
            return new Allowed(parts[0].strip(), parts[1], parts[2]);
        }

        boolean covers(Path file, String line) {
            return file.toString().replace('\\', '/').contains(path) && line.contains(text);
        }

        boolean isIn(Path file) {
            try {
                return file.toString().replace('\\', '/').contains(path)
                        && Files.readString(file).contains(text);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
