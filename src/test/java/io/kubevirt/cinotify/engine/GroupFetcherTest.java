// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.MountedFolder;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.RosterCheck;
import io.kubevirt.cinotify.roster.RosterProblem;
import io.kubevirt.cinotify.roster.Rotation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Teams and aliases on GitHub, down to who is on duty. */
class GroupFetcherTest {
    private static final Instant NOW = Instant.parse("2026-06-03T10:00:00Z");
    private static final String TEAM = "team: hidden-org/secret-crew, level: primary, areas: [support]";
    private static final String ALIAS = "repository: hidden-org/infra, alias: duty, level: primary, areas: [support]";
    private static final String IN_FORCE = " of roster.aliasLevels cannot be read; the last good one stays in force: ";

    @TempDir
    Path folder;

    private final CountDownLatch closed = new CountDownLatch(1);
    private HttpServer server;
    private Path settings;
    private volatile int status = 200;
    private volatile @Nullable String body;
    private volatile boolean slow;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/orgs/hidden-org/teams/secret-crew/members",
                exchange -> answer(
                        exchange, exchange.getRequestURI().getQuery().endsWith("&page=1") ? users(100) : users(0)));
        server.createContext(
                "/repos/hidden-org/infra/contents/OWNERS_ALIASES", exchange -> answer(exchange, aliases("""
                aliases:
                  duty: [bo, new-person]
                  nobody: []
                """)));
        server.start();
    }

    @AfterEach
    void close() {
        closed.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            if (slow) {
                closed.await();
            }
            byte[] bytes = (body == null ? text : body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A page of members, and bo on the last one. */
    private static String users(int members) {
        return IntStream.range(0, Math.max(1, members))
                .mapToObj(
                        index -> "{\"login\":\"" + (members == 0 ? "bo" : "member-" + index) + "\",\"type\":\"User\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String aliases(String text) {
        return "{\"encoding\":\"base64\",\"content\":\""
                + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    private void settings(String level) throws IOException {
        settings = MountedFolder.of(Path.of("src/test/resources/settings"), folder.resolve("settings"))
                .path();
        Path written = Files.createDirectory(folder.resolve("written"));
        for (String name : List.of("sigs.yaml", "group.md", "OWNERS_ALIASES")) {
            Files.copy(settings.resolve(name), written.resolve(name));
        }
        Files.writeString(
                written.resolve("ci-notify.yaml"),
                Files.readString(settings.resolve("ci-notify.yaml"))
                        .replace(
                                "  aliases: OWNERS",
                                "  aliasLevels: [{zone: Europe/Berlin, " + level + "}]\n  aliases: OWNERS"));
        settings = written;
    }

    private ConfigLoader loader() {
        return new ConfigLoader(settings, null).withCalendars(folder.resolve("data/calendars"));
    }

    private List<UnreadSource> fetch(Duration timeout) throws Exception {
        GitHubClientOptions.Identity token =
                new GitHubClientOptions.Identity.Token(Files.writeString(folder.resolve("token"), "good-token"));
        try (GitHubApi api = new GitHubApi(new GitHubClientOptions(
                List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                token,
                true,
                timeout,
                () -> NOW))) {
            return new GroupFetcher(folder.resolve("data/calendars"), GitHubConnection.of(api)).fetch(loader().load());
        }
    }

    private List<String> fetch() throws Exception {
        return fetch(Duration.ofSeconds(20)).stream()
                .map(UnreadSource::toString)
                .toList();
    }

    private List<String> people() throws Exception {
        return loader().load().roster().members("support", Level.PRIMARY).stream()
                .map(Member::handle)
                .toList();
    }

    @Test
    void theMembersOfATeamHaveItsLevelAndTheTeamHasNoName() throws Exception {
        settings(TEAM);
        assertThat(people()).containsExactly("bo");
        assertThat(fetch()).isEmpty();
        assertThat(people()).hasSize(101).contains("bo", "member-99");
        Config config = loader().load();
        assertThat(config.roster().rotations()).extracting(Rotation::name).containsExactly("primary team for support");
        assertThat(new RosterCheck(
                                config.roster(), config.memberOverrides(), config.sigs(), config.aliases(), List.of())
                        .problems(NOW))
                .extracting(RosterProblem::kind)
                .doesNotContain(RosterProblem.Kind.UNKNOWN_HANDLE);
    }

    @Test
    void theAliasOfARepositoryCountsAndAnUnchangedOneChangesNoFile() throws Exception {
        settings(ALIAS);
        assertThat(fetch()).isEmpty();
        assertThat(people()).containsExactly("bo", "new-person");
        ConfigLoader loader = loader();
        loader.load();
        assertThat(fetch()).isEmpty();
        assertThat(loader.hasChanged()).isFalse();
        body = aliases("aliases: {duty: [ada]}");
        assertThat(fetch()).isEmpty();
        assertThat(loader.hasChanged()).isTrue();
        assertThat(people()).containsExactly("ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"message\":\"Bad credentials\"}|GitHub rejects the token (401)",
                "403|{\"message\":\"Resource not accessible by integration\"}|permission denied (403)",
                "404|{\"message\":\"Not Found\"}|GitHub has no such team, or the token has no access (404)",
                "500|{}|GitHub failed (500)",
                "200|[]|it has nobody",
                "200|<html>Sign in</html>|the response is not JSON",
                "200|{\"message\":\"hello\"}|the response is not a list",
                "200|[{\"name\":\"x\"}]|the response is not a list of users"
            })
    void theLastGoodMembersStayInForce(int code, String answer, String problem) throws Exception {
        settings(TEAM);
        status = code;
        body = answer;
        assertThat(fetch())
                .singleElement()
                .asString()
                .startsWith(
                        "primary team for support of roster.aliasLevels cannot be read; the table, or the next level,"
                                + " decides until it can: " + problem)
                .doesNotContain("hidden-org", "secret-crew");
        assertThat(people()).containsExactly("bo");
        status = 200;
        body = null;
        assertThat(fetch()).isEmpty();
        status = code;
        body = answer;
        assertThat(fetch())
                .singleElement()
                .asString()
                .startsWith("primary team for support" + IN_FORCE + problem)
                .doesNotContain("hidden-org", "secret-crew");
        assertThat(people()).hasSize(101);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|{\"message\":\"Not Found\"}|the default branch has no OWNERS_ALIASES, or the token has no access",
                "200|aliases: {other: [ada]}|OWNERS_ALIASES has no such alias; check alias",
                "200|aliases: {duty: []}|it has nobody; add people to it, or use another one",
                "200|aliases: [1]|OWNERS_ALIASES:1: the file has no aliases; start it with aliases:"
            })
    void theLastGoodAliasStaysInForce(int code, String answer, String problem) throws Exception {
        settings(ALIAS);
        assertThat(fetch()).isEmpty();
        status = code;
        body = code == 200 ? aliases(answer) : answer;
        assertThat(fetch())
                .singleElement()
                .asString()
                .startsWith("duty" + IN_FORCE + problem)
                .doesNotContain("hidden-org");
        assertThat(people()).containsExactly("bo", "new-person");
    }

    @Test
    void aLateAnswerKeepsTheLastGoodMembers() throws Exception {
        settings(TEAM);
        assertThat(fetch()).isEmpty();
        slow = true;
        assertThat(fetch(Duration.ofMillis(100))).singleElement().satisfies(unread -> {
            assertThat(unread.kind()).isEqualTo(UnreadSource.Kind.TEAM);
            assertThat(unread.cause()).contains("closed the connection").doesNotContain("secret-crew");
        });
        assertThat(people()).hasSize(101);
    }

    @Test
    void withoutCredentialsTheTableDecides() throws Exception {
        settings(TEAM);
        assertThat(new GroupFetcher(folder, GitHubConnection.none()).fetch(loader().load()))
                .extracting(UnreadSource::toString)
                .containsExactly(
                        "primary team for support of roster.aliasLevels cannot be read; the table, or the next level,"
                                + " decides until it can: no GitHub credentials are configured; set --github-token-path");
        assertThat(people()).containsExactly("bo");
    }
}
