// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.console;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.prow.JobType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The very text that a person reads. */
class ConsoleFormatterTest {

    private static final Instant MONDAY = Instant.parse("2026-07-20T07:00:00Z");
    private static final List<String> WHY =
            List.of("rule named: named after the SIG", "Somebody is Primary and at work");

    private final ConsoleFormatter formatter = formatter("UTC");
    private final IncidentView incident = Examples.incident("a1b2c3d4e5", NOON);

    @Test
    void anOpenedIncidentIsThePartsOfTheLayoutInPlainText() {
        assertThat(format(Examples.message(NotificationKind.OPENED, incident, NOON)))
                .isEqualTo("""

                    ● OPENED  sig-network e2e broken: 3 PRs blocked
                      Somebody primary · SIG network: sig-lead · blocks merging
                      3 runs failed since 12:00 UTC on #17, #18, #21
                      Probably the tests or what they test (medium confidence)
                      run https://prow.example.org/view/gs/bucket/pr-logs/pull/example_thing/17/1
                      To acknowledge: /ci-notify ack a1b2c3d4e5 · for the reasons: /ci-notify explain a1b2c3d4e5\
                    """);
    }

    @Test
    void timesAreInTheZoneOfTheReader() {
        Notification opened = Examples.message(NotificationKind.OPENED, incident, MONDAY);

        assertThat(formatter("Europe/Berlin").formatDeferred(new OutgoingMessage.IncidentMessage(opened, WHY)))
                .startsWith("\n● DEFERRED until 2026-07-20 09:00 CEST  ")
                .contains("since 2026-07-15 14:00 CEST");
    }

    @Test
    void evidenceIsOneTestAndTheLineOfTheCause() {
        assertThat(format(SampleMessages.full(NotificationKind.OPENED))).isEqualTo("""

            ● OPENED  sig-net e2e (k8s 1.35, 1.36) broken: 3 PRs blocked
              robin primary, on duty until 16:00 UTC · SIG network: alex · blocks merging
              7 of 13 runs failed since 09:12 UTC on #101, #105, #117 · last green 07:55 UTC 🟩🟩🟩🟩🟥🟩🟥🟥🟥🟥
              Failing: hotplug should attach a second NIC and 2 more
                Timed out after 360.001s.
              Probably the tests or what they test · new today · also on 3 lanes · known issue second NIC gets no address https://github.com/example/net/issues/12
              log https://prow.example.org/view/gs/ci/pr-logs/pull/example_net/117/e2e/1990#build-log:812
              To acknowledge: /ci-notify ack inc-4f1c · for the reasons: /ci-notify explain inc-4f1c\
            """);
    }

    @Test
    void theReasonOfALaterMessageIsShown() {
        assertThat(format(SampleMessages.full(NotificationKind.ESCALATED)))
                .contains("\n  details of the notification (escalated)\n");
        assertThat(format(SampleMessages.full(NotificationKind.HANDOFF))).contains("\n  7 red runs in all\n");
    }

    @Test
    void anAcknowledgedIncidentOffersOnlyTheReasons() {
        Notification acknowledged =
                NotificationBuilder.with(SampleMessages.full(NotificationKind.CHANGED), "acknowledgedBy", "robin");

        assertThat(format(acknowledged))
                .endsWith("\n  For the reasons: /ci-notify explain inc-4f1c")
                .doesNotContain("To acknowledge");
    }

    @Test
    void aPossibleDuplicateIsMarkedBehindItsKind() {
        Instant over = NOON.plus(Duration.ofMinutes(150));
        Notification resolved = Examples.message(NotificationKind.RESOLVED, Examples.resolved(incident, over), over);

        assertThat(format(new Notification(
                        resolved.id(),
                        resolved.kind(),
                        over,
                        over,
                        resolved.incident(),
                        null,
                        Notification.POSSIBLE_DUPLICATE + resolved.text())))
                .startsWith("\n● RESOLVED  (Possible duplicate.) sig-network e2e\n");
    }

    @Test
    void aRequestForHelpIsPrintedOnce() {
        assertThat(format(SampleMessages.request(NotificationKind.OPENED)))
                .startsWith("\n● OPENED  prow: help is wanted on example/net#117\n")
                .containsOnlyOnce("stuck");
    }

    @Test
    void aResolvedIncidentShowsItsDurationAndNoCommands() {
        Instant over = NOON.plus(Duration.ofMinutes(150));

        assertThat(format(Examples.message(NotificationKind.RESOLVED, Examples.resolved(incident, over), over)))
                .isEqualTo("""

            ● RESOLVED  sig-network e2e
              Broken for 2 h 30 min, 3 PRs, 3 failed runs
              run https://prow.example.org/view/gs/bucket/pr-logs/pull/example_thing/17/1\
            """);
    }

    @ParameterizedTest
    @EnumSource(NotificationKind.class)
    void everyKindNamesItsSubject(NotificationKind kind) {
        assertThat(format(Examples.message(kind, incident, NOON))).contains(kind.name() + "  sig-network e2e");
    }

    @Test
    void nobodyCanBeNotified() {
        Recipient nobody = new Recipient(null, null, NOON, null, true, List.of());
        IncidentView unassigned =
                SampleMessages.unclear(NotificationKind.ESCALATED).incident();

        assertThat(format(new Notification(
                        "1", NotificationKind.ESCALATED, NOON, NOON, unassigned, nobody, "nobody answers")))
                .contains("\n  Nobody acknowledged it, and there is no further level");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J\u001b[31m",
                "\u009b31m",
                "a\n● RESOLVED  example/thing everything\n  notify    everybody",
                "a\r\n  incident  forged",
                "a\u2028b\u2029c\u0085d\u000be",
                "\u202egnp.exe\u202c\u2066x\u2069",
                "\u200bzero\u200dwidth\ufeff",
                "\ud800 alone",
                "\u0000\u0007\b",
                "\ue000\udb40\udc41"
            })
    void hostileTextStaysOneHarmlessLine(String hostile) {
        String[] harmless = formatted("harmless").split("\n", -1);

        String[] lines = formatted(hostile).split("\n", -1);

        assertThat(lines).hasSameSizeAs(harmless);
        assertThat(lines).filteredOn(line -> line.startsWith("●")).hasSize(1);
        assertThat(String.join("", lines).codePoints().mapToObj(Character::getType))
                .doesNotContain(
                        (int) Character.CONTROL,
                        (int) Character.FORMAT,
                        (int) Character.SURROGATE,
                        (int) Character.LINE_SEPARATOR,
                        (int) Character.PARAGRAPH_SEPARATOR,
                        (int) Character.PRIVATE_USE);
    }

    @Test
    void longTextIsCut() {
        String[] lines = formatted("x\ud83d\ude00".repeat(32 * 1024)).split("\n");

        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(1000));
        assertThat(String.join("\n", lines)).contains("…");
    }

    @Test
    void theChannelWritesUtf8AndReportsWhenItCannot() throws IOException {
        Notification notice = Examples.message(NotificationKind.OPENED, incident, NOON);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FullDisk disk = new FullDisk(out);
        ConsoleChannel console = new ConsoleChannel(disk);

        AddressedMessage message =
                new AddressedMessage("console", "stdout", new OutgoingMessage.IncidentMessage(notice, WHY));
        assertThat(console.post(message)).isInstanceOfSatisfying(SendResult.RetryLater.class, retry -> {
            assertThat(retry.reason()).contains("No space left");
            assertThat(retry.retryAfter()).isPositive();
        });
        disk.full = false;
        assertThat(console.post(message)).isEqualTo(new SendResult.Sent("stdout"));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(format(notice) + "\n");
    }

    /** The text with the same outside text wherever outside text stands. */
    private static String formatted(String outside) {
        FailedRun run =
                new FailedRun(outside, outside, JobType.PRESUBMIT, 1, "1", "https://" + outside, outside, NOON, false);
        IncidentView hostile = new IncidentView(
                "1",
                incidentOf().kind(),
                outside,
                incidentOf().state(),
                incidentOf().diagnosis(),
                false,
                List.of(outside),
                NOON,
                null,
                1,
                List.of(),
                null,
                outside,
                null,
                null,
                null,
                run,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return formatter("UTC")
                .format(new OutgoingMessage.IncidentMessage(
                        new Notification(
                                "1",
                                NotificationKind.REMINDED,
                                NOON,
                                NOON,
                                hostile,
                                Examples.recipient(NOON),
                                "broken: " + outside),
                        List.of(outside)));
    }

    private String format(Notification notification) {
        return formatter.format(new OutgoingMessage.IncidentMessage(notification, WHY));
    }

    private static ConsoleFormatter formatter(String zone) {
        return new ConsoleFormatter(() -> new MessageModelFactory(Links.none(), handle -> null), ZoneId.of(zone));
    }

    private static IncidentView incidentOf() {
        return Examples.incident("1", NOON);
    }

    /** Standard output on a full disk. */
    private static final class FullDisk extends OutputStream {

        private final OutputStream file;
        private boolean full = true;

        private FullDisk(OutputStream file) {
            this.file = file;
        }

        @Override
        public void write(int one) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            file.write(one);
        }
    }
}
