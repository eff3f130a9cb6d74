// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.console;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.prow.JobType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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

    private final IncidentView incident = Examples.incident("a1b2c3d4e5", NOON);

    @Test
    void anOpenedIncidentShowsWhoActsAndWhy() {
        assertThat(ConsoleFormatter.format(Examples.message(NotificationKind.OPENED, incident, NOON), WHY))
                .isEqualTo("""

                    ● OPENED  example/thing pull-e2e-sig-network
                      notify    Somebody (Primary)
                      sig       network, SIG contact: sig-lead
                      what      is broken: pull-e2e-sig-network is red on 3 pull requests within 24 h, 60 % of 5 finished runs
                      cause     test, area sig-support (confidence medium, rule named: named after the SIG)
                      since     2026-07-15T12:00:00Z, on #17, #18, #21, blocks merging
                      lanes     pull-e2e-sig-network
                      run       https://prow.example.org/view/gs/bucket/pr-logs/pull/example_thing/17/1 "Job failed."
                      evidence  none yet: the artifacts of the run have not been read
                      why       Somebody is Primary and at work
                      incident  a1b2c3d4e5
                      commands  /ci-notify ack a1b2c3d4e5\
                    """);
    }

    @Test
    void evidenceOfArtifactsIsShown() {
        assertThat(ConsoleFormatter.format(SampleMessages.full(NotificationKind.OPENED), WHY))
                .contains("test      [sig-net] hotplug should attach a second NIC and 2 more")
                .contains("same      the same failure on 4 lanes, 3 pull requests since 2026-11-15T13:30:00Z; "
                        + "new: not seen in the 21 days before")
                .contains("log       Timed out after 360.001s.");
    }

    @Test
    void missingEvidenceAndAnOpenDecisionAreNamed() {
        assertThat(ConsoleFormatter.format(SampleMessages.unclear(NotificationKind.OPENED), WHY))
                .contains("evidence  none yet: the artifacts of the run have not been read")
                .contains("cause     unclear: either a cause that its lanes share (area operations), as 6 lanes of this"
                        + " pull request are failing, or the change itself (SIG network); for now test, area"
                        + " sig-support (confidence low, rule named: its name says so)");
        assertThat(ConsoleFormatter.format(SampleMessages.bare(NotificationKind.OPENED), WHY))
                .as("what is about no run has no artifacts")
                .doesNotContain("evidence");
    }

    @Test
    void aRequestForHelpIsPrintedOnce() {
        String text = ConsoleFormatter.format(
                SampleMessages.request(NotificationKind.OPENED),
                List.of("alex asks below \"Make it better\": the queue is stuck", "robin is at work"));

        assertThat(text)
                .startsWith("\n● OPENED  prow: help is wanted on example/net#117\n")
                .containsOnlyOnce("stuck");
        assertThat(text).contains("what      alex asks below \"Make it better\": the queue is stuck\n");
    }

    @Test
    void deferredNotification() {
        assertThat(ConsoleFormatter.formatDeferred(Examples.message(NotificationKind.OPENED, incident, MONDAY), WHY))
                .startsWith("""

                    ● DEFERRED until 2026-07-20T07:00:00Z  example/thing pull-e2e-sig-network
                      notify    Somebody (Primary)
                      sig       network, SIG contact: sig-lead
                    """);
    }

    @Test
    void aResolvedIncidentShowsItsDuration() {
        Instant over = NOON.plus(Duration.ofMinutes(150));
        Notification notification =
                Examples.message(NotificationKind.RESOLVED, Examples.resolved(incident, over), over);

        assertThat(ConsoleFormatter.format(notification, WHY)).isEqualTo("""

            ● RESOLVED  example/thing pull-e2e-sig-network
              notified  Somebody
              what      is over: green again
              duration  2 h 30 min, 3 red runs, on #17, #18, #21
              run       https://prow.example.org/view/gs/bucket/pr-logs/pull/example_thing/17/1 "Job failed."
              incident  a1b2c3d4e5\
            """);
    }

    @ParameterizedTest
    @EnumSource(NotificationKind.class)
    void everyKindNamesItsSubject(NotificationKind kind) {
        assertThat(ConsoleFormatter.format(Examples.message(kind, incident, NOON), WHY))
                .contains(kind.name() + "  example/thing pull-e2e-sig-network")
                .contains("incident  a1b2c3d4e5");
    }

    @Test
    void nobodyCanBeNotified() {
        Recipient nobody = new Recipient(null, null, NOON, null, true, List.of());
        Notification notification =
                new Notification("1", NotificationKind.ESCALATED, NOON, NOON, incident, nobody, "nobody answers");

        assertThat(ConsoleFormatter.format(notification, List.of("why")))
                .contains("notify    no member: see why")
                .contains("sig       network\n")
                .doesNotContain("/ci-notify");
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
        assertThat(labels(lines)).isEqualTo(labels(harmless));
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
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(ConsoleFormatter.format(notice, WHY) + "\n");
    }

    /** What stands before the outside text on each line. */
    private static List<String> labels(String... lines) {
        return Arrays.stream(lines)
                .map(line -> line.substring(0, Math.min(line.length(), 12)))
                .map(line -> line.startsWith("●") ? line.substring(0, 10) : line)
                .toList();
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
                null, null, null, null);
        return ConsoleFormatter.format(
                new Notification(
                        "1",
                        NotificationKind.OPENED,
                        NOON,
                        NOON,
                        hostile,
                        Examples.recipient(NOON),
                        "broken: " + outside),
                List.of(outside));
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
