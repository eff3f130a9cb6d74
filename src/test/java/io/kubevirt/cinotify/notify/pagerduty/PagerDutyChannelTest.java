// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.FakePagerDuty;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.GuardedWrites;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is paged, and what follows. */
class PagerDutyChannelTest {
    private static final String KEY = "ci-notify:inc-4f1c";

    @TempDir
    private Path folder;

    private final FakePagerDuty pagerDuty = new FakePagerDuty();
    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofMinutes(1));
    private Channel channel;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        Files.writeString(folder.resolve("key"), FakePagerDuty.KEY);
        Templates templates = Templates.open(TemplateSet.PLAIN, null);
        PagerDutyConfig config = new PagerDutyConfig("key", pagerDuty.address().toString(), null);
        channel = config.open(new ChannelContext(client, folder, set -> templates, Links::none, () -> List.of(config)));
    }

    @AfterEach
    void close() {
        client.close();
        pagerDuty.close();
    }

    private static AddressedMessage addressed(Notification notification) {
        return new AddressedMessage(
                "pagerduty", "service", new OutgoingMessage.IncidentMessage(notification, List.of("because")));
    }

    private static Notification escalated() {
        return SampleMessages.full(NotificationKind.ESCALATED);
    }

    private List<String> destinations(Notification notification) {
        return channel.destinations(addressed(notification).message());
    }

    @ParameterizedTest
    @EnumSource(NotificationKind.class)
    void onlyABlockingIncidentThatNobodyAcknowledgedInTimePages(NotificationKind kind) {
        Notification unanswered = NotificationBuilder.with(SampleMessages.full(kind), "acknowledgedBy", null);
        Notification open = NotificationBuilder.with(unanswered, "snoozedUntil", null);
        boolean over = kind == NotificationKind.RESOLVED || open.incident().foldedInto() != null;

        assertThat(destinations(NotificationBuilder.with(open, "blocking", true)))
                .hasSize(kind == NotificationKind.ESCALATED || over ? 1 : 0);
        assertThat(destinations(NotificationBuilder.with(open, "blocking", false)))
                .hasSize(over ? 1 : 0);
    }

    @Test
    void theAlertIsAcknowledgedAndResolvedWithTheIncident() {
        Notification open = NotificationBuilder.with(
                NotificationBuilder.with(escalated(), "acknowledgedBy", null), "snoozedUntil", null);

        assertThat(channel.post(addressed(open))).isEqualTo(new SendResult.Sent(KEY));
        assertThat(pagerDuty.open()).containsEntry(KEY, "triggered");
        JsonNode event = pagerDuty.events().getFirst();
        assertThat(event.at("/payload/summary").asText()).startsWith("sig-net e2e (k8s 1.35, 1.36)");
        assertThat(event.at("/payload/severity").asText()).isEqualTo("critical");
        assertThat(event.at("/payload/group").asText()).isEqualTo("sig-support");
        assertThat(event.at("/links/0/href").asText()).startsWith("https://prow.example.org/");
        assertThat(event.at("/payload/custom_details/message").asText()).contains("Timed out after 360.001s.");

        channel.edit(addressed(NotificationBuilder.with(open, "acknowledgedBy", "robin")), KEY);
        assertThat(pagerDuty.open()).containsEntry(KEY, "acknowledged");
        channel.edit(addressed(SampleMessages.full(NotificationKind.RESOLVED)), KEY);
        assertThat(pagerDuty.open()).isEmpty();
        assertThat(pagerDuty.alerts()).containsExactly(KEY);
    }

    @Test
    void anAnswerBeforeAnyAlertOpensNone() {
        channel.post(addressed(NotificationBuilder.with(escalated(), "acknowledgedBy", "robin")));

        assertThat(pagerDuty.alerts()).isEmpty();
        assertThat(pagerDuty.events()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        200 | <html>login</html>            | Unknown    | check pagerduty.url
        202 | {"status":"odd"}              | Unknown    | check pagerduty.url
        301 | x                             | RetryLater | check pagerduty.url
        400 | {"errors":["'payload' wrong"]} | Rejected   | 'payload' wrong
        400 | {"errors":["'routing_key' is invalid"]} | RetryLater | put the integration key
        403 | x                             | RetryLater | put the integration key
        413 | x                             | Rejected   | 413
        429 | x                             | RetryLater | PT1M
        500 | x                             | Unknown    | 500
        503 | x                             | Unknown    | 503
        """)
    void eachResponseHasAResultAndAnExplanation(int status, String body, String state, String sentence) {
        pagerDuty.server().failOnce("enqueue", Fault.answers(status, body));

        SendResult result = channel.post(addressed(escalated()));

        assertThat(result.getClass().getSimpleName()).isEqualTo(state);
        assertThat(result.toString()).contains(sentence);
    }

    @Test
    void anotherKeyIsReportedWithoutIt() throws IOException {
        Files.writeString(folder.resolve("key"), "f".repeat(32));

        assertThat(channel.post(addressed(escalated())).toString())
                .contains("'routing_key' is invalid", folder.resolve("key").toString(), "CHANNEL")
                .doesNotContain("f".repeat(32));
        Files.delete(folder.resolve("key"));
        assertThat(channel.post(addressed(escalated())).toString()).contains("no such file");
    }

    @Test
    void theGuardIsAskedBeforeEachWrite() {
        GuardedWrites.check(
                channel,
                addressed(escalated()),
                () -> pagerDuty.server().requests().size());
    }

    @Test
    void aTestNotificationIsAnAlertThatPagesGently() {
        OutgoingMessage.TextMessage text =
                new OutgoingMessage.TextMessage("t-1", "t-1", "pagerduty", "service", "TEST", "Nothing is broken.");

        assertThat(channel.post(new AddressedMessage("pagerduty", "service", text)))
                .isInstanceOf(SendResult.Sent.class);

        assertThat(pagerDuty.events().getFirst().at("/payload/severity").asText())
                .isEqualTo("info");
        assertThat(channel.audience("service")).isEqualTo(Audience.PUBLIC);
        assertThat(channel.destinations(text)).containsExactly("service");
    }
}
