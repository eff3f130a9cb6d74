// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.slack.api.util.json.GsonFactory;
import io.kubevirt.cinotify.cli.replay.HistoryNotifications;
import io.kubevirt.cinotify.command.AnswerExample;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.template.MessageLimits;
import io.kubevirt.cinotify.notify.template.MessageModel;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import io.kubevirt.cinotify.outbox.NoticeExample;
import io.kubevirt.cinotify.roster.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read of four weeks of real runs; {@code make pictures} shows these files. {@code -Dgolden.update=true} updates them. */
class MessageGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/messages");

    private static Config config;
    private static Map<String, Notification> examples;

    @BeforeAll
    static void play() throws Exception {
        config = new ConfigLoader(Path.of("config"), null).load();
        examples = HistoryNotifications.play(config);
    }

    static java.util.stream.Stream<String> names() {
        return examples.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void onSlackAndOnGitHub(String name) throws Exception {
        Notification message = examples.get(name);
        MessageModel view = config.messageViews().create(message);

        check(name + ".slack.json", slack(new OutgoingMessage.IncidentMessage(message, java.util.List.of())));
        Templates github = Templates.open(TemplateSet.GITHUB, null);
        String title = github.render(TemplateSet.TITLE, view);
        String body = github.render(TemplateSet.root(message.kind()), view);
        check(name + ".md", "# " + title + "\n\n" + body + "\n");
        MessageLimits.check(title, body, view);
        MessageLimits.check(
                title, Templates.open(TemplateSet.SLACK, null).render(TemplateSet.root(message.kind()), view), view);
    }

    @Test
    void everyKindIsShown() {
        assertThat(examples.keySet()).containsAll(HistoryNotifications.names());
    }

    @Test
    void theDigestOnSlack() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/digest/taskforce.slack.txt"));
        String[] parts = text.split("\n\n", 2);
        check(
                "digest.slack.json",
                slack(new OutgoingMessage.TextMessage(
                        "d", "d", "slack", "ci", parts[0].replace("*", ""), "", false, parts[1])));
    }

    @Test
    void theNoticeOfAMessageThatWasGivenUp() throws IOException {
        OutgoingMessage.TextMessage notice = NoticeExample.create();

        check("dead-letter.slack.json", slack(notice));
        assertThat(notice.markdown().lines()).hasSizeLessThanOrEqualTo(6);
        assertThat(notice.title() + notice.markdown()).hasSizeLessThanOrEqualTo(900);
    }

    @Test
    void theAnswerToAComment() throws IOException {
        check("answer.md", AnswerExample.create());
    }

    /** What GitHub and Slack show of an incident that a member opens to test the way of notifications. */
    @Test
    void theDrill() throws Exception {
        Notification drill = drill();
        MessageModel view = config.messageViews().create(drill);
        String title = Templates.open(TemplateSet.GITHUB, null).render(TemplateSet.TITLE, view);
        String body = Templates.open(TemplateSet.GITHUB, null).render(TemplateSet.root(drill.kind()), view);

        check("drill.slack.json", slack(new OutgoingMessage.IncidentMessage(drill, java.util.List.of())));
        MessageLimits.check(title, body, view);
        assertThat(title).startsWith("DRILL: ");
    }

    /** As DrillHandler opens it. */
    private static Notification drill() {
        Notification sample = SampleMessages.request(NotificationKind.OPENED);
        IncidentView shown = sample.incident();
        String why = "dhiller started it in kubevirt/kubevirt#14890; no action is needed";
        IncidentView incident = new IncidentView(
                "0a17e5c2d1",
                shown.kind(),
                "DRILL: nothing is broken",
                shown.state(),
                shown.diagnosis(),
                false,
                List.of(),
                shown.since(),
                null,
                0,
                List.of(),
                null,
                why,
                "dhiller",
                null,
                null,
                null,
                "kubevirt/kubevirt#14890",
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Notification(
                "0a17e5c2d1-opened",
                NotificationKind.OPENED,
                sample.decidedAt(),
                sample.at(),
                incident,
                new Recipient("dhiller", Level.PRIMARY, sample.at(), null, false, List.of("you were named")),
                incident.title() + ": " + why);
    }

    private static String slack(OutgoingMessage message) {
        SlackContext context = new SlackContext(
                config.file().slack() == null
                        ? new SlackConfig("ci", null, null, null, null, null)
                        : config.file().slack(),
                config.roster(),
                config.memberOverrides(),
                config.sigs(),
                config.jobs());
        SlackMessage written = new SlackFormatter(
                        () -> {
                            try {
                                return Templates.open(TemplateSet.SLACK, null);
                            } catch (io.kubevirt.cinotify.yaml.InvalidConfigException e) {
                                throw new AssertionError(e);
                            }
                        },
                        config::links,
                        () -> context,
                        new ActionButtons(Duration.ofHours(4)))
                .root(new AddressedMessage("slack", context.config().defaultChannel(), message));
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(new java.util.TreeMap<>(Map.of(
                                "text",
                                written.text(),
                                "blocks",
                                GsonFactory.createSnakeCase().toJsonTree(written.blocks()))))
                + "\n";
    }

    private static void check(String name, String actual) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, actual);
        }
        assertThat(file).content().isEqualTo(actual);
    }
}
