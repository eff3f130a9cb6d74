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
                "explain --job x --at tomorrow | Invalid value for option '--at': \"tomorrow\" is not an instant; write it as 2026-07-15T10:00:00Z",
                "explain --job x --at +1000000000-12-31T23:59:59.999999999Z | Invalid value for option '--at': \"+1000000000-12-31T23:59:59.999999999Z\" is out of reach; take one from 1970-01-01T00:00:00Z until 9000-01-01T00:00:00Z",
                "roster show --at -1000000000-01-01T00:00:00Z | Invalid value for option '--at': \"-1000000000-01-01T00:00:00Z\" is out of reach; take one from 1970-01-01T00:00:00Z until 9000-01-01T00:00:00Z",
                "roster check --at 9000-01-01T00:00:00Z | Invalid value for option '--at': \"9000-01-01T00:00:00Z\" is out of reach; take one from 1970-01-01T00:00:00Z until 9000-01-01T00:00:00Z",
                "explain --job x --type perodic | \"perodic\" is no type of job; did you mean periodic?",
                "explain --job x --state red | \"red\" is no state of a run; known are scheduling, triggered, pending, success, failure, aborted, error",
                "explain --job x --repo y | \"y\" is not of the form org/repo",
                "explain | which failure? Name its page, as in ci-notify explain --url BUILD_URL; or a job: --job NAME",
                "explain --job a --file b | --file and --bump-file stand alone; leave out the others, or the file",
                "explain --test y | which job? Give --job NAME or --url BUILD_URL",
                "explain --job= | which job? Give --job NAME or --url BUILD_URL",
                "explain --url https://ci.example.org/view/gs/kubevirt-prow/logs/x/1 | \"https://ci.example.org/view/gs/kubevirt-prow/logs/x/1\" is not the page of a run that the settings trust (host); mend it, or prow.hosts and prow.buckets in the settings",
                "roster show --area prw | \"prw\" is no area; did you mean prow?",
                "roster show --area lunch | \"lunch\" is no area; known are bare-metal, operations, prow, kubevirtci, sig-support",
                "roster | Missing required subcommand",
                "serve --port many | Invalid value for option '--port': 'many' is not an int",
            })
    void wrongUsageEndsWithASentenceAndTwo(String typed, String sentence) {
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
    void whatNoCommandKnowsIsWrongUsage(String typed) {
        Terminal.Result result = Terminal.run(typed.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).isNotBlank().doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "explain --help", "roster show --help", "roster check --help", "serve --help"})
    void helpIsAnAnswer(String typed) {
        Terminal.Result result = Terminal.run(typed.split(" "));

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Usage: ci-notify");
        assertThat(result.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check-config", "explain --job x", "roster show", "roster check"})
    void missingSettingsAreReportedWhateverTheCommand(String typed) {
        Terminal.Result result = Terminal.run((typed + " --config no/such/folder").split(" "));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.problems())
                .containsExactly(
                        "no/such/folder/ci-notify.yaml: there is no such file; put it there, or name another folder with --config");
    }

    @Test
    void whatNobodyForesawIsStillASentence() {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(err));

        int code = ErrorHandlers.report(
                new IllegalStateException("the moon is full"), command, command.parseArgs("roster", "show"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "ci-notify: unexpected java.lang.IllegalStateException: the moon is full; please report it with the command that you typed");
    }
}
