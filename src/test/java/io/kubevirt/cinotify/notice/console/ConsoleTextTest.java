/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.notice.console;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.incident.policy.RedRun;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.template.ExampleMessages;
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
class ConsoleTextTest {

    private static final Instant MONDAY = Instant.parse("2026-07-20T07:00:00Z");
    private static final List<String> WHY = List.of("rule named: it says so", "Somebody is Primary and at work");

    private final IncidentView incident = Examples.incident("a1b2c3d4e5", NOON);

    @Test
    void whatBreaks() {
        assertThat(ConsoleText.said(Examples.message(MessageKind.OPENED, incident, NOON), WHY))
                .isEqualTo("""

                        ● OPENED  example/thing pull-e2e-sig-network
                          tell      Somebody (Primary)
                          sig       network, for the SIG: sig-lead
                          what      is broken: pull-e2e-sig-network is red on 3 pull requests within 24 h, 60 % of 5 finished runs
                          read as   test, area sig-support (confidence medium, rule named: it says so)
                          since     2026-07-15T12:00:00Z, on #17, #18, #21, blocks merging
                          lanes     pull-e2e-sig-network
                          run       https://prow.example.org/view/gs/bucket/pr-logs/pull/example_thing/17/1 "Job failed."
                          evidence  none so far: the artifacts of the run have not been read
                          why       Somebody is Primary and at work
                          incident  a1b2c3d4e5
                          answer    /ci-notify ack a1b2c3d4e5""");
    }

    @Test
    void whatTheArtifactsShow() {
        assertThat(ConsoleText.said(ExampleMessages.full(MessageKind.OPENED), WHY))
                .contains("test      [sig-net] hotplug should attach a second NIC and 2 more")
                .contains("same      the same failure on 4 lanes, 3 pull requests since 2026-11-15T13:30:00Z; "
                        + "new: not seen in the 21 days before")
                .contains("log       Timed out after 360.001s.");
    }

    @Test
    void withoutEvidenceAndWithoutADecisionItSaysSo() {
        assertThat(ConsoleText.said(ExampleMessages.unclear(MessageKind.OPENED), WHY))
                .contains("evidence  none so far: the artifacts of the run have not been read")
                .contains("read as   unclear: either what its lanes share (area operations), as 6 lanes of this pull"
                        + " request are red, or the change itself (SIG network); until then test, area sig-support"
                        + " (confidence low, rule named: its name says so)");
        assertThat(ConsoleText.said(ExampleMessages.bare(MessageKind.OPENED), WHY))
                .as("what is about no run has no artifacts")
                .doesNotContain("evidence");
    }

    @Test
    void whatSomebodyAsksForIsSaidOnce() {
        String text = ConsoleText.said(
                ExampleMessages.request(MessageKind.OPENED),
                List.of("alex asks below \"Make it better\": the queue is stuck", "robin is at work"));

        assertThat(text)
                .startsWith("\n● OPENED  prow: help is wanted on example/net#117\n")
                .containsOnlyOnce("stuck");
        assertThat(text).contains("what      alex asks below \"Make it better\": the queue is stuck\n");
    }

    @Test
    void whatWillBeSaidLater() {
        assertThat(ConsoleText.deferred(Examples.message(MessageKind.OPENED, incident, MONDAY), WHY))
                .startsWith("""

                        ● DEFERRED until 2026-07-20T07:00:00Z  example/thing pull-e2e-sig-network
                          tell      Somebody (Primary)
                          sig       network, for the SIG: sig-lead
                        """);
    }

    @Test
    void whatIsOver() {
        Instant over = NOON.plus(Duration.ofMinutes(150));
        Message message = Examples.message(MessageKind.RESOLVED, Examples.resolved(incident, over), over);

        assertThat(ConsoleText.said(message, WHY)).isEqualTo("""

                        ● RESOLVED  example/thing pull-e2e-sig-network
                          told      Somebody
                          what      is over: green again
                          after     2 h 30 min, 3 red runs, on #17, #18, #21
                          run       https://prow.example.org/view/gs/bucket/pr-logs/pull/example_thing/17/1 "Job failed."
                          incident  a1b2c3d4e5""");
    }

    @ParameterizedTest
    @EnumSource(MessageKind.class)
    void everyKindSaysWhatItIsAbout(MessageKind kind) {
        assertThat(ConsoleText.said(Examples.message(kind, incident, NOON), WHY))
                .contains(kind.name() + "  example/thing pull-e2e-sig-network")
                .contains("incident  a1b2c3d4e5");
    }

    @Test
    void whereNobodyCanBeTold() {
        Addressee nobody = new Addressee(null, null, NOON, null, true, List.of());
        Message message = new Message("1", MessageKind.ESCALATED, NOON, NOON, incident, nobody, "nobody answers");

        assertThat(ConsoleText.said(message, List.of("why")))
                .contains("tell      nobody by name: see why")
                .contains("sig       network\n")
                .doesNotContain("/ci-notify");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J\u001b[31m",
                "\u009b31m",
                "a\n● RESOLVED  example/thing everything\n  tell      everybody",
                "a\r\n  incident  forged",
                "a\u2028b\u2029c\u0085d\u000be",
                "\u202egnp.exe\u202c\u2066x\u2069",
                "\u200bzero\u200dwidth\ufeff",
                "\ud800 alone",
                "\u0000\u0007\b",
                "\ue000\udb40\udc41"
            })
    void hostileTextStaysOneHarmlessLine(String hostile) {
        String[] harmless = said("harmless").split("\n", -1);

        String[] lines = said(hostile).split("\n", -1);

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
        String[] lines = said("x\ud83d\ude00".repeat(32 * 1024)).split("\n");

        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(1000));
        assertThat(String.join("\n", lines)).contains("…");
    }

    @Test
    void theChannelWritesUtf8AndTellsWhenItCannot() throws IOException {
        Message notice = Examples.message(MessageKind.OPENED, incident, NOON);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FullDisk disk = new FullDisk(out);
        ConsoleChannel console = new ConsoleChannel(disk);

        Saying saying = new Saying("console", "stdout", new Content.IncidentNews(notice, WHY));
        assertThat(console.post(saying)).isInstanceOfSatisfying(Receipt.Later.class, retry -> {
            assertThat(retry.why()).contains("No space left");
            assertThat(retry.after()).isPositive();
        });
        disk.full = false;
        assertThat(console.post(saying)).isEqualTo(new Receipt.Written("stdout"));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(ConsoleText.said(notice, WHY) + "\n");
    }

    /** What stands before the outside text on each line. */
    private static List<String> labels(String... lines) {
        return Arrays.stream(lines)
                .map(line -> line.substring(0, Math.min(line.length(), 12)))
                .map(line -> line.startsWith("●") ? line.substring(0, 10) : line)
                .toList();
    }

    /** The text with the same outside text wherever outside text stands. */
    private static String said(String outside) {
        RedRun run = new RedRun(outside, outside, JobType.PRESUBMIT, 1, "1", "https://" + outside, outside, NOON);
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
                run);
        return ConsoleText.said(
                new Message(
                        "1", MessageKind.OPENED, NOON, NOON, hostile, Examples.addressee(NOON), "broken: " + outside),
                List.of(outside));
    }

    private static IncidentView incidentOf() {
        return Examples.incident("1", NOON);
    }

    /** Standard output that goes into a file on a disk without room. */
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
