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
package io.kubevirt.cinotify.notice.slack;

import static io.kubevirt.cinotify.notice.slack.SlackBench.CHANNEL;
import static io.kubevirt.cinotify.notice.slack.SlackBench.person;
import static io.kubevirt.cinotify.notice.slack.SlackBench.saying;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.DryRun;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.template.ExampleMessages;
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

    private SlackBench bench;

    @BeforeEach
    void open() {
        bench = new SlackBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theIncidentIsOneRootThatCarriesItsIdentity() {
        Receipt receipt = bench.channel.post(saying(MessageKind.OPENED));

        assertThat(receipt).isInstanceOf(Receipt.Written.class);
        assertThat(bench.slack.messages()).singleElement().satisfies(root -> {
            assertThat(root.channel()).isEqualTo(CHANNEL);
            assertThat(root.marker()).isEqualTo("ci-notify:inc-4f1c");
            assertThat(root.text())
                    .startsWith("Broken: example/net pull-e2e-sig-net\n")
                    .contains("what has to be said of it");
            assertThat(root.blocks().findValuesAsText("type")).startsWith("header");
            assertThat(root.blocks().toString()).contains("How we know").contains("Timed out after 360.001s.");
        });
    }

    @Test
    void newsChangeTheRootWithoutAnotherMessage() {
        String root = bench.root();

        assertThat(bench.channel.edit(saying(MessageKind.RESOLVED), root)).isEqualTo(new Receipt.Written(root));
        assertThat(bench.channel.edit(saying(MessageKind.RESOLVED), root)).isEqualTo(new Receipt.Written(root));

        assertThat(bench.slack.messages()).singleElement().satisfies(message -> {
            assertThat(message.text()).startsWith("Resolved: ");
            assertThat(message.marker()).isEqualTo("ci-notify:inc-4f1c");
        });
    }

    @Test
    void whoMustActIsCalledInTheThread() {
        bench.people = List.of(person("robin", "U0ROBIN"));
        String root = bench.root();

        Receipt receipt = bench.channel.reply(saying(MessageKind.ESCALATED), root);

        assertThat(receipt).isInstanceOf(Receipt.Written.class);
        FakeSlack.Message reply = bench.slack.messages().getLast();
        assertThat(reply.thread()).isEqualTo(bench.slack.messages().getFirst().ts());
        assertThat(reply.text()).contains("<@U0ROBIN>");
        assertThat(reply.marker()).isEqualTo("ci-notify:inc-4f1c-escalated-1");
    }

    @Test
    void whoHasNoSlackIdIsNamedAndNotCalled() {
        bench.root();

        assertThat(bench.slack.messages().getFirst().blocks().toString())
                .contains("robin")
                .doesNotContain("<@");
    }

    @Test
    void eachPersonIsCalledInOneChannelOnly() {
        bench.people = List.of(person("robin", "U0ROBIN"), person("alex", "U0ALEX"));
        bench.places = new SlackPlaces(CHANNEL, Map.of(), Map.of("network", "network"), false);
        Message opened = ExampleMessages.full(MessageKind.OPENED);

        for (String place : bench.channel.places(new Content.IncidentNews(opened, List.of()))) {
            bench.channel.post(saying(opened, place));
        }

        assertThat(bench.slack.messages())
                .extracting(FakeSlack.Message::channel)
                .containsExactly(CHANNEL, "network");
        assertThat(bench.slack.messages().getFirst().blocks().toString())
                .contains("<@U0ROBIN>")
                .doesNotContain("<@U0ALEX>");
        assertThat(bench.slack.messages().getLast().blocks().toString())
                .contains("<@U0ALEX>")
                .doesNotContain("<@U0ROBIN>");
    }

    @Test
    void whoIsNotAtWorkIsNotCalledByTheRootThatTheChannelSeesAtOnce() {
        bench.people = List.of(person("robin", "U0ROBIN"));
        Message now = ExampleMessages.full(MessageKind.OPENED);
        Addressee to = now.to();
        Addressee later = new Addressee(
                to.handle(), to.level(), to.at().plus(Duration.ofHours(9)), to.sigPerson(), true, to.reasons());
        Message message =
                new Message(now.id(), now.kind(), now.decidedAt(), later.at(), now.incident(), later, now.text());

        Receipt root = bench.channel.post(saying(message, CHANNEL));
        bench.channel.reply(saying(message, CHANNEL), ((Receipt.Written) root).reference());

        assertThat(bench.slack.messages().getFirst().blocks().toString()).doesNotContain("<@U0ROBIN>");
        assertThat(bench.slack.messages().getLast().text()).contains("<@U0ROBIN>");
    }

    @Test
    void placesFollowAreaAndSig() {
        bench.places = new SlackPlaces(
                CHANNEL, Map.of("sig-support", "support"), Map.of("network", SlackPlaces.NOWHERE), true);

        assertThat(bench.channel.places(saying(MessageKind.OPENED).content())).containsExactly("support");
        assertThat(bench.channel.places(new Content.Letter("1", "1", "github", "o/r#1", "t", "m")))
                .isEmpty();
        assertThat(bench.channel.places(new Content.Letter("1", "1", "slack", "elsewhere", "t", "m")))
                .containsExactly("elsewhere");
    }

    @Test
    void textFromOutsideCallsNobodyAndDrawsNothing() {
        Message example = ExampleMessages.full(MessageKind.OPENED);
        Message hostile = new Message(
                example.id(),
                example.kind(),
                example.decidedAt(),
                example.at(),
                example.incident(),
                null,
                "<!channel> <@U0ROBIN> *bold* <https://evil.example|here> & @everyone");

        bench.channel.post(saying(hostile, CHANNEL));

        FakeSlack.Message written = bench.slack.messages().getFirst();
        for (String shown : List.of(written.text(), written.blocks().toString())) {
            assertThat(shown)
                    .doesNotContain("<!channel>")
                    .doesNotContain("<@")
                    .doesNotContain("<https://evil")
                    .contains("&lt;!channel&gt;");
        }
    }

    @Test
    void aLongMessageIsCutAndStillTaken() {
        Message example = ExampleMessages.full(MessageKind.OPENED);
        Message endless = new Message(
                example.id(),
                example.kind(),
                example.decidedAt(),
                example.at(),
                example.incident(),
                null,
                ("<&>".repeat(40) + "\n").repeat(2_000));

        Receipt root = bench.channel.post(saying(endless, CHANNEL));
        Receipt edited = bench.channel.edit(saying(endless, CHANNEL), ((Receipt.Written) root).reference());

        assertThat(edited).isInstanceOf(Receipt.Written.class);
        FakeSlack.Message written = bench.slack.messages().getFirst();
        assertThat(written.text()).hasSizeLessThan(4_000);
        assertThat(written.blocks().findValues("text"))
                .allSatisfy(text -> assertThat(text.path("text").asText()).hasSizeLessThanOrEqualTo(3_000));
        assertThat(written.blocks()).hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void aLetterIsShownWithItsOwnWords() {
        Saying letter = new Saying(
                "slack", CHANNEL, new Content.Letter("week", "week", "slack", CHANNEL, "This week", "- *one*\n- two"));

        assertThat(bench.channel.post(letter)).isInstanceOf(Receipt.Written.class);

        assertThat(bench.slack.messages().getFirst().blocks().toString()).contains("- *one*\\n- two");
        assertThat(bench.channel.findRoot(letter)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void whereALetterHasSlacksOwnMarkupThatIsShownInPartsAndACutIsSaid() {
        String line =
                "• <https://github.example.org/o/r/issues/1|o/r#1> " + "something is slow, ".repeat(10) + "again\n";
        Saying letter = new Saying(
                "slack",
                CHANNEL,
                new Content.Letter(
                        "week",
                        "week",
                        "slack",
                        CHANNEL,
                        "This week",
                        "- [o/r#1](x)",
                        false,
                        "*Open: 99*\n\n" + line.repeat(99)));

        assertThat(bench.channel.post(letter)).isInstanceOf(Receipt.Written.class);

        FakeSlack.Message written = bench.slack.messages().getFirst();
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
    void aDryRunWritesNothingAndWhatItClaimedIsGoneWhenItCounts() {
        DryRun dry = new DryRun(bench.channel, saying -> "words");

        Receipt.Written claimed = (Receipt.Written) dry.post(saying(MessageKind.OPENED));

        assertThat(bench.slack.server().requests()).isEmpty();
        assertThat(dry.places(saying(MessageKind.OPENED).content())).containsExactly(CHANNEL);
        assertThat(dry.home()).as("it keeps back what the real one would").contains(CHANNEL);
        assertThat(bench.channel.edit(saying(MessageKind.RESOLVED), claimed.reference()))
                .isInstanceOf(Receipt.Gone.class);
    }
}
