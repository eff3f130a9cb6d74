// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kubevirt.cinotify.cli.options.BoardListenerOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.fixture.RawHttp.Reply;
import io.kubevirt.cinotify.store.Store;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People sign in with GitHub, without a proxy: a fake GitHub that checks what the real one checks. */
class SignInTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String OLD_KEY = "fedcba9876543210fedcba9876543210";
    private static final String INCIDENT = "/incidents/" + MondayMorning.NETWORK;
    private static final String TOKEN = "gho_of_somebody";

    private static HttpServer gitHub;
    private static BoardFixture board;
    private static Path cookieSecret;
    private static Path client;
    private static final List<String> asked = new CopyOnWriteArrayList<>();
    private static volatile Instant now = MondayMorning.NOW;
    private static volatile String login = "dhiller";
    private static volatile String challenge = "";
    /** What GitHub answers to a code instead; empty for a token. */
    private static volatile String refusal = "";

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        gitHub = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        gitHub.createContext("/login/oauth/access_token", SignInTest::exchange);
        gitHub.createContext("/api/v3/user", SignInTest::user);
        gitHub.start();
        String url = "http://127.0.0.1:" + gitHub.getAddress().getPort();
        Path settings = Preset.copyTo(
                folder.resolve("config"), text -> text.replaceFirst("(?m)^prow:$", "prow:\n  github: " + url)
                        .replace("https://github.com/", url + "/"));
        Config config = new ConfigLoader(settings, null).load();
        Store store = EmbeddedStore.in(folder).store();
        MondayMorning.fill(store);
        cookieSecret = Files.writeString(folder.resolve("cookie-secret"), KEY);
        client = folder.resolve("oauth");
        board = new BoardFixture(
                store,
                new BoardOptions(
                        0, "127.0.0.1", null, null, new BoardOptions.GitHubApp(client, cookieSecret), List.of()),
                config,
                () -> now);
    }

    @AfterAll
    static void close() {
        board.close();
        gitHub.stop(0);
    }

    @BeforeEach
    void reset() throws IOException {
        now = MondayMorning.NOW;
        login = "dhiller";
        refusal = "";
        asked.clear();
        Files.writeString(cookieSecret, KEY);
        Files.writeString(
                client,
                "client_id: Iv1.0123\nclient_secret: s3cret-of-the-app\nredirect_url: https://deck.example.org\n");
    }

    private static void exchange(HttpExchange request) throws IOException {
        Map<String, List<String>> form =
                fields("?" + new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add("token");
        String verified = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(value(form, "code_verifier")));
        boolean isRight = value(form, "client_id").equals("Iv1.0123")
                && value(form, "client_secret").equals("s3cret-of-the-app")
                && value(form, "code").equals("right")
                && value(form, "redirect_uri").equals("http://127.0.0.1:" + board.port() + "/login/done")
                && verified.equals(challenge);
        if (!refusal.isEmpty()) {
            reply(request, refusal);
        } else if (isRight) {
            reply(request, "{\"access_token\":\"" + TOKEN + "\",\"scope\":\"\",\"token_type\":\"bearer\"}");
        } else {
            reply(request, "{\"error\":\"bad_verification_code\",\"error_description\":\"incorrect or expired\"}");
        }
    }

    private static void user(HttpExchange request) throws IOException {
        asked.add("user");
        boolean isToken = ("Bearer " + TOKEN).equals(request.getRequestHeaders().getFirst("Authorization"));
        reply(request, isToken ? "{\"login\":\"" + login + "\"}" : "{}");
    }

    private static void reply(HttpExchange request, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        request.sendResponseHeaders(200, bytes.length);
        request.getResponseBody().write(bytes);
        request.close();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, List<String>> fields(String address) {
        return new QueryStringDecoder(address).parameters();
    }

    private static String value(Map<String, List<String>> fields, String name) {
        return String.join(",", fields.getOrDefault(name, List.of("")));
    }

    private static String cookie(Reply reply) {
        return reply.headers().get("set-cookie").split(";")[0];
    }

    private static Reply get(String path, String cookie) {
        return board.get(path, Map.of("Cookie", cookie));
    }

    /** As the browser that follows the link of a page: the cookie of the attempt, and the state that GitHub sends back. */
    private record Attempt(String cookie, String state) {}

    private static Attempt begin(String to) {
        Reply reply = board.get("/login?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
        assertThat(reply.status()).as(reply.body()).isEqualTo(302);
        Map<String, List<String>> sent = fields(reply.headers().get("location"));
        challenge = value(sent, "code_challenge");
        return new Attempt(cookie(reply), value(sent, "state"));
    }

    private static Reply complete(Attempt attempt) {
        return get("/login/done?code=right&state=" + attempt.state(), attempt.cookie());
    }

    private static String session() {
        Reply reply = complete(begin("/"));
        assertThat(reply.status()).as(reply.body()).isEqualTo(302);
        return cookie(reply);
    }

    private static Document page(String path, String cookie) {
        return Jsoup.parse(get(path, cookie).body());
    }

    @Test
    void aMemberSignsInActsAndSignsOut() {
        String link = Jsoup.parse(board.get(INCIDENT + "?zone=UTC").body())
                .select("a.sign-in")
                .attr("href");
        assertThat(link).isEqualTo("/login?to=" + URLEncoder.encode(INCIDENT + "?zone=UTC", StandardCharsets.UTF_8));

        Reply begun = board.get(link);
        assertThat(begun.headers().get("location"))
                .startsWith(gitHubUrl() + "/login/oauth/authorize?")
                .contains("client_id=Iv1.0123", "code_challenge_method=S256")
                .doesNotContain("scope", "secret");
        assertThat(begun.headers().get("set-cookie"))
                .startsWith("__Host-board=")
                .contains("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600");

        Reply done = complete(begin(INCIDENT + "?zone=UTC"));
        assertThat(done.headers().get("location"))
                .isEqualTo("http://127.0.0.1:" + board.port() + INCIDENT + "?zone=UTC");
        assertThat(done.headers().get("set-cookie")).endsWith("Max-Age=28800").doesNotContain(TOKEN);

        String session = cookie(done);
        Document page = page(INCIDENT, session);
        assertThat(page.select(".top .face").attr("title")).isEqualTo("dhiller");
        assertThat(page.select(".actions form[action$=acknowledge]")).hasSize(1);
        assertThat(page.select("a.sign-in")).isEmpty();

        String token = page.select(".sign-out input[name=token]").attr("value");
        Reply ended = post("/logout", session, "http://127.0.0.1:" + board.port(), "token=" + token);
        assertThat(ended.status()).as(ended.body()).isEqualTo(303);
        assertThat(ended.headers().get("set-cookie"))
                .startsWith("__Host-board=;")
                .endsWith("Max-Age=0");
        assertThat(post("/logout", session, "https://evil.example.org", "token=" + token)
                        .status())
                .isEqualTo(403);
        assertThat(post("/logout", session, "http://127.0.0.1:" + board.port(), "token=x")
                        .status())
                .isEqualTo(403);
    }

    private static String gitHubUrl() {
        return "http://127.0.0.1:" + gitHub.getAddress().getPort();
    }

    private static Reply post(String path, String cookie, String origin, String form) {
        return board.send("POST", "127.0.0.1", path, Map.of("Cookie", cookie, "Origin", origin), form);
    }

    @Test
    void anAcknowledgementCountsAsThatOfThePerson() {
        String session = session();
        String token = page(INCIDENT, session)
                .select(".actions form[action$=acknowledge] input[name=token]")
                .attr("value");

        Reply reply = post(INCIDENT + "/acknowledge", session, "http://127.0.0.1:" + board.port(), "token=" + token);

        assertThat(reply.status()).as(reply.body()).isEqualTo(303);
        assertThat(board.actions.getLast().by()).isEqualTo("dhiller");
    }

    @Test
    void aStrangerIsSignedInAndSeesNoMoreThanOthers() {
        login = "stranger";
        Document page = page(INCIDENT, session());

        assertThat(page.select(".top .face").attr("title")).isEqualTo("stranger");
        assertThat(page.select(".actions form")).isEmpty();
    }

    @Test
    void anAttemptOfAnotherBrowserIsRefusedWithoutAskingGitHub() {
        Attempt mine = begin("/");
        Attempt other = begin("/");

        assertThat(complete(new Attempt(mine.cookie(), other.state())).status()).isEqualTo(403);
        assertThat(board.get("/login/done?code=right&state=" + mine.state()).status())
                .isEqualTo(403);
        assertThat(complete(new Attempt(session(), mine.state())).status()).isEqualTo(403);
        assertThat(asked).containsExactly("token", "user");
    }

    @Test
    void anAttemptIsNoSessionAndBothEnd() {
        Attempt attempt = begin("/");
        assertThat(page("/", attempt.cookie()).select(".top .face")).isEmpty();
        String session = session();

        now = MondayMorning.NOW.plus(Duration.ofMinutes(10));
        assertThat(complete(attempt).status()).isEqualTo(403);
        assertThat(page("/", session).select(".top .face")).hasSize(1);
        now = MondayMorning.NOW.plus(Duration.ofHours(8));
        assertThat(page("/", session).select(".top .face")).isEmpty();
    }

    @Test
    void aForgedSessionIsNone() {
        String session = session();
        String[] parts = session.substring("__Host-board=".length()).split("\\.");
        String other =
                Base64.getUrlEncoder().withoutPadding().encodeToString("xpivarc".getBytes(StandardCharsets.UTF_8));

        for (String forged : List.of(
                other + "." + parts[1] + "." + parts[2],
                parts[0] + "." + (Long.parseLong(parts[1]) + 60) + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1],
                "...",
                "%%.9.x",
                parts[0] + ".99999999999999999999." + parts[2],
                "dhiller")) {
            assertThat(page("/", "__Host-board=" + forged).select(".top .face"))
                    .as(forged)
                    .isEmpty();
        }
    }

    @Test
    void keysAreRotatedWithoutEndingSessions() throws IOException {
        String session = session();
        Files.writeString(cookieSecret, OLD_KEY + "\n" + KEY + "\n");
        assertThat(page("/", session).select(".top .face")).hasSize(1);
        String newer = session();
        Files.writeString(cookieSecret, OLD_KEY);
        assertThat(page("/", session).select(".top .face")).isEmpty();
        assertThat(page("/", newer).select(".top .face")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "0123456789abcdef0123456789abcdef\nshort"})
    void aWeakKeySignsNobodyIn(String keys) throws IOException {
        String session = session();
        Files.writeString(cookieSecret, keys);

        assertThat(page("/", session).select(".top .face")).isEmpty();
        Reply reply = board.get("/login");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).contains("no session can be signed").doesNotContain(keys);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example.org",
                "/\\evil.example.org",
                "https://evil.example.org",
                "@evil.example.org",
                "/x\r\nSet-Cookie: a=b",
                ""
            })
    void nobodyIsLedElsewhere(String to) {
        assertThat(complete(begin(to)).headers().get("location")).isEqualTo("http://127.0.0.1:" + board.port() + "/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":\"incorrect_client_credentials\"}",
                "<html>Unicorn</html>",
                "[]",
                "{\"access_token\":\"another\"}"
            })
    void whatGitHubDoesNotConfirmSignsNobodyIn(String answer) {
        refusal = answer;
        Reply reply = complete(begin("/"));

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.headers()).doesNotContainKey("set-cookie");
        assertThat(reply.body())
                .contains("GitHub did not say who you are", "try again")
                .doesNotContain("Unicorn", "incorrect_client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>", "a b", "-x", "dhiller[bot]"})
    void aLoginOfAnUnknownFormSignsNobodyIn(String name) {
        login = name;
        assertThat(complete(begin("/")).status()).isEqualTo(502);
    }

    @Test
    void whoDoesNotAuthorizeIsNotSignedIn() {
        Attempt attempt = begin("/");
        Reply reply = get("/login/done?error=access_denied&state=" + attempt.state(), attempt.cookie());

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("GitHub signed nobody in");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id: x", "[", "client_id: ''\nclient_secret: y"})
    void aBrokenClientFileIsAnErrorOfTheOperator(String document) throws IOException {
        Files.writeString(client, document);
        assertThat(board.get("/login").status()).isEqualTo(502);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "oauth | - | - | - | --board-oauth-file: is given alone",
                "- | keys | - | - | --board-cookie-secret-file: is given alone",
                "oauth | keys | X-User | - | --board-oauth-file: is a second way to sign in",
                "oauth | keys | - | http://ci.example.org | --board-url: is no https URL",
            })
    void optionsThatSignNobodyInAreRefused(String oauth, String keys, String header, String url, String problem) {
        BoardListenerOptions options = new BoardListenerOptions();
        options.host = "127.0.0.1";
        options.oauthFile = oauth == null ? null : client;
        options.cookieSecretFile = keys == null ? null : cookieSecret;
        options.userHeader = header;
        options.proxySecretFile = header == null ? null : cookieSecret;
        options.url = url == null ? null : URI.create(url);

        assertThat(options.problems(List.of())).singleElement().asString().startsWith(problem);
    }
}
