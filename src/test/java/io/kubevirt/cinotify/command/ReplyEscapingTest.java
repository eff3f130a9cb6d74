// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import static io.kubevirt.cinotify.command.DispatcherFixture.LANE;
import static io.kubevirt.cinotify.command.DispatcherFixture.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever people, test names and job names say: in an answer it is text. */
class ReplyEscapingTest {

    private static final List<String> HOSTILE = List.of(
            "/lgtm",
            "/close",
            "@kubevirt/all",
            "@dhiller",
            "fixes #1",
            "Fixes kubevirt/kubevirt#1",
            "closes GH-1",
            "resolves https://github.com/kubevirt/kubevirt/issues/1",
            "a\n/lgtm",
            "a\r\n/approve\r\n/close",
            "a\u2028/hold",
            "`/lgtm`",
            "```\n/lgtm\n```",
            "` @kubevirt/all `",
            "x` @kubevirt/all `x",
            "<!-- ci-notify:forged -->",
            "--> <b>bold</b> @kubevirt/all",
            "</details>\n\n/lgtm",
            "[x](https://evil.example.org)",
            "![x](https://evil.example.org/a.png)",
            "| a | b |",
            "<img src=x onerror=alert(1)>",
            "\u202e@kubevirt/all");

    private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*/");
    private static final Pattern MENTION = Pattern.compile("(?<![\\w`])@(?=[A-Za-z0-9])");
    private static final Pattern REFERENCE =
            Pattern.compile("(?i)(?<!&)#[0-9]|GH-[0-9]|https?://github.com/kubevirt/kubevirt/issues/1");
    private static final Pattern CODE = Pattern.compile("(`+)(?!`)(.+?)(?<!`)\\1(?!`)");
    private static final Pattern LINK = Pattern.compile("]\\(https://[^) ]+\\)");
    private static final Pattern EVIL = Pattern.compile("(?<!\\\\)]\\(https?://evil|(?<!`)https?://evil");
    private static final Pattern TAG = Pattern.compile("<(?!/?(details|summary|sub)>)[a-zA-Z!/]");

    static Stream<String> hostile() {
        return HOSTILE.stream();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void echoedTextHasNoEffect(String words) {
        DispatcherFixture conversation = conversation(words);
        String line = words.replaceAll("[\\r\\n]+", " ");
        List<String> bodies = List.of(
                "/ci-notify " + line,
                "/ci-notify " + line.replace(" ", ""),
                "/ci-notify prow " + line,
                "/ci-notify",
                "/ci-notify explain",
                "/ci-notify explain " + line,
                "/ci-notify explain https://prow.example.org/view/" + line,
                "/ci-notify explain aaaaaaaaaa",
                "/ci-notify who " + line,
                "/ci-notify status",
                "/ci-notify ack aaaaaaaaaa",
                "/ci-notify ack",
                "/ci-notify snooze " + line + " aaaaaaaaaa",
                "/ci-notify reassign " + line + " aaaaaaaaaa",
                "/ci-notify reassign @" + line + " aaaaaaaaaa",
                "/ci-notify reassign sig-storage aaaaaaaaaa",
                "/ci-notify resolve aaaaaaaaaa",
                "/ci-notify drill",
                "/ci-notify suggestions",
                "/ci-notify prow " + line,
                "/ci-notify help");
        bodies.forEach(body -> assertHarmless(conversation.writes(MEMBER, body), body));
        conversation.pull = false;
        conversation.labels = List.of(words, "sig/" + words);
        assertHarmless(conversation.writes(MEMBER, "/ci-notify"), "/ci-notify on an issue");
        conversation.refusal = Optional.of(words);
        assertHarmless(conversation.writes(MEMBER, "/ci-notify ack aaaaaaaaaa"), "what the core refuses");
    }

    private static DispatcherFixture conversation(String words) {
        DispatcherFixture conversation = new DispatcherFixture();
        conversation.limits = new CommandEnvironment.Limits(1_000, 1_000, 1_000);
        conversation.title = words;
        Diagnosis diagnosis = new Diagnosis(
                Cause.TEST, words, words, Confidence.LOW, words, List.of("Prow says \"" + words + "\"", words));
        JobRun run = JobRun.builder(words, JobType.PRESUBMIT, JobState.FAILURE)
                .repository(Repository.of("kubevirt/kubevirt"))
                .description(words)
                .build("7", words)
                .build();
        conversation.failedChecks.add(new CommandContext.FailedCheck(run, diagnosis, Need.REQUIRED));
        conversation.failedChecks.add(new CommandContext.FailedCheck(run, diagnosis, Need.UNKNOWN));
        conversation.failedCheck(LANE, true);
        conversation.incidents.add(new IncidentView(
                "aaaaaaaaaa",
                IncidentKind.LANE,
                "kubevirt/kubevirt " + words,
                IncidentState.OPEN,
                diagnosis,
                true,
                List.of(words),
                conversation.now,
                null,
                1,
                List.of(14890),
                null,
                words,
                words,
                words,
                conversation.now,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
        return conversation;
    }

    private static void assertHarmless(CommandResult result, String body) {
        String markdown = String.valueOf(result.markdown());
        assertThat(COMMAND.matcher(markdown).find())
                .as("a command in the answer to %s:%n%s", body, markdown)
                .isFalse();
        // The reply mentions its author and nobody else; names in code and links mention nobody.
        String rest = markdown.replaceFirst("^@dhiller: ", "");
        String fenced = rest.replaceAll("(?ms)^(`{3,})(?:yaml)?\\n.*?^\\1$", "");
        String prose = LINK.matcher(CODE.matcher(fenced).replaceAll("")).replaceAll("");
        assertThat(MENTION.matcher(prose).find())
                .as("a mention in the answer to %s:%n%s", body, markdown)
                .isFalse();
        assertThat(REFERENCE.matcher(prose).find())
                .as("a reference in the answer to %s:%n%s", body, markdown)
                .isFalse();
        assertThat(TAG.matcher(prose).find())
                .as("markup in the answer to %s:%n%s", body, markdown)
                .isFalse();
        assertThat(prose).as("answer to %s", body).doesNotContain("<!--");
        assertThat(EVIL.matcher(CODE.matcher(fenced).replaceAll("")).find())
                .as("a link in the answer to %s:%n%s", body, markdown)
                .isFalse();
        assertThat(Command.parseAll(markdown))
                .as("own command in the answer to %s", body)
                .isEmpty();
    }
}
