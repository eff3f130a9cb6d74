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
package io.kubevirt.cinotify.notice.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {

    @TempDir
    Path folder;

    private final MessageViews views = new MessageViews(Links.none(), handle -> null);
    private final MessageView opened = views.of(ExampleMessages.full(MessageKind.OPENED));

    @Test
    void anOperatorsTemplateTakesThePlaceOfOurs() throws Exception {
        write("github/opened.md", "Look: {title}, {people.responsible}, {finding.pulls}\n");

        Templates templates = Templates.open(TemplateSet.GITHUB, folder);

        assertThat(templates.render("opened", opened))
                .isEqualTo("Look: example/net pull-e2e-sig-net, @robin,"
                        + " [#&#8203;101](https://redirect.github.com/example/net/pull/101),"
                        + " [#&#8203;105](https://redirect.github.com/example/net/pull/105),"
                        + " [#&#8203;117](https://redirect.github.com/example/net/pull/117)");
        assertThat(templates.render("resolved", opened)).contains("is over");
    }

    @Test
    void whatNeverWasIsOverToo() throws Exception {
        MessageView never = views.of(News.retracted(ExampleMessages.full(MessageKind.RESOLVED)));

        assertThat(Templates.open(TemplateSet.SLACK, null).render("title", never))
                .startsWith("Resolved: ");
        assertThat(never.commands()).isEmpty();
    }

    @Test
    void aSharedPartThatIsReplacedIsReplacedInAllKinds() throws Exception {
        write("slack/incident.txt", "{#insert headline}{/insert}: ours");

        assertThat(Templates.open(TemplateSet.SLACK, folder).render("resolved", opened))
                .isEqualTo("*example/net pull-e2e-sig-net* is over: ours");
    }

    @Test
    void noTemplateCanLetTextFromOutsideThrough() throws Exception {
        write("github/opened.md", "{title} {finding.rule}");
        MessageView hostile = views.of(new HostileMessage("@org/team <b> `x`\n/lgtm").message());

        assertThat(Templates.open(TemplateSet.GITHUB, folder).render("opened", hostile))
                .doesNotContain("@org", "<b>")
                .hasLineCount(1);
        write("github/opened.md", "{title.raw}");
        assertThatExceptionOfType(InvalidDocument.class)
                .isThrownBy(() -> Templates.open(TemplateSet.GITHUB, folder))
                .withMessageContaining("\"raw\" not found");
    }

    @Test
    void nothingFromOutsideReachesAnybodyOnAnyChannel() throws Exception {
        String everything = "/lgtm @org/team <!channel> <@U012> fixes #1 ```\n/close\n``` <!-- ci-notify:inc -->";
        for (TemplateSet set : List.of(TemplateSet.GITHUB, TemplateSet.SLACK, TemplateSet.PLAIN)) {
            Templates templates = Templates.open(set, null);
            MessageView view = views.of(new HostileMessage(everything).message());
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
    void whatIsWrongIsToldWithFileAndLine() throws Exception {
        write("github/opened.md", "one\n{titel}\n");
        write("github/resolved.md", "{#if open}\nnever ended\n");
        write("github/reminded.md", "  \n");

        assertThatExceptionOfType(InvalidDocument.class)
                .isThrownBy(() -> Templates.open(TemplateSet.GITHUB, folder))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::file, Problem::line)
                        .containsExactlyInAnyOrder(
                                org.assertj.core.groups.Tuple.tuple("templates/github/opened.md", 2),
                                org.assertj.core.groups.Tuple.tuple("templates/github/resolved.md", 2),
                                org.assertj.core.groups.Tuple.tuple("templates/github/reminded.md", null)))
                .satisfies(e -> assertThat(e.problems())
                        .allSatisfy(problem -> assertThat(problem.mend()).isNotBlank()));
    }

    @Test
    void aFileThatIsNoTemplateIsToldWithTheNearest() throws Exception {
        write("github/opend.md", "x");

        assertThatExceptionOfType(InvalidDocument.class)
                .isThrownBy(() -> Templates.open(TemplateSet.GITHUB, folder))
                .satisfies(e -> assertThat(e.problems().getFirst())
                        .hasToString("templates/github/opend.md: there is no template of that name;"
                                + " did you mean opened.md?"));
    }

    @Test
    void aFolderOfNoChannelIsTold() throws Exception {
        write("gihub/opened.md", "x");

        assertThatExceptionOfType(InvalidDocument.class)
                .isThrownBy(() -> TemplateBook.read(folder, List.of(TemplateSet.GITHUB, TemplateSet.SLACK)))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::toString)
                        .containsExactly("templates/gihub: is not the folder of a channel; did you mean github?"));
    }

    @Test
    void aBookHasTheOperatorsWordsAndForTheRestOurs() throws Exception {
        write("github/opened.md", "Look: {title}\n");

        TemplateBook book = TemplateBook.read(folder, List.of(TemplateSet.GITHUB, TemplateSet.SLACK));

        assertThat(book.of(TemplateSet.GITHUB).render("opened", opened)).startsWith("Look: ");
        for (TemplateBook ours : List.of(book, TemplateBook.read(folder.resolve("none"), List.of()))) {
            assertThat(ours.of(TemplateSet.SLACK).render("opened", opened))
                    .isEqualTo(Templates.open(TemplateSet.SLACK, null).render("opened", opened));
        }
    }

    @Test
    void aTemplateThatFloodsIsCut() throws Exception {
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
