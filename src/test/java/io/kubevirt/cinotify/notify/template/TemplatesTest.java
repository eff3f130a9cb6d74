// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TemplatesTest {

    @TempDir
    Path folder;

    private final MessageModelFactory models = new MessageModelFactory(Links.none(), handle -> null);
    private final MessageModel opened = models.create(SampleMessages.full(NotificationKind.OPENED));

    @Test
    void aTemplateOfTheOperatorReplacesTheBundledOne() throws Exception {
        write("github/opened.md", "Look: {title}, {people.responsible}, {finding.pulls}\n");

        Templates templates = Templates.open(TemplateSet.GITHUB, folder);

        assertThat(templates.render("opened", opened))
                .isEqualTo("Look: example/net pull-e2e-sig-net, @robin,"
                        + " [#&#8203;101](https://redirect.github.com/example/net/pull/101),"
                        + " [#&#8203;105](https://redirect.github.com/example/net/pull/105),"
                        + " [#&#8203;117](https://redirect.github.com/example/net/pull/117)");
        assertThat(templates.render("resolved", opened)).contains("on duty");
    }

    @Test
    void aRetractedIncidentIsResolved() throws Exception {
        MessageModel never =
                models.create(NotificationBuilder.retracted(SampleMessages.full(NotificationKind.RESOLVED)));

        assertThat(Templates.open(TemplateSet.SLACK, null).render("title", never))
                .startsWith("Resolved: ");
        assertThat(never.commands()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        tests/x.go:880;Timed out after 180.001s.       | Timed out after 180.001s.
        + make test; ;pkg/net/nic.go:12:5;  no address | no address
        tests/x.go:880;+ make test                     | tests/x.go:880
        panic: tests/x.go:880 is nil;tests/x.go:880    | panic: tests/x.go:880 is nil
        + make test                                    |
        """)
    void aCodeLocationIsTheCauseOnlyIfThereIsNothingElse(String excerpt, @Nullable String cause) {
        Symptoms symptoms = new Symptoms("s", List.of(excerpt.split(";")), null, List.of("a test"), 1, null);
        MessageModel model = new MessageModelFactory(
                        Links.of(List.of(new LinkTemplate("elsewhere", "https://search.example.org/?q={line}"))),
                        handle -> null)
                .create(NotificationBuilder.with(
                        SampleMessages.full(NotificationKind.OPENED), "diagnosis", diagnosis(symptoms)));

        Fragment.Block log = model.layout().log();
        assertThat(log == null ? List.of() : log.lines()).isEqualTo(cause == null ? List.of() : List.of(cause));
        assertThat(model.links().stream()
                        .map(Fragment.Link::url)
                        .filter(url -> url.contains("?q="))
                        .toList())
                .isEqualTo(
                        cause == null
                                ? List.of()
                                : List.of("https://search.example.org/?q="
                                        + URLEncoder.encode(cause, StandardCharsets.UTF_8)
                                                .replace("+", "%20")));
    }

    private static Diagnosis diagnosis(Symptoms symptoms) {
        return new Diagnosis(
                Cause.TEST, "network", "net", Confidence.HIGH, "failing-tests", List.of(), symptoms, null, null);
    }

    @ParameterizedTest
    @EnumSource(NotificationKind.class)
    void aPossibleDuplicateIsMarkedOnceWhateverItsLayoutShows(NotificationKind kind) {
        Notification once = SampleMessages.full(kind);
        MessageLayout layout = models.create(new Notification(
                        once.id(),
                        kind,
                        once.decidedAt(),
                        once.at(),
                        once.incident(),
                        once.to(),
                        Notification.POSSIBLE_DUPLICATE + once.text()))
                .layout();

        assertThat(layout.headline()).startsWith("(Possible duplicate.) ").contains("sig-net e2e");
        assertThat(layout.reason()).isEqualTo(models.create(once).layout().reason());
    }

    @Test
    void aReplacedSharedPartAppliesToAllKinds() throws Exception {
        write("slack/incident.txt", "{layout.headline}: ours");

        assertThat(Templates.open(TemplateSet.SLACK, folder).render("resolved", opened))
                .isEqualTo("sig-net e2e (k8s 1.35, 1.36) broken: 3 PRs blocked: ours");
    }

    @Test
    void noTemplateCanRenderUnescapedText() throws Exception {
        write("github/opened.md", "{title} {finding.rule}");
        MessageModel hostile = models.create(new HostileMessage("@org/team <b> `x`\n/lgtm").message());

        assertThat(Templates.open(TemplateSet.GITHUB, folder).render("opened", hostile))
                .doesNotContain("@org", "<b>")
                .hasLineCount(1);
        write("github/opened.md", "{title.raw}");
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> Templates.open(TemplateSet.GITHUB, folder))
                .withMessageContaining("\"raw\" not found");
    }

    @Test
    void untrustedTextMentionsNobodyOnAnyChannel() throws Exception {
        String everything = "/lgtm @org/team <!channel> <@U012> fixes #1 ```\n/close\n``` <!-- ci-notify:inc -->";
        for (TemplateSet set : List.of(TemplateSet.GITHUB, TemplateSet.SLACK, TemplateSet.PLAIN)) {
            Templates templates = Templates.open(set, null);
            MessageModel view = models.create(new HostileMessage(everything).message());
            for (String name : List.of("title", "opened", "escalated", "resolved", "reply", "digest")) {
                String text = templates.render(name, view);
                if (set == TemplateSet.GITHUB) {
                    assertThat(text).as(name).doesNotContainPattern("(?m)^\\s*/(lgtm|close)");
                }
                if (set != TemplateSet.PLAIN && !name.equals("title")) {
                    assertThat(outsideOfCode(text))
                            .as(set.channel() + " " + name)
                            .doesNotContain("<!channel", "<@U012", "@org", "<!-- ci")
                            .doesNotContainPattern(set == TemplateSet.GITHUB ? "(?<!&)#\\d" : "<@U012");
                }
            }
        }
    }

    private static String outsideOfCode(String text) {
        return text.replaceAll("]\\([^ )]*\\)", "").replaceAll("(?s)(`{1,20})(?!`).*?(?<!`)\\1(?!`)", "");
    }

    @Test
    void errorsHaveFileAndLine() throws Exception {
        write("github/opened.md", "one\n{titel}\n");
        write("github/resolved.md", "{#if open}\nnever ended\n");
        write("github/reminded.md", "  \n");

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> Templates.open(TemplateSet.GITHUB, folder))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(ConfigProblem::file, ConfigProblem::line)
                        .containsExactlyInAnyOrder(
                                org.assertj.core.groups.Tuple.tuple("templates/github/opened.md", 2),
                                org.assertj.core.groups.Tuple.tuple("templates/github/resolved.md", 2),
                                org.assertj.core.groups.Tuple.tuple("templates/github/reminded.md", null)))
                .satisfies(e -> assertThat(e.problems())
                        .allSatisfy(problem -> assertThat(problem.hint()).isNotBlank()));
    }

    @Test
    void anUnknownFileIsReportedWithTheNearestName() throws Exception {
        write("github/opend.md", "x");

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> Templates.open(TemplateSet.GITHUB, folder))
                .satisfies(e -> assertThat(e.problems().getFirst())
                        .hasToString("templates/github/opend.md: unknown template;" + " did you mean opened.md?"));
    }

    @Test
    void aFolderOfAnUnknownChannelIsReported() throws Exception {
        write("gihub/opened.md", "x");

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> TemplateRegistry.read(folder, List.of(TemplateSet.GITHUB, TemplateSet.SLACK)))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(ConfigProblem::toString)
                        .containsExactly("templates/gihub: is not the folder of a channel; did you mean github?"));
    }

    @Test
    void theRegistryUsesCustomTemplatesAndBundledOnesForTheRest() throws Exception {
        write("github/opened.md", "Look: {title}\n");

        TemplateRegistry book = TemplateRegistry.read(folder, List.of(TemplateSet.GITHUB, TemplateSet.SLACK));

        assertThat(book.of(TemplateSet.GITHUB).render("opened", opened)).startsWith("Look: ");
        for (TemplateRegistry ours : List.of(book, TemplateRegistry.read(folder.resolve("none"), List.of()))) {
            assertThat(ours.of(TemplateSet.SLACK).render("opened", opened))
                    .isEqualTo(Templates.open(TemplateSet.SLACK, null).render("opened", opened));
        }
    }

    @Test
    void aTemplateThatIsTooLongIsTruncated() throws Exception {
        write("github/opened.md", "{text}".repeat(3_000));

        assertThat(Templates.open(TemplateSet.GITHUB, folder).render("opened", opened))
                .hasSizeLessThan(65_536)
                .contains("(cut)");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }
}
