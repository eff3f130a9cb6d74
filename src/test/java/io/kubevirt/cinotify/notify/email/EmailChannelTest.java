// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeSmtp;
import io.kubevirt.cinotify.fixture.GuardedWrites;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.MessageRenderer;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people get by e-mail. */
class EmailChannelTest {
    private static final String LIST = "ci@example.org";
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final FakeSmtp server = new FakeSmtp();
    private String security = "none";
    private List<String> to = List.of(LIST);
    private EmailChannel channel;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        Files.writeString(folder.resolve("password"), FakeSmtp.PASSWORD);
        channel = open(LONG);
    }

    private EmailChannel open(Duration timeout) throws InvalidConfigException {
        Templates plain = Templates.open(TemplateSet.PLAIN, null);
        Templates rich = Templates.open(HtmlMarkup.TEMPLATES, null);
        return new EmailChannel(
                this::config,
                new SmtpClient(this::config, file -> new SecretFile(folder.resolve(file)), timeout),
                new MessageRenderer(TemplateSet.PLAIN, () -> plain, Links::none, handle -> null),
                new MessageRenderer(HtmlMarkup.TEMPLATES, () -> rich, Links::none, handle -> null));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private EmailConfig config() {
        return new EmailConfig(
                new EmailConfig.Smtp("127.0.0.1", server.port(), security, FakeSmtp.USER, "password"),
                "ci-notify@ci.example.org",
                to,
                Map.of("prow", List.of("prow@example.org", "alex@example.org")),
                Map.of("robin", "robin@example.org", "alex", "alex@example.org"),
                "https://lists.example.org/leave",
                null);
    }

    private static AddressedMessage addressed(Notification notification) {
        return new AddressedMessage(
                "email", LIST, new OutgoingMessage.IncidentMessage(notification, List.of("because")));
    }

    private static AddressedMessage addressed(NotificationKind kind) {
        return addressed(SampleMessages.full(kind));
    }

    private static String header(MimeMessage mail, String name) throws MessagingException {
        assertThat(mail.getHeader(name)).as(name).hasSize(1);
        return mail.getHeader(name, null);
    }

    private static String part(MimeMessage mail, int index) throws MessagingException, IOException {
        BodyPart part = ((Multipart) mail.getContent()).getBodyPart(index);
        return String.valueOf(part.getContent());
    }

    @Test
    void anIncidentIsAThreadOfMailsInTextAndHtml() throws Exception {
        assertThat(channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Sent.class);
        channel.reply(addressed(NotificationKind.RESOLVED), "root");

        MimeMessage first = server.mails().getFirst();
        MimeMessage second = server.mails().get(1);
        String id = header(first, "Message-ID");
        assertThat(id).isEqualTo("<ci-notify.inc-4f1c@ci.example.org>");
        assertThat(header(second, "In-Reply-To")).isEqualTo(id);
        assertThat(header(second, "References")).isEqualTo(id);
        assertThat(header(second, "Message-ID")).isNotEqualTo(id);
        assertThat(second.getSubject()).isEqualTo("Re: " + first.getSubject());
        assertThat(header(first, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(first, "List-Id")).isEqualTo("ci-notify <ci-notify.ci.example.org>");
        assertThat(first.getHeader("List-Unsubscribe")).as("only of notes").isNull();
        assertThat(header(first, "Date")).isNotEmpty();
        assertThat(first.getAllRecipients()).extracting(Object::toString).containsExactly(LIST);
        assertThat(part(first, 0))
                .startsWith("sig-net e2e (k8s 1.35, 1.36) broken: 3 PRs blocked")
                .contains("Timed out");
        assertThat(part(first, 1)).startsWith("<b>sig-net e2e").contains("<br>", "<a href=\"https://prow.example.org/");
        assertThat(part(second, 0)).startsWith("Resolved: ");
    }

    @Test
    void untrustedTextAddsNoHeaderAndNoElement() throws Exception {
        Notification hostile = NotificationBuilder.titled(
                SampleMessages.full(NotificationKind.OPENED), "a\r\nBcc: all@example.org\n\n<script>x</script> \u00e4");

        assertThat(channel.post(addressed(hostile))).isInstanceOf(SendResult.Sent.class);

        MimeMessage mail = server.mails().getFirst();
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).contains("Bcc: all@example.org", "\u00e4");
        assertThat(part(mail, 1)).doesNotContain("<script");
        assertThat(new HtmlMarkup().link("a\"b", "javascript:x")).isEqualTo("a&quot;b");
    }

    @Test
    void peopleGetWhatNotifiesThemAndAnAreaHasItsOwnAddresses() {
        Notification opened = SampleMessages.full(NotificationKind.OPENED);

        assertThat(channel.destinations(addressed(opened).message())).containsExactly(LIST, "robin@example.org");
        assertThat(channel.destinations(addressed(NotificationKind.CHANGED).message()))
                .isEmpty();
        assertThat(channel.destinations(addressed(NotificationKind.RESOLVED).message()))
                .contains(LIST);
        assertThat(config().addressesOf("prow")).containsExactly("prow@example.org", "alex@example.org");
        assertThat(channel.audience(LIST)).isEqualTo(Audience.PUBLIC);
        assertThat(channel.audience("robin@example.org")).isEqualTo(Audience.PRIVATE);
        assertThat(channel.directMessages("robin")).contains("robin@example.org");
    }

    /** It also gets what notifies others. */
    @Test
    void anAddressOfAPersonThatGetsMoreIsNotPrivate() {
        assertThat(channel.audience("alex@example.org")).isEqualTo(Audience.PUBLIC);

        to = List.of(LIST, "robin@example.org");
        assertThat(channel.audience("robin@example.org")).isEqualTo(Audience.PUBLIC);
    }

    @Test
    void theFirstMailSaysWhyItIsSent() throws Exception {
        channel.post(addressed(NotificationKind.ESCALATED));
        channel.post(addressed(NotificationKind.HANDOFF));

        for (int index = 0; index < 2; index++) {
            assertThat(part(server.mails().getFirst(), index)).contains("details of the notification (escalated)");
            assertThat(part(server.mails().get(1), index)).contains("- 7 red runs in all");
        }
    }

    @Test
    void aNoteCanBeUnsubscribed() throws Exception {
        OutgoingMessage.TextMessage note = new OutgoingMessage.TextMessage(
                "week-10",
                "week",
                "email",
                LIST,
                "This week",
                "- **one** <script>\n- [x](javascript:y) @&#8203;org/team");

        assertThat(channel.post(new AddressedMessage("email", LIST, note))).isInstanceOf(SendResult.Sent.class);

        MimeMessage mail = server.mails().getFirst();
        assertThat(header(mail, "List-Unsubscribe")).isEqualTo("<https://lists.example.org/leave>");
        assertThat(part(mail, 1)).contains("<strong>one</strong>").doesNotContain("<script", "javascript:");
        assertThat(part(mail, 0)).contains("@\u200borg/team");
        assertThat(channel.destinations(note)).containsExactly(LIST);
        assertThat(channel.defaultDestination()).contains(LIST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        greeting | 421 4.3.2 not now          | RetryLater | CHANNEL     | does not take mail
        greeting | 554 no service             | RetryLater | CHANNEL     | does not take mail
        AUTH     | 535 5.7.8 bad credentials  | RetryLater | CHANNEL     | put the password into
        MAIL     | 451 4.7.1 greylisted       | RetryLater | DESTINATION | greylisted
        MAIL     | 553 5.7.1 sender refused   | RetryLater | DESTINATION | accept mail from email.from
        RCPT     | 450 4.2.1 later            | RetryLater | DESTINATION | later
        RCPT     | 550 5.1.1 no such user     | Rejected   |             | fix or remove the address
        RCPT     | 550                        | Rejected   |             | fix or remove the address
        DATA     | 421 4.3.2 closing          | RetryLater | CHANNEL     | closing
        the dot  | 452 4.3.1 disk full        | RetryLater | DESTINATION | disk full
        the dot  | 552 5.3.4 too big          | Rejected   |             | too big
        the dot  | 554 5.7.1 looks like spam  | RetryLater | DESTINATION | looks like spam
        """)
    void eachResponseHasAResultAndAnExplanation(
            String command, String reply, String state, String scope, String sentence) {
        server.refuse(command, reply);

        SendResult result = channel.post(addressed(NotificationKind.OPENED));

        assertThat(result.getClass().getSimpleName()).isEqualTo(state);
        assertThat(result.toString()).contains(sentence).contains(scope == null ? "" : "scope=" + scope);
        assertThat(server.mails()).isEmpty();
        server.acceptAll();
        assertThat(channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aRefusedAddressDoesNotConcernTheOthers() {
        server.refuse("RCPT TO:<" + LIST, "550 5.1.1 no such user");

        assertThat(channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Rejected.class);
        assertThat(channel.post(new AddressedMessage(
                        "email",
                        "robin@example.org",
                        addressed(NotificationKind.OPENED).message())))
                .isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aMailWhoseResponseIsLostIsUnknownAndKeepsItsId() throws Exception {
        server.cutAfterStoring(1);

        assertThat(channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Unknown.class);
        assertThat(channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Sent.class);

        assertThat(server.mails()).hasSize(2);
        assertThat(header(server.mails().get(1), "Message-ID"))
                .isEqualTo(header(server.mails().getFirst(), "Message-ID"));
    }

    @Test
    void aServerThatDoesNotGreetOrHasNoTlsGetsNothing() throws InvalidConfigException {
        security = "starttls";
        assertThat(channel.post(addressed(NotificationKind.OPENED)).toString())
                .startsWith("RetryLater")
                .contains("STARTTLS", "check email.smtp.port and email.smtp.security");
        security = "none";
        server.beSilent();
        assertThat(open(Duration.ofMillis(50))
                        .post(addressed(NotificationKind.OPENED))
                        .toString())
                .startsWith("RetryLater")
                .contains("127.0.0.1", "CHANNEL");
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aMissingOrWrongPasswordIsReportedWithoutIt() throws IOException {
        Files.writeString(folder.resolve("password"), "another-password");
        assertThat(channel.post(addressed(NotificationKind.OPENED)).toString())
                .contains("rejects the user", folder.resolve("password").toString())
                .doesNotContain("another-password");
        Files.delete(folder.resolve("password"));
        assertThat(channel.post(addressed(NotificationKind.OPENED)).toString()).contains("no such file", "CHANNEL");
    }

    @Test
    void theGuardIsAskedBeforeEachWrite() {
        GuardedWrites.check(channel, addressed(NotificationKind.OPENED), server::begun);
    }
}
