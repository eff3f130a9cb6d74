// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UsageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "explain --job x --at tomorrow | Invalid value for option '--at': \"tomorrow\" is not an instant;"
                        + " write it as 2026-07-15T10:00:00Z",
                "explain --job x --at +1000000000-12-31T23:59:59.999999999Z | Invalid value for option '--at':"
                        + " \"+1000000000-12-31T23:59:59.999999999Z\" is out of range; use 1970-01-01T00:00:00Z to"
                        + " 9000-01-01T00:00:00Z",
                "roster show --at -1000000000-01-01T00:00:00Z | Invalid value for option '--at':"
                        + " \"-1000000000-01-01T00:00:00Z\" is out of range; use 1970-01-01T00:00:00Z to"
                        + " 9000-01-01T00:00:00Z",
                "roster check --at 9000-01-01T00:00:00Z | Invalid value for option '--at': \"9000-01-01T00:00:00Z\" is"
                        + " out of range; use 1970-01-01T00:00:00Z to 9000-01-01T00:00:00Z",
                "explain --job x --type perodic | unknown job type \"perodic\"; did you mean periodic?",
                "explain --job x --state red | unknown run state \"red\"; known: scheduling, triggered, pending,"
                        + " success, failure, aborted, error",
                "explain --job x --repo y | \"y\" is not of the form org/repo",
                "explain | no failure given; use --url BUILD_URL, --job NAME, --file or --bump-file",
                "explain --job a --file b | --file and --bump-file cannot be combined with each other or with the"
                        + " options of a run",
                "explain --test y | no job given; use --job NAME or --url BUILD_URL",
                "explain --job= | no job given; use --job NAME or --url BUILD_URL",
                "explain --url https://ci.example.org/view/gs/kubevirt-prow/logs/x/1 |"
                        + " \"https://ci.example.org/view/gs/kubevirt-prow/logs/x/1\" is not the page of a run on a"
                        + " configured host and bucket (host); use the page of the run in deck, or add ci.example.org to"
                        + " prow.hosts",
                "roster show --area prw | unknown area \"prw\"; did you mean prow?",
                "roster show --area lunch | unknown area \"lunch\"; known areas: bare-metal, operations, prow,"
                        + " kubevirtci, sig-support",
                "roster ics --person dhillr | unknown member \"dhillr\"; did you mean dhiller?",
                "roster ics --weeks 0 | --weeks is 0; use a number from 1 to 53",
                "roster | Missing required subcommand",
                "explain --colour=b | Unknown option: '--colour=b'",
                "explain --jbo=a | Unknown option: '--jbo=a'; did you mean --job?",
                "explain --conifg=x --job a | Unknown option: '--conifg=x'; did you mean --config?",
                "serve --job a | Unknown options: '--job', 'a'",
                "explan --job a | Unmatched arguments from index 0: 'explan', '--job', 'a'; did you mean explain?",
                "serve --port many | Invalid value for option '--port': 'many' is not an int",
            })
    void aUsageErrorIsOneSentenceAndExitsWithTwo(String typed, String sentence) {
        Terminal.Result result = Terminal.run(typed.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.problems()).first().isEqualTo(sentence);
        assertThat(result.problems())
                .last()
                .asString()
                .startsWith("see ci-notify")
                .endsWith("--help");
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain --job a --colour b",
                "explain --job",
                "explan --job a",
                "check-config --output yaml",
                "serve --dry-run=perhaps",
            })
    void unknownOptionsAndValuesAreUsageErrors(String typed) {
        Terminal.Result result = Terminal.run(typed.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).isNotBlank().doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "help",
                "help explain",
                "explain --help",
                "roster show --help",
                "roster check --help",
                "roster ics --help",
                "serve --help"
            })
    void helpIsPrintedToStandardOutput(String typed) {
        Terminal.Result result = Terminal.run(typed.split(" "));

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Usage: ci-notify");
        assertThat(result.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check-config", "explain --job x", "roster show", "roster check"})
    void eachCommandReportsAMissingConfiguration(String typed) {
        Terminal.Result result = Terminal.run((typed + " --config no/such/folder").split(" "));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.problems())
                .containsExactly(
                        "no/such/folder/ci-notify.yaml: there is no such file; put it there, or name another folder"
                                + " with --config");
    }

    @Test
    void completionIsAScriptForTheShell() {
        assertThat(Terminal.run("generate-completion").out())
                .startsWith("#!")
                .contains("ci-notify", "--job-config-path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "serve --version"})
    void theVersionHasACommit(String typed) {
        assertThat(Terminal.run(typed.split(" ")).out()).matches("ci-notify \\S+ \\(\\w+\\)\\R");
    }

    @Test
    void anUnexpectedErrorIsReportedInOneSentence() {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(err));

        int code = ErrorHandlers.report(
                new IllegalStateException("the moon is full"), command, command.parseArgs("roster", "show"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "ci-notify: unexpected error: java.lang.IllegalStateException: the moon is full; please report"
                                + " it with the command line");
    }
}
