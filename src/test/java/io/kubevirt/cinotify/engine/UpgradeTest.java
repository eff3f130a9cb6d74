// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.fixture.StoreOfSchema14;
import io.kubevirt.cinotify.fixture.StoredOutcomes;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.notify.github.GitHubFormatter;
import io.kubevirt.cinotify.notify.slack.SlackApi;
import io.kubevirt.cinotify.notify.slack.SlackChannel;
import io.kubevirt.cinotify.notify.slack.SlackContext;
import io.kubevirt.cinotify.notify.slack.SlackFormatter;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.outbox.OutboxDispatcher;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.StoreCopy;
import io.kubevirt.cinotify.store.StoreLocation;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A data directory that the version with schema 14 wrote: this version goes on where that one stopped, also if it is moved to
 * PostgreSQL meanwhile.
 */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class UpgradeTest {

    private static final Instant LATER = Instant.parse("2026-11-29T07:40:00Z");
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static final String CHANNEL = "ci-alerts";
    private static final String INFRA = "kubevirt/project-infra";
    private static final String NETWORK_LANE = "pull-kubevirt-e2e-k8s-1.36-sig-network";
    private static final String POSTSUBMIT = "push-latest-project-infra-images";

    /** The roots on Slack, by incident. */
    private static final Map<String, String> ROOTS = Map.of(
            "eca4f24f66", "1795937543.000001",
            "87987867b3", "1795937543.000002",
            "5a0f671470", "1795937544.000003",
            "747dfb633c", "1795937560.000004");

    @TempDir
    private Path folder;

    /** It goes on, because Slack takes one message a second. */
    private final Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), LATER));

    private final FakeSlack slack = new FakeSlack().channel(CHANNEL);
    private final FakeGitHub github = new FakeGitHub();

    @Parameter
    private TestStore.Kind kind;

    private Database database;
    private StoredOutcomes outcomes;
    private GitHubApi api;
    private IncidentService incidents;
    private DeliveryProcessor deliveries;
    private OutboxDispatcher dispatcher;

    @BeforeEach
    void start() throws Exception {
        ROOTS.forEach((incident, ts) -> slack.posted(CHANNEL, ts, "ci-notify:" + incident, "opened"));
        github.world().repository(INFRA, "prow", "area/prow");
        github.world().posted(INFRA, 1, "Broken", "<!-- ci-notify:5a0f671470 -->");
        github.world().posted(INFRA, 2, "Unclassified", "<!-- ci-notify:747dfb633c -->");

        Path data = Files.createDirectories(folder.resolve("data"));
        StoreOfSchema14.createIn(data);
        database = Database.embedded(data, TIMEOUT);
        outcomes = new StoredOutcomes(Database.file(data));
        if (kind == TestStore.Kind.POSTGRESQL) {
            move(data);
        }
        ConfigAgent config = new ConfigAgent(new ConfigLoader(config(), null), clock);
        Channels channels = new Channels(List.of(slackChannel(config), gitHubChannel(config)));
        incidents = new IncidentService(database.store(), config, channels, clock);
        deliveries = new DeliveryProcessor(database.store(), config, incidents, clock);
        dispatcher = new OutboxDispatcher(
                database.store(), clock, config, channels, new Workers(new SimpleMeterRegistry(), Duration.ZERO));
    }

    /** As an operator does while incidents are open. */
    private void move(Path data) throws Exception {
        database.close();
        PostgresServer server = PostgresServer.running();
        String name = PostgresStore.nameOf(folder);
        server.makeEmpty(name);
        DatabaseAddress address = DatabaseAddress.parse(server.url(name), null);
        StoreCopy.run(new StoreLocation.Directory(data), new StoreLocation.Server(address), StoreCopy.Progress.NONE);
        database = Database.postgresql(address);
        outcomes = new StoredOutcomes(server.jdbcUrl(name));
    }

    @AfterEach
    void stop() throws InterruptedException {
        dispatcher.stop(new ShutdownEvent());
        database.close();
        api.close();
        github.close();
        slack.close();
    }

    @Test
    void openIncidentsKeepTheirAcknowledgementAndAssignee() {
        assertThat(open())
                .extracting(IncidentView::id, IncidentView::acknowledgedBy, IncidentView::responsible)
                .containsExactly(
                        tuple("eca4f24f66", "dhiller", "dhiller"),
                        tuple("5a0f671470", null, "dollierp"),
                        tuple("87987867b3", null, "dhiller"),
                        tuple("747dfb633c", null, "dhiller"));
        assertThat(query("SELECT state FROM outbox WHERE state <> 'sent'")).isEmpty();
    }

    @Test
    void successResolvesIncidentsByEditingWhatWasSent() throws IOException {
        incidents.tick();
        for (int pull = 101; pull <= 103; pull++) {
            receive(StatusPayload.success()
                    .job(NETWORK_LANE)
                    .pull(pull)
                    .build(pull + 1_000)
                    .ended(LATER)
                    .bytes());
        }
        receive(postsubmit());

        await().atMost(TIMEOUT).untilAsserted(() -> {
            dispatcher.wake();
            assertThat(texts("eca4f24f66")).last().asString().startsWith("Resolved: ");
            assertThat(texts("5a0f671470")).last().asString().startsWith("Resolved: ");
            assertThat(issue(1).path("state").asText()).isEqualTo("closed");
        });
        assertThat(open()).extracting(IncidentView::id).containsExactly("87987867b3", "747dfb633c");
        assertNothingIsSentAgain();
    }

    private void assertNothingIsSentAgain() {
        await().atMost(TIMEOUT)
                .until(() -> query("SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending', 'unknown')")
                        .isEmpty());
        assertThat(slack.roots()).extracting(FakeSlack.Message::ts).containsExactlyInAnyOrderElementsOf(ROOTS.values());
        assertThat(texts("87987867b3")).containsExactly("opened");
        assertThat(texts("747dfb633c")).containsExactly("opened");
        assertThat(github.world().issues(INFRA)).hasSize(2);
        assertThat(issue(2).path("title").asText()).isEqualTo("Unclassified");
        assertThat(Set.copyOf(query("SELECT kind FROM outbox WHERE settled_at >= " + LATER.toEpochMilli())))
                .isEqualTo(Set.of("resolved"));
    }

    private List<IncidentView> open() {
        return database.store().read(transaction -> transaction.incidents().open());
    }

    private void receive(byte[] body) {
        String id = "later " + query("SELECT id FROM delivery").size();
        database.store()
                .inTransaction(
                        transaction -> transaction.deliveries().insert(new JournalEntry(id, "status", LATER, body, 0)));
        deliveries.processAll();
    }

    private static byte[] postsubmit() throws IOException {
        ObjectNode payload = StatusPayload.recorded("status-postsubmit-success.json")
                .put("created_at", LATER.toString())
                .put("updated_at", LATER.toString())
                .put(
                        "target_url",
                        "https://" + StatusPayload.HOST + "/view/gs/" + StatusPayload.BUCKET + "/logs/" + POSTSUBMIT
                                + "/2");
        return new ObjectMapper().writeValueAsBytes(payload);
    }

    /** As a message read, from the first to the last version. */
    private List<String> texts(String incident) {
        return slack.roots().stream()
                .filter(root -> root.ts().equals(ROOTS.get(incident)))
                .flatMap(root -> root.texts().stream())
                .toList();
    }

    private ObjectNode issue(int number) {
        return github.world().issues(INFRA).get(number - 1);
    }

    private List<String> query(String sql) {
        return outcomes.query(sql).stream()
                .map(row -> row.values().stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .toList();
    }

    /** As the store was made: the preset, but nothing waits, everybody always works, and Slack has another channel. */
    private Path config() throws IOException {
        return Preset.copyTo(folder.resolve("config"), text -> text.replace("    time: 10m ", "    time: 0s ")
                .replaceAll("<td>(Mon-Fri|Sun-Thu)</td>", "<td>Mon-Sun</td>")
                .replace("workingHours: 09:00-17:00", "workingHours: 00:00-24:00")
                .replaceAll("(?m)^slack:\n  channel: \\S+", "slack:\n  channel: " + CHANNEL));
    }

    private SlackChannel slackChannel(ConfigAgent config) throws IOException {
        Path token = Files.writeString(folder.resolve("slack"), FakeSlack.TOKEN);
        return new SlackChannel(
                new SlackApi(slack.endpoint(), new SecretFile(token), TIMEOUT),
                () -> context(config.get()),
                new SlackFormatter(
                        () -> config.get().templates().of(TemplateSet.SLACK),
                        () -> config.get().links(),
                        () -> context(config.get()),
                        null));
    }

    private static SlackContext context(Config config) {
        return new SlackContext(
                Objects.requireNonNull(config.file().slack()),
                config.roster(),
                config.memberOverrides(),
                config.sigs(),
                config.jobs());
    }

    private GitHubChannel gitHubChannel(ConfigAgent config) throws IOException, InvalidConfigException {
        Path token = Files.writeString(folder.resolve("github"), "good-token");
        api = new GitHubApi(new GitHubClientOptions(
                List.of(github.address()), new GitHubClientOptions.Identity.Token(token), false, TIMEOUT, clock));
        return new GitHubChannel(
                api,
                new GitHubFormatter(() -> config.get().templates().of(TemplateSet.GITHUB), () -> config.get()
                        .messageViews()),
                () -> config.get().github(),
                repository -> Visibility.PUBLIC);
    }
}
