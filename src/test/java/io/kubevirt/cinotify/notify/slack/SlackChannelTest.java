// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import static io.kubevirt.cinotify.notify.slack.SlackChannelFixture.CHANNEL;
import static io.kubevirt.cinotify.notify.slack.SlackChannelFixture.addressed;
import static io.kubevirt.cinotify.notify.slack.SlackChannelFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.CapturedLog;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.DestinationConfig;
import io.kubevirt.cinotify.notify.DestinationRules;
import io.kubevirt.cinotify.notify.DryRunChannel;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobConfigFile;
import io.kubevirt.cinotify.prow.Visibility;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of an incident on Slack. */
class SlackChannelTest {

    @TempDir
    Path folder;

    private SlackChannelFixture fixture;

    @BeforeEach
    void open() {
        fixture = new SlackChannelFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theIncidentIsOneRootThatCarriesItsIdentity() {
        SendResult result = fixture.channel.post(addressed(NotificationKind.OPENED));

        assertThat(result).isInstanceOf(SendResult.Sent.class);
        assertThat(fixture.slack.messages()).singleElement().satisfies(root -> {
            assertThat(root.channel()).isEqualTo(CHANNEL);
            assertThat(root.marker()).isEqualTo("ci-notify:inc-4f1c");
            assertThat(root.text())
                    .as("the push notification begins with the fact, and names who must act")
                    .isEqualTo("sig-net e2e (k8s 1.35, 1.36) broken: 3 PRs blocked · yours, robin");
            assertThat(root.blocks().findValuesAsText("type")).startsWith("header");
            assertThat(root.blocks().toString()).contains("Failing:").contains("Timed out after 360.001s.");
        });
    }

    @Test
    void anUpdateEditsTheRootWithoutAnotherMessage() {
        String root = fixture.root();

        assertThat(fixture.channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isEqualTo(new SendResult.Sent(root));
        assertThat(fixture.channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isEqualTo(new SendResult.Sent(root));

        assertThat(fixture.slack.messages()).singleElement().satisfies(notification -> {
            assertThat(notification.text()).startsWith("Resolved: ");
            assertThat(notification.marker()).isEqualTo("ci-notify:inc-4f1c");
        });
    }

    @Test
    void theNotifiedPersonIsMentionedInTheThread() {
        fixture.people = List.of(person("robin", "U0ROBIN"));
        String root = fixture.root();

        SendResult result = fixture.channel.reply(addressed(NotificationKind.ESCALATED), root);

        assertThat(result).isInstanceOf(SendResult.Sent.class);
        FakeSlack.Message reply = fixture.slack.messages().getLast();
        assertThat(reply.thread()).isEqualTo(fixture.slack.messages().getFirst().ts());
        assertThat(reply.text()).contains("<@U0ROBIN>");
        assertThat(reply.marker()).isEqualTo("ci-notify:inc-4f1c-escalated-1");
    }

    @Test
    void aPersonWithoutASlackIdIsNamedAndNotMentioned() {
        fixture.root();

        assertThat(fixture.slack.messages().getFirst().blocks().toString())
                .contains("robin")
                .doesNotContain("<@");
    }

    @Test
    void eachPersonIsMentionedInOneChannelOnly() {
        fixture.people = List.of(person("robin", "U0ROBIN"), person("alex", "U0ALEX"));
        fixture.config = new SlackConfig(CHANNEL, null, Map.of("network", "network"), false, null, null);
        Notification opened = SampleMessages.full(NotificationKind.OPENED);

        for (String destination :
                fixture.channel.destinations(new OutgoingMessage.IncidentMessage(opened, List.of()))) {
            fixture.channel.post(addressed(opened, destination));
        }

        assertThat(fixture.slack.messages())
                .extracting(FakeSlack.Message::channel)
                .containsExactly(CHANNEL, "network");
        assertThat(fixture.slack.messages().getFirst().blocks().toString())
                .contains("<@U0ROBIN>")
                .doesNotContain("<@U0ALEX>");
        assertThat(fixture.slack.messages().getLast().blocks().toString())
                .contains("<@U0ALEX>")
                .doesNotContain("<@U0ROBIN>");
    }

    @Test
    void aPersonOffDutyIsNotMentionedInARootThatIsPostedAtOnce() {
        fixture.people = List.of(person("robin", "U0ROBIN"));
        Notification now = SampleMessages.full(NotificationKind.OPENED);
        Recipient to = now.to();
        Recipient later = new Recipient(
                to.handle(), to.level(), to.at().plus(Duration.ofHours(9)), to.sigPerson(), true, to.reasons());
        Notification notification =
                new Notification(now.id(), now.kind(), now.decidedAt(), later.at(), now.incident(), later, now.text());

        SendResult root = fixture.channel.post(addressed(notification, CHANNEL));
        fixture.channel.reply(addressed(notification, CHANNEL), ((SendResult.Sent) root).reference());

        assertThat(fixture.slack.messages().getFirst().blocks().toString()).doesNotContain("<@U0ROBIN>");
        assertThat(fixture.slack.messages().getLast().text()).contains("<@U0ROBIN>");
    }

    @Test
    void channelsFollowAreaAndSig() {
        fixture.config = new SlackConfig(
                CHANNEL, Map.of("sig-support", "support"), Map.of("network", SlackConfig.NO_CHANNEL), true, null, null);

        assertThat(fixture.channel.destinations(
                        addressed(NotificationKind.OPENED).message()))
                .containsExactly("support");
        assertThat(fixture.channel.destinations(new OutgoingMessage.TextMessage("1", "1", "github", "o/r#1", "t", "m")))
                .isEmpty();
        assertThat(fixture.channel.destinations(
                        new OutgoingMessage.TextMessage("1", "1", "slack", "elsewhere", "t", "m")))
                .containsExactly("elsewhere");
    }

    @Test
    void aJobWithASlackChannelOfItsOwnReplacesThatOfItsArea() {
        fixture.jobs = JobConfig.of(List.of(JobConfigFile.parse("jobs.yaml", """
            presubmits:
              example/net:
                - {name: pull-e2e-k8s-1.36-sig-net, reporter_config: {slack: {channel: "#net-alerts"}}}
            """)));
        OutgoingMessage message = addressed(NotificationKind.OPENED).message();

        assertThat(fixture.channel.destinations(message)).containsExactly("net-alerts");

        fixture.config = new SlackConfig(CHANNEL, null, null, null, false, null);
        assertThat(fixture.channel.destinations(message)).as("switched off").containsExactly(CHANNEL);
    }

    @Test
    void untrustedTextMentionsNobodyAndHasNoMarkup() {
        Notification example = SampleMessages.full(NotificationKind.OPENED);
        Notification hostile = NotificationBuilder.titled(
                example, "<!channel> <@U0ROBIN> *bold* <https://evil.example|here> & @everyone");

        fixture.channel.post(addressed(hostile, CHANNEL));

        FakeSlack.Message written = fixture.slack.messages().getFirst();
        assertThat(written.text()).contains("&lt;!channel&gt;");
        assertThat(written.blocks().get(0).path("text").path("type").asText()).isEqualTo("plain_text");
        for (String shown : List.of(written.text(), written.blocks().get(1).toString())) {
            assertThat(shown).doesNotContain("<!channel>").doesNotContain("<@").doesNotContain("<https://evil");
        }
    }

    @Test
    void aLongMessageIsCutAndStillTaken() {
        Notification example = SampleMessages.full(NotificationKind.OPENED);
        Notification endless = new Notification(
                example.id(),
                example.kind(),
                example.decidedAt(),
                example.at(),
                example.incident(),
                null,
                ("<&>".repeat(40) + "\n").repeat(2_000));

        SendResult root = fixture.channel.post(addressed(endless, CHANNEL));
        SendResult edited = fixture.channel.edit(addressed(endless, CHANNEL), ((SendResult.Sent) root).reference());

        assertThat(edited).isInstanceOf(SendResult.Sent.class);
        FakeSlack.Message written = fixture.slack.messages().getFirst();
        assertThat(written.text()).hasSizeLessThan(4_000);
        assertThat(written.blocks().findValues("text"))
                .allSatisfy(text -> assertThat(text.path("text").asText()).hasSizeLessThanOrEqualTo(3_000));
        assertThat(written.blocks()).hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void aTextMessageKeepsItsText() {
        AddressedMessage textMessage = new AddressedMessage(
                "slack",
                CHANNEL,
                new OutgoingMessage.TextMessage("week", "week", "slack", CHANNEL, "This week", "- *one*\n- two"));

        assertThat(fixture.channel.post(textMessage)).isInstanceOf(SendResult.Sent.class);

        assertThat(fixture.slack.messages().getFirst().blocks().toString()).contains("- *one*\\n- two");
        assertThat(fixture.channel.findRoot(textMessage)).isInstanceOf(LookupResult.Found.class);
    }

    @Test
    void aTextMessageInMrkdwnIsSplitIntoSectionsAndMarkedWhereTruncated() {
        String line =
                "• <https://github.example.org/o/r/issues/1|o/r#1> " + "something is slow, ".repeat(10) + "again\n";
        AddressedMessage textMessage = new AddressedMessage(
                "slack",
                CHANNEL,
                new OutgoingMessage.TextMessage(
                        "week",
                        "week",
                        "slack",
                        CHANNEL,
                        "This week",
                        "- [o/r#1](x)",
                        false,
                        "*Open: 99*\n\n" + line.repeat(99)));

        assertThat(fixture.channel.post(textMessage)).isInstanceOf(SendResult.Sent.class);

        FakeSlack.Message written = fixture.slack.messages().getFirst();
        assertThat(written.blocks().findValuesAsText("type")).doesNotContain("markdown");
        List<String> parts = new ArrayList<>();
        written.blocks()
                .forEach(block -> parts.add(block.path("text").path("text").asText()));
        assertThat(parts).hasSizeBetween(4, 50).allSatisfy(part -> assertThat(part)
                .hasSizeLessThanOrEqualTo(3_000));
        assertThat(parts.get(1)).startsWith("*Open: 99*");
        assertThat(written.blocks().findValues("verbatim"))
                .as("no address in a title becomes a link")
                .hasSize(parts.size() - 1)
                .allMatch(JsonNode::booleanValue);
        assertThat(parts.getLast().lines()).last().isEqualTo("… (cut)");
        assertThat(parts.getLast().lines().filter(shown -> !shown.equals("… (cut)")))
                .as("no line is torn")
                .allSatisfy(shown -> assertThat(shown + "\n").isEqualTo(line));
    }

    @Test
    void aDryRunSendsNothingAndItsReferencesAreGoneInARealRun() {
        DryRunChannel dry = new DryRunChannel(fixture.channel, () -> DestinationRules.NONE);

        SendResult.Sent claimed = (SendResult.Sent) dry.post(addressed(NotificationKind.OPENED));

        assertThat(fixture.slack.server().requests()).isEmpty();
        assertThat(dry.destinations(addressed(NotificationKind.OPENED).message()))
                .containsExactly(CHANNEL);
        assertThat(dry.defaultDestination())
                .as("it keeps back what the real one would")
                .contains(CHANNEL);
        assertThat(fixture.channel.edit(addressed(NotificationKind.RESOLVED), claimed.reference()))
                .isInstanceOf(SendResult.TargetGone.class);
    }

    @Test
    void aDryRunLogsNothingOfWhatGoesToAPrivateDestination() {
        DestinationConfig marked =
                new DestinationConfig(List.of("example"), null, Map.of(), CHANNEL, null, null, Visibility.PRIVATE);
        try (CapturedLog log = CapturedLog.of(DryRunChannel.class)) {
            new DryRunChannel(fixture.channel, () -> DestinationRules.NONE).post(addressed(NotificationKind.OPENED));
            new DryRunChannel(fixture.channel, () -> new DestinationRules(List.of(marked), JobConfig.EMPTY))
                    .post(addressed(NotificationKind.OPENED));

            assertThat(log.lines().getFirst()).contains(CHANNEL, "sig-net e2e");
            assertThat(log.lines().getLast())
                    .contains("a restricted destination: ci-notify:")
                    .doesNotContain(CHANNEL, "sig-net e2e");
        }
    }
}
