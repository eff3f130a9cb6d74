// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is a command and what is not. */
@Timeout(120)
class CommandParserTest {

    private static final int LENGTH = 64 * 1024;
    private static final int LEAST_BODIES = 150;
    private static final Pattern CHARACTER = Pattern.compile("\\{([0-9a-f]{4})}");

    @ParameterizedTest
    @MethodSource("bodies")
    void theParserFindsTheCommandsOfATableOfComments(String body, String asked) {
        assertThat(shown(Command.parseAll(body))).isEqualTo(asked);
    }

    @Test
    void theTableHasEnoughComments() {
        assertThat(bodies()).hasSizeGreaterThanOrEqualTo(LEAST_BODIES);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aCommandInFencedCodeQuotesOrHtmlCommentsIsIgnored(String body, String asked) {
        String fence = "`".repeat(70);
        assertThat(Command.parseAll(fence + "\n" + body + "\n" + fence)).isEmpty();
        assertThat(Command.parseAll("<!--\n" + body.replace("-->", "") + "\n-->"))
                .isEmpty();
        assertThat(Command.parseAll(body.lines().map(line -> "> " + line).collect(Collectors.joining("\n"))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void windowsLineEndsDoNotMatter(String body, String asked) {
        String windows = body.replace("\r\n", "\n").replace("\n", "\r\n");
        assertThat(shown(Command.parseAll(windows))).isEqualTo(asked);
    }

    @Test
    void aCommandAtTheEndOfALongTextIsFound() {
        String text = "x".repeat(LENGTH - 20) + "\n/ci-notify who";
        assertThat(shown(Command.parseAll(text))).isEqualTo("who");
    }

    static Stream<String> floods() {
        return Stream.of(
                "`",
                "~",
                ">",
                "> ",
                "<",
                "<!--",
                "<!-- ",
                "-->",
                "<!---->",
                "`<!--",
                "x<!--",
                "x<!--\n",
                "<!--\n-->\n",
                "```\n",
                "~~~\n",
                "```x\n",
                "/ci-notify\n",
                "/ci-notify ",
                "/",
                " ",
                "\t",
                "\n",
                "\r",
                "\r\n",
                "\u200b",
                "/ci-notify\u200b",
                "{",
                "((((",
                "[",
                "[](",
                "*_",
                "a ",
                "6c64f78b1d ",
                "/ci-notify ack 6c64f78b1d ",
                "\ud83d");
    }

    /** A parser that takes quadratic time does not end within the time of this class. */
    @ParameterizedTest
    @MethodSource("floods")
    void aFloodOfOneTokenIsParsed(String part) {
        List<Command> commands = Command.parseAll(flood(part, 32 * LENGTH));

        assertThat(commands).hasSizeBetween(1, CommandLineScanner.MAX_COMMANDS);
        assertThat(commands.getFirst().verb()).isEqualTo("who");
    }

    @Test
    void randomMixturesDoNotBreakTheParser() {
        long seed = 20261122;
        Random random = new Random(seed);
        List<String> parts = floods().toList();
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            assertThat(Command.parseAll(text.toString()))
                    .as("seed %d, round %d", seed, round)
                    .hasSizeLessThanOrEqualTo(CommandLineScanner.MAX_COMMANDS);
        }
    }

    private static String flood(String part, int length) {
        return "/ci-notify who\n" + part.repeat(length / part.length());
    }

    static List<Arguments> bodies() {
        try (InputStream in =
                Objects.requireNonNull(CommandParserTest.class.getResourceAsStream("/command/bodies.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("\t"))
                    .map(line -> line.split("\t", 2))
                    .map(cells -> Arguments.of(unescaped(cells[0]), unescaped(cells[1])))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String unescaped(String text) {
        return CHARACTER
                .matcher(text.translateEscapes())
                .replaceAll(found -> String.valueOf((char) Integer.parseInt(found.group(1), 16)));
    }

    private static String shown(List<Command> requests) {
        return requests.isEmpty()
                ? "-"
                : requests.stream().map(CommandParserTest::shown).collect(Collectors.joining(" | "));
    }

    private static String shown(Command command) {
        CommandArguments arguments = command.arguments();
        String text =
                switch (command.verb()) {
                    case "tell" ->
                        arguments.words().isEmpty()
                                ? "ask"
                                : "tell " + arguments.first()
                                        + (arguments.text().isEmpty() ? "" : " [" + arguments.text() + "]");
                    case "snooze" -> "snooze " + arguments.without(option -> false);
                    case "explain" -> "explain " + arguments.subject();
                    case "reassign", "who" -> command.verb() + " " + arguments.target();
                    default -> command.verb();
                };
        return text.strip()
                + (command.handler() instanceof IncidentCommandHandler
                        ? arguments.incidentId().map(id -> " #" + id).orElse("")
                        : "");
    }
}
