// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ServeOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "--port, CI_NOTIFY_PORT",
        "--hmac-secret-file, CI_NOTIFY_HMAC_SECRET_FILE",
        "--data-dir, CI_NOTIFY_DATA_DIR",
        "--github-app-private-key-path, CI_NOTIFY_GITHUB_APP_PRIVATE_KEY_PATH",
    })
    void theVariableOfAnOptionIsItsNameInCapitals(String option, String variable) {
        assertThat(EnvironmentDefaultProvider.variable(option)).isEqualTo(variable);
    }

    @Test
    void eachOptionOfServeCanBeAVariable() {
        ServeCommand serve = parse(
                Map.of(
                        "CI_NOTIFY_PORT", "9901",
                        "CI_NOTIFY_DRY_RUN", "false",
                        "CI_NOTIFY_CONFIG", "elsewhere",
                        "CI_NOTIFY_JOB_CONFIG_PATH", "jobs",
                        "CI_NOTIFY_ENDPOINT", "/a,/b",
                        "CI_NOTIFY_DECK", "https://prow.example.org,https://prow.example.com/deck",
                        "CI_NOTIFY_SLACK_ENDPOINT", "https://slack.example.org"),
                "serve");

        assertThat(serve.port).isEqualTo(9901);
        assertThat(serve.dryRun).isFalse();
        assertThat(serve.config.directory).isEqualTo(Path.of("elsewhere"));
        assertThat(serve.config.jobConfigPath).isEqualTo(Path.of("jobs"));
        assertThat(serve.endpoints).containsExactly("/a", "/b");
        assertThat(serve.properties())
                .containsEntry("ci-notify.decks", "https://prow.example.org,https://prow.example.com/deck");
        assertThat(serve.slack.endpoint).isEqualTo(URI.create("https://slack.example.org"));
    }

    @Test
    void serviceVariablesOfKubernetesAreIgnored() {
        assertThat(parse(Map.of("CI_NOTIFY_PORT", "tcp://10.0.0.1:9900"), "serve").port)
                .isEqualTo(9900);
    }

    @Test
    void anOptionOverridesItsVariable() {
        assertThat(parse(Map.of("CI_NOTIFY_PORT", "9901"), "serve", "--port", "9902").port)
                .isEqualTo(9902);
    }

    @Test
    void onlyTheConfigurationIsAVariableOfEachCommand() {
        CommandLine commands = Main.commandLine()
                .setDefaultValueProvider(new EnvironmentDefaultProvider(
                        Map.of("CI_NOTIFY_CONFIG", "elsewhere", "CI_NOTIFY_JOB_CONFIG_PATH", "jobs")));
        commands.parseArgs("roster", "show");
        RosterCommand.ShowCommand show = (RosterCommand.ShowCommand) commands.getSubcommands()
                .get("roster")
                .getSubcommands()
                .get("show")
                .getCommand();

        assertThat(show.config.directory).isEqualTo(Path.of("elsewhere"));
        assertThat(show.config.jobConfigPath).isNull();
    }

    @ParameterizedTest
    @CsvSource({"--dry-run, true", "--dry-run=true, true", "--dry-run=false, false", "--port=1, true"})
    void dryRunIsOnUntilItIsTurnedOff(String typed, boolean dryRun) {
        assertThat(parse(Map.of(), "serve", typed).dryRun).isEqualTo(dryRun);
    }

    @Test
    void theArtifactsEndpointReachesTheServer() {
        assertThat(parse(Map.of("CI_NOTIFY_ARTIFACTS_ENDPOINT", "https://s3.example.org/"), "serve")
                        .properties())
                .containsEntry("ci-notify.artifacts-endpoint", "https://s3.example.org/");
        assertThat(parse(Map.of(), "serve", "--artifacts-endpoint", "s3")
                        .artifacts
                        .problems())
                .singleElement()
                .asString()
                .contains("--artifacts-endpoint: \"s3\" is not the URL of an object store");
    }

    @Test
    void theGitHubOptionsReachTheServer(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "t");
        ServeCommand serve = parse(
                Map.of("CI_NOTIFY_GITHUB_TOKEN_PATH", token.toString()),
                "serve",
                "--github-endpoint=http://ghproxy",
                "--github-endpoint=https://api.github.com");

        assertThat(serve.github.problems()).isEmpty();
        assertThat(serve.properties())
                .containsEntry("ci-notify.github-endpoints", "http://ghproxy,https://api.github.com")
                .containsEntry("ci-notify.github-token-path", token.toString());
    }

    @Test
    void invalidGitHubOptionsAreReportedAtStart() {
        ServeCommand serve = parse(
                Map.of(), "serve", "--github-endpoint=ghproxy", "--github-app-id=12", "--github-token-path=no/file");

        assertThat(serve.github.problems())
                .extracting(Object::toString)
                .containsExactly(
                        "--github-endpoint: ghproxy is not an http or https URL; use https://api.github.com",
                        "--github-app-private-key-path: is missing; an App needs an id and a key; give both, or"
                                + " neither",
                        "--github-token-path: no/file cannot be read; mount the secret there, or use another file");
    }

    @Test
    void allProblemsOfServeAreReportedTogether(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        StringWriter err = new StringWriter();

        int code = Main.commandLine()
                .setErr(new PrintWriter(err))
                .execute(
                        "serve",
                        "--port=70000",
                        "--health-port=-1",
                        "--endpoint=hook",
                        "--log-level=loud",
                        "--data-dir=" + file.resolve("data"),
                        "--hmac-secret-file=" + folder.resolve("hmac"),
                        "--config=" + folder.resolve("config"));

        assertThat(code).isEqualTo(1);
        List<String> lines =
                err.toString().replace(folder.toString(), "DIR").lines().toList();
        assertThat(lines).hasSize(7);
        assertThat(lines.subList(0, 4))
                .containsExactly(
                        "--port: 70000 is not a port; use 1 to 65535",
                        "--health-port: -1 is not a port; use 1 to 65535",
                        "--endpoint: \"hook\" does not begin with a slash; write /hook",
                        "--log-level: unknown level \"loud\"; use error, warn, info, debug or trace");
        assertThat(lines.get(4))
                .startsWith("--data-dir: DIR/file/data cannot be created")
                .doesNotContain("Exception");
        assertThat(lines.get(5)).startsWith("DIR/hmac: ");
        assertThat(lines.get(6))
                .isEqualTo("DIR/config/ci-notify.yaml: there is no such file; put it there, or name another folder with"
                        + " --config");
    }

    @Test
    void twoServersCannotShareAPort(@TempDir Path folder) throws Exception {
        ServeCommand serve =
                parse(Map.of(), "serve", "--port=9000", "--health-port=9000", "--data-dir=" + folder.resolve("data"));

        assertThat(new StartupChecks(serve).problems()).anySatisfy(problem -> assertThat(problem)
                .hasToString("--health-port: is the same as --port; choose another port"));
    }

    @Test
    void aPlaceholderThatWouldBeNotifiedIsRefused(@TempDir Path folder) throws Exception {
        ConfigFixture config = ConfigFixture.in(folder.resolve("config"));
        ServeCommand serve = parse(
                Map.of(),
                "serve",
                "--port=0",
                "--health-port=0",
                "--config=" + config.path(),
                "--deck=https://prow.harbour.example",
                "--data-dir=" + folder.resolve("data"));
        assertThat(new StartupChecks(serve).problems()).isEmpty();

        config.replace("group.md", "https://github.com/ada", "https://github.com/somebody");
        config.replace("ci-notify.yaml", "    ada:", "    somebody:");
        assertThat(new StartupChecks(serve).problems())
                .singleElement()
                .asString()
                .contains("@somebody is a placeholder, and would be notified; write the members of your group");
    }

    @Test
    void anOccupiedPortAndThenAnUnreachableDatabaseAreReportedInOneLine(@TempDir Path folder) throws Exception {
        Path hmac = Files.writeString(folder.resolve("hmac"), "key");
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(serveOnNoDatabase(taken.getLocalPort(), hmac))
                    .startsWith("--port: cannot listen on " + taken.getLocalPort() + " (")
                    .endsWith("); stop the process that uses it, or choose another port");
        }
        assertThat(serveOnNoDatabase(0, hmac))
                .startsWith("--database-url: cannot create or migrate the tables (Connection refused")
                .endsWith("check the PostgreSQL server, the network and the privileges of its user; or use another"
                        + " database");
    }

    private static String serveOnNoDatabase(int port, Path hmac) {
        Terminal.Result result = Terminal.run(
                "serve",
                "--port=" + port,
                "--health-port=0",
                "--hmac-secret-file=" + hmac,
                "--config=config",
                "--database-url=postgresql://somebody@127.0.0.1:1/nowhere");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.problems()).hasSize(1);
        return result.problems().getFirst();
    }

    @Test
    void slackNeedsAChannelAndAReadableToken(@TempDir Path folder) throws Exception {
        ServeCommand serve = parse(
                Map.of(), "serve", "--slack-endpoint=slack.example.org", "--slack-token-file=" + folder.resolve("no"));

        assertThat(serve.slack.problems(new ConfigLoader(Path.of("src/test/resources/settings"), null).load()))
                .extracting(ConfigProblem::toString)
                .satisfiesExactly(
                        endpoint ->
                                assertThat(endpoint).startsWith("--slack-endpoint: slack.example.org is not an http"),
                        token -> assertThat(token).contains("no cannot be read"),
                        channel -> assertThat(channel).contains("add slack.channel"));
    }

    private static ServeCommand parse(Map<String, String> environment, String... arguments) {
        CommandLine commands = Main.commandLine().setDefaultValueProvider(new EnvironmentDefaultProvider(environment));
        commands.parseArgs(arguments);
        return (ServeCommand) commands.getSubcommands().get("serve").getCommand();
    }
}
