// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.HEAD;
import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.PULL;
import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.FakeSlackSocket;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.slack.SlackReceiver;
import io.kubevirt.cinotify.notify.slack.SlackSocket;
import io.kubevirt.cinotify.roster.MemberOverride;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a button or a command on Slack to the incident and to what the person sees. */
@Timeout(120)
class SlackActionsTest {

    private static final String LANE = "pull-kubevirt-e2e-k8s-1.36-sig-network";
    private static final String MEMBER = "U0MEMBER";
    private static final MemberOverride PERSON =
            new MemberOverride("dhiller", null, null, null, MEMBER, List.of(), List.of());

    @TempDir
    private Path folder;

    private final FakeSlack slack = new FakeSlack().channel("ci-alerts");
    private CommentTestPlugin plugin;
    private SlackReceiver receiver;
    private int triggers;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        plugin = new CommentTestPlugin(folder);
        receiver = plugin.connect(slack, PERSON);
    }

    @AfterEach
    void close() {
        plugin.close();
        slack.close();
    }

    private String opened() {
        plugin.github.world().run(REPOSITORY, PULL, HEAD, LANE, "failure");
        plugin.writes("trusted-person", "/ci-notify");
        return plugin.notifications.getFirst().incident().id();
    }

    private IncidentView incident(String id) {
        return plugin.incidents().stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private String press(String user, String action, String incident, String choice) {
        String option = choice.isEmpty() ? "" : ",\"selected_option\":{\"value\":\"" + choice + "\"}";
        return """
            {"type":"block_actions","trigger_id":"%d","user":{"id":"%s"},"team":{"id":"T00000001"},
             "channel":{"id":"%s","name":"ci-alerts"},"response_url":"%s",
             "actions":[{"action_id":"%s","block_id":"ci_notify:%s"%s}]}""".formatted(++triggers, user, slack.idOf("ci-alerts"), slack.responseUrl(), action, incident, option);
    }

    /** Slack sends a payload over HTTP, and everything that follows is done. */
    private String pressed(String user, String action, String incident, String choice) {
        send(press(user, action, incident, choice));
        plugin.work();
        return slack.answers().getLast();
    }

    private void send(String payload) {
        store("application/x-www-form-urlencoded", "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8));
    }

    private void store(String type, String body) {
        try {
            receiver.receive(type, body.getBytes(StandardCharsets.UTF_8));
        } catch (JournalUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    private String typed(String user, String text) {
        store(
                "application/x-www-form-urlencoded",
                "command=%2Fci-notify&text=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&user_id=" + user
                        + "&team_id=T00000001&channel_id=C9&channel_name=general&trigger_id=t" + ++triggers
                        + "&response_url="
                        + URLEncoder.encode(slack.responseUrl().toString(), StandardCharsets.UTF_8));
        plugin.work();
        return slack.answers().getLast();
    }

    @Test
    void aMemberAcknowledgesAndTheSecondPressChangesNothing() {
        String id = opened();

        assertThat(pressed(MEMBER, "acknowledge", id, "")).contains("acknowledged; escalation stops");
        assertThat(incident(id).acknowledgedBy()).isEqualTo("dhiller");
        IncidentView once = incident(id);

        assertThat(pressed(MEMBER, "acknowledge", id, "")).isNotEmpty();
        assertThat(incident(id)).isEqualTo(once);
    }

    @Test
    void aSnoozeUntilMondayEndsWithTheFirstWorkingMinuteOfThatPerson() {
        String id = opened();

        assertThat(pressed(MEMBER, "snooze", id, "monday")).contains("snoozed until");

        // 09:00 of the member, who is two hours ahead of UTC; not midnight, and not 09:00 UTC.
        assertThat(incident(id).snoozedUntil()).hasToString("2026-07-20T07:00:00Z");
        assertThat(pressed(MEMBER, "snooze", id, "240m")).contains("snoozed until");
        assertThat(incident(id).snoozedUntil()).isEqualTo(plugin.now.plus(Duration.ofHours(4)));
    }

    @Test
    void anotherSigGetsAnIncidentThatIsNotOurs() {
        String id = opened();

        assertThat(pressed(MEMBER, "not_ours", id, "sig-storage")).contains("reassigned to the SIG `storage`");

        assertThat(incident(id).diagnosis().sig()).isEqualTo("storage");
    }

    @Test
    void aMemberReportsAWrongCause() {
        String id = opened();

        pressed(MEMBER, "wrong_cause", id, "");
        pressed("U0STRANGER", "wrong_cause", id, "");

        List<DiagnosisFeedback.RuleCount> counts = plugin.database
                .store()
                .read(transaction -> transaction.feedback().byRule());
        assertThat(counts).hasSize(1);
        assertThat(counts.getFirst().wrongCause()).isEqualTo(1);
    }

    @Test
    void aResolvedIncidentStaysAsItIs() {
        String id = opened();
        assertThat(pressed(MEMBER, "resolve", id, "")).contains("resolved");
        assertThat(incident(id).state()).isEqualTo(IncidentState.RESOLVED);
        IncidentView resolved = incident(id);

        for (String action : List.of("acknowledge", "resolve")) {
            assertThat(pressed(MEMBER, action, id, "")).contains("is already resolved");
        }
        assertThat(pressed(MEMBER, "snooze", id, "tomorrow")).contains("is already resolved");
        assertThat(pressed(MEMBER, "not_ours", id, "prow")).contains("is already resolved");
        assertThat(incident(id)).isEqualTo(resolved);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acknowledge", "snooze", "not_ours", "resolve"})
    void aStrangerChangesNothingAndLearnsWhyEachTime(String action) {
        String id = opened();
        IncidentView before = incident(id);
        String choice = action.equals("not_ours") ? "prow" : "";

        for (int press = 0; press < 2; press++) {
            assertThat(pressed("U0STRANGER", action, id, choice))
                    .contains("only for", "U0STRANGER belongs to no member", "roster.members.LOGIN.slack");
        }
        assertThat(incident(id)).isEqualTo(before);
        assertThat(slack.answers()).hasSize(2);
    }

    @Test
    void idsCountOnlyInTheirWorkspace() throws IOException {
        String id = opened();
        receiver = plugin.connect(
                slack,
                new MemberOverride(
                        "dhiller",
                        null,
                        null,
                        null,
                        null,
                        null,
                        "U0MAIN",
                        List.of(),
                        List.of(),
                        Map.of("T00000001", MEMBER)));

        assertThat(pressed("U0MAIN", "acknowledge", id, "")).contains("belongs to no member");
        assertThat(pressed(MEMBER, "acknowledge", id, "")).contains("acknowledged");
    }

    @Test
    void aKillBetweenThePressAndTheDecisionExecutesItOnce() throws Exception {
        String id = opened();
        String payload = press(MEMBER, "snooze", id, "240m");
        send(payload);
        plugin.prepareOnly();
        reopen();

        plugin.work();
        send(payload);
        plugin.work();

        assertThat(incident(id).snoozedUntil()).isEqualTo(plugin.now.plus(Duration.ofHours(4)));
        assertThat(slack.answers()).hasSize(1);
    }

    @Test
    void aKillBetweenTheDecisionAndTheAnswerExecutesItOnce() throws Exception {
        String id = opened();
        String payload = press(MEMBER, "acknowledge", id, "");
        send(payload);
        plugin.prepareOnly();
        plugin.decide();
        reopen();

        send(payload);
        plugin.work();

        assertThat(incident(id).acknowledgedBy()).isEqualTo("dhiller");
        assertThat(slack.answers()).isEmpty();
        plugin.database.outcomes().assertConserved(2);
    }

    private void reopen() throws IOException, InvalidConfigException {
        plugin.close();
        plugin = new CommentTestPlugin(folder);
        receiver = plugin.connect(slack, PERSON);
    }

    @Test
    void aPressThroughSocketModeIsStoredBeforeItIsAcknowledged() throws Exception {
        String id = opened();
        try (FakeSlackSocket server = new FakeSlackSocket();
                SlackSocket socket = new SlackSocket(
                        plugin.slackApi,
                        new SecretFile(Files.writeString(folder.resolve("app-token"), "xapp-1")),
                        receiver)) {
            slack.socket(server.address());
            socket.refresh();
            server.awaitClient();
            server.send("e1", press(MEMBER, "acknowledge", id, ""));
            assertThat(server.answer()).contains("e1");
        }
        assertThat(incident(id).acknowledgedBy()).isNull();

        plugin.work();

        assertThat(incident(id).acknowledgedBy()).isEqualTo("dhiller");
        assertThat(slack.answers()).singleElement().asString().contains("acknowledged");
    }

    @Test
    void commandsHaveTheGrammarOfComments() {
        String id = opened();

        assertThat(typed(MEMBER, "who prow")).startsWith("`prow`: ").doesNotContain("<sub>", "<details>", "@");
        assertThat(typed("U0STRANGER", "status"))
                .contains("No open incident has a message here", "Other open incidents:", id, "/ci-notify explain ID")
                .doesNotContain("repository");
        assertThat(typed("U0STRANGER", "explain " + id)).contains("Incident `" + id + "`", "\n• ");
        assertThat(typed(MEMBER, id + " ack")).contains("acknowledged");
        assertThat(typed(MEMBER, "snooze 2h " + id)).contains("snoozed until <!date^");
        assertThat(typed(MEMBER, "")).contains("/ci-notify who").doesNotContain("/ci-notify drill", "| command |");
    }

    @Test
    void aCommandThatNeedsAPullRequestIsRefusedAndNotOffered() {
        String id = opened();
        int before = plugin.notifications.size();

        assertThat(typed(MEMBER, "prow tide is stuck")).contains("only in a comment on GitHub");
        assertThat(typed(MEMBER, "drill")).contains("only in a comment on GitHub");
        assertThat(typed(MEMBER, "who")).doesNotContain("/ci-notify AREA");
        assertThat(plugin.notifications).hasSize(before);
        assertThat(incident(id).state()).isEqualTo(IncidentState.OPEN);
    }

    @Test
    void aPrivateIncidentIsShownToTheGroupOnly() {
        String id = opened();
        plugin.database.execute("UPDATE incident SET visibility = 'private'");

        assertThat(typed("U0STRANGER", "status"))
                .contains("No incident is open", "Also 1 more in a private repository")
                .doesNotContain(id, LANE, "this conversation");
        assertThat(typed("U0STRANGER", "explain " + id)).doesNotContain(LANE);
        assertThat(typed(MEMBER, "status")).contains(id);
    }

    @Test
    void aPrivateJobIsFoundByTheGroupOnly() throws IOException, InvalidConfigException {
        reconfigure(
                Path.of("config/examples"),
                "imke-harbour",
                "visibility: {\"*\": public}",
                "visibility: {\"*\": private}");

        assertThat(typed("U0STRANGER", "explain pull-crane-unit")).contains("is not a job");
        assertThat(typed(MEMBER, "explain pull-crane-unit"))
                .contains("`pull-crane-unit`")
                .doesNotContain("is not a job");
    }

    /** Another configuration, in which a member has this handle. */
    private void reconfigure(Path from, String handle, String text, String other)
            throws IOException, InvalidConfigException {
        Path config = folder.resolve("changed");
        try (Stream<Path> files = Files.walk(from, 2)) {
            for (Path file : files.toList()) {
                Files.copy(file, config.resolve(from.relativize(file).toString()));
            }
        }
        Path settings = config.resolve("ci-notify.yaml");
        String before = Files.readString(settings);
        assertThat(before).contains(text);
        Files.writeString(settings, before.replace(text, other));
        plugin.close();
        plugin = new CommentTestPlugin(folder, github -> config);
        receiver = plugin.connect(slack, new MemberOverride(handle, null, null, null, MEMBER, List.of(), List.of()));
    }

    @Test
    void whatPeopleTypeIsEscaped() {
        opened();

        assertThat(typed(MEMBER, "explain a<!channel>&b"))
                .contains("&lt;!channel&gt;")
                .doesNotContain("<!channel>");
    }

    @Test
    void theHomeTabHasTheIncidentsAndTheWeekOfThePerson() {
        String id = opened();
        openHome(MEMBER);
        openHome("U0STRANGER");

        assertThat(slack.home(MEMBER)).contains(id, "not acknowledged", "Your week", "09:00 to 17:00: Primary for ");
        assertThat(slack.home("U0STRANGER")).contains("belongs to no member").doesNotContain(id);
        plugin.database.outcomes().assertConserved(3);
    }

    private void openHome(String user) {
        store("application/json", """
            {"team_id":"T00000001","event_id":"Ev%s",
             "event":{"type":"app_home_opened","user":"%s","channel":"D1","tab":"home"}}""".formatted(user, user));
        plugin.work();
    }

    @Test
    void theHomeTabHasOnlyTheTurnsOfAPersonOfARotation() throws IOException, InvalidConfigException {
        String rotation =
                "\nroster:\n  rotations: [{name: duty, zone: Europe/Prague, start: 2026-07-13T09:00, weeks: 1,"
                        + " order: [dollierp, visitor]}]\n";
        reconfigure(Path.of("config"), "visitor", "\nroster:\n", rotation);
        openHome(MEMBER);

        assertThat(slack.home(MEMBER))
                .contains("On duty, in the time of Europe/Prague", "Mon 20 Jul 09:00 to 17:00: Primary for ")
                .doesNotContain("Thu 16 Jul", "Fri 17 Jul");
    }

    @Test
    void aFloodOfPressesIsRefused() {
        String id = opened();
        String last = "";
        for (int press = 0; press < 70 && !last.contains("Too many"); press++) {
            last = pressed("U0STRANGER", "acknowledge", id, "");
        }
        assertThat(last).contains("Too many commands within an hour");
    }

    @Test
    void anAnswerThatSlackDoesNotTakeIsNotSentAgain() {
        String id = opened();
        slack.rotate("xoxb-other");
        send(press(MEMBER, "acknowledge", id, "").replace(slack.endpoint().getAuthority(), "elsewhere.example.org"));
        plugin.work();
        plugin.work();

        assertThat(incident(id).acknowledgedBy()).isEqualTo("dhiller");
        assertThat(slack.server().requests())
                .filteredOn(request -> request.path().endsWith("chat.postEphemeral"))
                .hasSize(1);
    }
}
