// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.digest.CiDigest;
import io.kubevirt.cinotify.digest.Digest;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.engine.RepositoryReads;
import io.kubevirt.cinotify.engine.digest.DigestDataLoader;
import io.kubevirt.cinotify.fixture.RawHttp;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.web.BoardContext;
import io.kubevirt.cinotify.web.BoardOptions;
import io.kubevirt.cinotify.web.BoardServer;
import io.kubevirt.cinotify.web.api.StatusReader;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of incidents of a private repository and of a hidden job, in an organization that the settings take for public: nothing
 * of them reaches an output that everybody can read.
 */
class PrivateLifeTest {
    private static final String SECRET = "s3cret-of-the-proxy";
    private static final Map<String, String> STRANGER = Map.of("X-User", "somebody", "X-Board-Proxy", SECRET);
    private static final Map<String, String> MEMBER = Map.of("X-User", "dhiller", "X-Board-Proxy", SECRET);
    private static final String API = "/api/v1";

    private static final List<String> COMMANDS = List.of(
            "explain ID",
            "explain",
            "status",
            "suggestions",
            "jobs",
            "ack",
            "who",
            "help",
            "suspect #1 yes",
            "wrong-cause ID",
            "not-ours operations ID",
            "ack ID",
            "snooze 4h ID",
            "reassign operations ID",
            "drill",
            "resolve ID");

    private static final List<String> PAGES = List.of(
            "/",
            "/?state=resolved",
            "/?blocking=1",
            "/why",
            "/roster",
            "/roster.ics",
            "/lanes?days=90",
            "/tests?days=90",
            "/incidents/PUBLIC",
            "/why?run=PUBLIC",
            "/why?job=" + PrivateLife.PUBLIC_LANE,
            "/why?run=kubevirt/kubevirt%232",
            "/activity?days=90",
            "/activity?days=90&reason=below-threshold",
            "/activity?days=90&reason=joined-open-incident",
            "/bumps",
            "/health",
            API + "/incidents",
            API + "/incidents?state=resolved",
            API + "/incidents?state=retracted",
            API + "/roster",
            API + "/roster/week",
            API + "/lanes/days?days=90",
            API + "/lanes/days?days=90&format=csv",
            API + "/activity/days?days=90",
            API + "/activity/days?days=90&format=csv",
            API + "/tests?days=90",
            API + "/incidents/PUBLIC",
            API + "/incidents/PUBLIC/events",
            API + "/incidents/PUBLIC/runs",
            API + "/explain?job=" + PrivateLife.PUBLIC_LANE,
            API + "/runs/outcome?build=1002",
            API + "/bumps",
            API + "/status",
            API + "/openapi.json");

    /** Requests that are refused, with a problem in JSON or a page. */
    private static final List<String> REFUSED = List.of(
            "/nothing",
            "/incidents/0123abcdef",
            API + "/nothing",
            API + "/incidents/0123abcdef",
            API + "/incidents?cursor=nonsense",
            API + "/lanes/days?days=99999",
            API + "/explain?job=pull-qvwxyz");

    @TempDir
    private Path folder;

    private final Map<String, List<String>> outputs = new LinkedHashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Logger log = Logger.getLogger("io.kubevirt.cinotify");
    private final Handler handler = handler();
    private final Vertx vertx = Vertx.vertx();
    private Level level;
    private PrivateLife life;
    private PrivateOutputs more;
    private int port;

    @BeforeEach
    void begin() throws Exception {
        level = log.getLevel();
        log.addHandler(handler);
        log.setLevel(Level.ALL);
        Metrics.addRegistry(meters);
        life = new PrivateLife(folder);
        more = new PrivateOutputs(life, folder);
        Path secret = Files.writeString(folder.resolve("secret"), SECRET);
        IncidentActionSink nobody = (IncidentActionSink) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {IncidentActionSink.class},
                (self, method, arguments) -> Optional.empty());
        BoardServer board = new BoardServer(
                vertx,
                new BoardOptions(0, "127.0.0.1", null, new BoardOptions.Proxy("X-User", secret), null, List.of()),
                new BoardContext(
                        life.database.store(),
                        life.settings::get,
                        () -> life.now,
                        nobody,
                        () -> new StatusReader.Plugin(Map.of(), List.of(), List.of(), "ci-notify", false)));
        port = board.start().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void end() throws Exception {
        Metrics.removeRegistry(meters);
        log.setLevel(level);
        log.removeHandler(handler);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        life.close();
    }

    @Test
    void nothingOfItReachesAnOutputForEverybody() throws Exception {
        breaks();
        String id = life.incidentOf("canary-job");
        for (int hour = 0; hour < 2; hour++) {
            life.pass(Duration.ofMinutes(65));
        }
        worsens(id);
        read();
        output("comment on job configuration", more.jobComment());
        more.slackForStrangers(id).forEach((command, answer) -> output("/ci-notify on Slack: " + command, answer));
        String ofMember = more.slackForMembers(id);
        talk(id);
        goesOn();
        read();
        refuse();
        output("events", events());
        digest();
        operate();
        life.sent().forEach(this::output);
        String metrics = meters.getMeters().stream()
                .map(each -> each.getId().toString())
                .toList()
                .toString();
        output("metrics", metrics);
        output(
                "support-bundle",
                more.supportBundle(outputs.get("health of reads").toString(), metrics));

        List<String> found = new ArrayList<>();
        outputs.forEach((output, texts) -> PrivateLife.FIELDS.forEach(field -> texts.stream()
                // The random boundary of an e-mail may contain any digits.
                .map(text -> text.replaceAll("=_Part_[0-9_.]+", "=_Part"))
                .filter(text -> text.contains(field))
                .findFirst()
                .ifPresent(text -> found.add(field + " in " + output + ": " + around(text, field)))));
        assertThat(String.join("\n", found)).isEmpty();
        System.out.println(outputs.size() + " outputs x " + PrivateLife.FIELDS.size() + " fields: 0 found");
        theRestIsShown(id);
        assertThat(ofMember).as("of a member on Slack").contains("canary-repo");
        more.commands(id).forEach((words, text) -> {
            if (!words.startsWith("tests") && !words.startsWith("counts") && !words.equals("suggestions")) {
                assertThat(text).as(words).contains("canary-");
            }
        });
    }

    /** As many pull requests fail again, and more, before anybody answers. */
    private void worsens(String id) throws IOException {
        for (int run = 4; run <= 10; run++) {
            life.privateRun("failure", run);
            life.hiddenRun("failure", 40 + run);
            life.publicRun("failure", run);
        }
        life.pass(Duration.ofMinutes(11));
        for (String incident : List.of(id, life.incidentOf(PrivateLife.PUBLIC_LANE))) {
            assertThat(life.kinds(incident)).contains("opened", "worse");
        }
    }

    private void refuse() {
        for (String page : REFUSED) {
            RawHttp.Reply reply = get(page, STRANGER);
            assertThat(reply.status()).as(page).isBetween(400, 499);
            output("GET " + page + " (refused)", reply.headers() + reply.body());
        }
        String id = life.incidentOf(PrivateLife.PUBLIC_LANE);
        RawHttp.Reply refused = send("POST", "/incidents/" + id + "/acknowledge", STRANGER);
        output("POST acknowledge (stranger)", refused.status() + " " + refused.headers() + refused.body());
    }

    /** The beginning of the stream; {@code LiveUpdatesTest} has the rest, which is that something changed. */
    private String events() throws IOException {
        try (InputStream stream =
                URI.create("http://127.0.0.1:" + port + "/events").toURL().openStream()) {
            byte[] begin = stream.readNBytes("retry: 3000".length());
            return new String(begin, StandardCharsets.UTF_8);
        }
    }

    private static String around(String text, String field) {
        int at = text.indexOf(field);
        return text.substring(Math.max(0, at - 150), Math.min(text.length(), at + 100));
    }

    /** Each output works, and the people who were chosen see what is private. */
    private void theRestIsShown(String id) {
        for (String output : List.of(
                "console",
                "slack",
                "github issues",
                "jira",
                "mattermost",
                "teams",
                "pagerduty",
                "webhook",
                "e-mail",
                "comment on job configuration",
                "/ci-notify on Slack: status",
                "digest of a SIG",
                "GET / (anonymous)",
                "GET " + API + "/incidents (stranger)",
                "GET " + API + "/lanes/days?days=90&format=csv (anonymous)")) {
            assertThat(String.valueOf(outputs.get(output))).as(output).contains("sig-network");
        }
        assertThat(outputs.get("github issues").toString()).contains("Flaky test: ");
        assertThat(outputs.get("log"))
                .anyMatch(line -> line.contains("a restricted destination"))
                .anyMatch(line -> line.contains("job=" + PrivateLife.PUBLIC_LANE));
        assertThat(outputs.get("health of reads").toString())
                .contains("kubevirt/kubevirt", "a repository that is not public: rejected");
        assertThat(String.valueOf(outputs.get("slack"))).contains("Not sent to a restricted destination of slack");
        assertThat(outputs.get("health of the outbox").toString()).contains("slack a restricted destination: gave up");
        assertThat(outputs.get("digest").toString()).containsPattern("[5-9] more in private repositories");
        for (String field : List.of("canary-title", "canary-test", "canary-log", "canary-repo", "770012")) {
            assertThat(get(API + "/incidents/" + id, MEMBER).body()
                            + get(API + "/incidents/" + id + "/runs", MEMBER).body())
                    .as("the incident is real")
                    .contains(field);
        }
        assertThat(get(API + "/incidents?state=resolved", MEMBER).body()).contains("canary-hidden");
        assertThat(get(API + "/incidents/" + life.incidentOf(PrivateLife.PUBLIC_LANE), MEMBER)
                        .body())
                .as("the name of the hidden lane does not count")
                .contains("\"shortTitle\":\"sig-network e2e (");
        assertThat(get(API + "/incidents?kind=bump", MEMBER).body())
                .contains(
                        "canary-silent: no bump was opened",
                        "deployment of canary-bump kubevirt/canary-repo#",
                        "unclassified pull request kubevirt/canary-repo#");
    }

    private void breaks() throws IOException {
        life.merge();
        life.privateRun("success", 0);
        life.pass(Duration.ZERO);
        life.bump();
        for (int run = 1; run <= 3; run++) {
            life.privateRun("failure", run);
            life.hiddenRun("failure", 40 + run);
            life.publicRun("failure", run);
        }
        life.pass(Duration.ofMinutes(11));
    }

    private void talk(String id) {
        for (String command : COMMANDS) {
            for (String author : List.of("dhiller", "somebody")) {
                String delivery = life.comment("kubevirt/kubevirt", 14_890, author, command.replace("ID", id));
                life.replies(delivery).forEach(text -> output("reply to " + command, text));
            }
            life.now = life.now.plus(Duration.ofMinutes(3));
        }
        life.comment(PrivateLife.REPOSITORY, 876_501, "canary-author", "explain");
        life.comment(PrivateLife.REPOSITORY, 876_501, "dhiller", "status");
    }

    /** More runs, nobody answers, and everything ends. */
    private void goesOn() throws IOException {
        for (int run = 11; run <= 13; run++) {
            life.privateRun("failure", run);
            life.hiddenRun("failure", 40 + run);
            life.publicRun("failure", run);
        }
        life.pass(Duration.ofHours(8));
        for (int run = 14; run <= 16; run++) {
            life.privateRun("success", run);
            life.hiddenRun("success", 40 + run);
            life.publicRun("success", run);
        }
        life.retests(2);
        life.pass(Duration.ofMinutes(11));
        more.testIssues();
    }

    private void digest() throws GitHubException {
        Digest digest = CiDigest.of(
                life.database
                        .store()
                        .read(transaction -> DigestDataLoader.load(
                                transaction,
                                life.settings.get(),
                                DigestPeriod.before(life.now, Duration.ofDays(7)),
                                Audience.PUBLIC,
                                null)),
                ZoneOffset.UTC);
        output("digest", digest.markdown() + digest.slack());
        output("digest of a SIG", more.digests());
    }

    private void operate() {
        output("health of the outbox", life.outbox.health(meters));
        life.settings
                .unreadableUrls()
                .add("https://prow.ci.kubevirt.io/view/gs/canary-repo/77001201", "bucket", "add it to prow.buckets");
        output("health of URLs", life.settings.unreadableUrls().problems().toString());
        RepositoryReads reads = new RepositoryReads(
                "bumps",
                (repository, at) -> {
                    throw GitHubException.rejected("GET /repos/" + repository + "/pulls: no");
                },
                life.service.names(),
                () -> life.now);
        reads.readDue(List.of(Repository.of(PrivateLife.REPOSITORY), Repository.of("kubevirt/kubevirt")));
        output("health of reads", reads.problem());
    }

    private void read() {
        String id = life.incidentOf(PrivateLife.PUBLIC_LANE);
        Map<String, Map<String, String>> readers = Map.of("anonymous", Map.of(), "stranger", STRANGER);
        for (String page : PAGES) {
            readers.forEach((name, headers) -> {
                RawHttp.Reply reply = get(page.replace("PUBLIC", id), headers);
                assertThat(reply.status()).as(page).isEqualTo(200);
                output("GET " + page + " (" + name + ")", reply.headers() + reply.body());
            });
        }
    }

    /** Whether something private exists: not in status, sentence, address or ETag. */
    @Test
    void whatIsPrivateIsAnsweredAsIfItWereNot() throws Exception {
        breaks();
        String id = life.incidentOf("canary-job");
        Map<String, String> asIfNot = new LinkedHashMap<>();
        asIfNot.put(id, "0123abcdef");
        asIfNot.put(id.substring(0, 7), "0123abc");
        asIfNot.put("77001201", "99001201");
        asIfNot.put(PrivateLife.JOB, "pull-qvwxyz");
        asIfNot.put(PrivateLife.HIDDEN, "pull-qvwxyz");
        asIfNot.put("kubevirt/canary-repo%23876501", "kubevirt/qvwxyz%23876501");
        List<String> routes = List.of(
                "/i/X",
                "/incidents/X",
                "/why?run=X",
                "/why?job=X",
                "/?q=X",
                "/?state=resolved&q=X",
                "/lanes?q=X",
                "/tests?q=X",
                "/tests?lane=X",
                API + "/incidents/X",
                API + "/incidents/X/events",
                API + "/incidents/X/runs",
                API + "/incidents?q=X",
                API + "/runs/outcome?build=X",
                API + "/explain?job=X",
                API + "/lanes/days?q=X&format=csv",
                API + "/tests?lane=X");
        int same = 0;
        for (Map.Entry<String, String> pair : asIfNot.entrySet()) {
            for (String route : routes) {
                for (Map<String, String> reader : List.of(Map.<String, String>of(), STRANGER)) {
                    assertThat(answer(route, pair.getKey(), reader))
                            .as("%s of %s", route, pair.getKey())
                            .isEqualTo(answer(route, pair.getValue(), reader));
                    same++;
                }
            }
            assertThat(send("POST", "/incidents/" + pair.getKey() + "/acknowledge", STRANGER)
                            .status())
                    .isEqualTo(send("POST", "/incidents/" + pair.getValue() + "/acknowledge", STRANGER)
                            .status());
        }
        System.out.println(same + " answers about what is private are those about what does not exist");
        assertThat(get("/i/" + id, MEMBER).status())
                .as("for people who were chosen")
                .isEqualTo(303);
        assertThat(get("/", Map.of("If-None-Match", etag(MEMBER))).status())
                .as("the ETag of a member is none of everybody")
                .isEqualTo(200);
    }

    private String etag(Map<String, String> headers) {
        return get("/", headers).headers().get("etag");
    }

    private String answer(String route, String name, Map<String, String> reader) {
        RawHttp.Reply reply = get(route.replace("X", name), reader);
        Map<String, String> headers = new LinkedHashMap<>(reply.headers());
        headers.remove("content-length");
        return (reply.status() + " " + headers + reply.body())
                .replace(name, "NAME")
                .replace("canary-repo", "REPO")
                .replace("qvwxyz", "REPO");
    }

    private RawHttp.Reply get(String path, Map<String, String> headers) {
        return send("GET", path, headers);
    }

    private RawHttp.Reply send(String method, String path, Map<String, String> headers) {
        try {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put("Origin", "http://127.0.0.1:" + port);
            return RawHttp.send(method, URI.create("http://127.0.0.1:" + port + path), all, new byte[0]);
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    private void output(String name, String text) {
        outputs.computeIfAbsent(name, key -> new ArrayList<>()).add(text);
    }

    private Handler handler() {
        outputs.put("log", new ArrayList<>());
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                synchronized (outputs) {
                    Object[] parameters = line.getParameters();
                    outputs.get("log")
                            .add(line.getLevel() + " " + line.getMessage()
                                    + (parameters == null ? "" : Arrays.toString(parameters))
                                    + (line instanceof ExtLogRecord extended ? extended.getMdcCopy() : "")
                                    + line.getThrown());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
