// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {

    private final GitHubMarkdown markdown = new GitHubMarkdown();
    private final SlackMrkdwn mrkdwn = new SlackMrkdwn();
    private final PlainTextMarkup plain = new PlainTextMarkup();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        @somebody look               | @&#8203;somebody look
        cc @org/team                 | cc @&#8203;org/team
        fixes #12                    | fixes #&#8203;12
        closes org/repo#12           | closes org/repo#&#8203;12
        Resolves GH-12               | Resolves GH-&#8203;12
        https://github.com/o/r/pull/1| https:&#8203;//github.com/o/r/pull/1
        see www.example.org          | see www.&#8203;example.org
        /lgtm                        | \\/lgtm
        a /lgtm within a line        | a /lgtm within a line
        <b>bold</b>                  | &lt;b&gt;bold&lt;/b&gt;
        <!-- ci-notify:x -->         | &lt;\\!-- ci-notify:x --&gt;
        *bold* and _it_ and ~~no~~   | \\*bold\\* and \\_it\\_ and \\~\\~no\\~\\~
        `code`                       | \\`code\\`
        [a](http://x)                | \\[a\\](http:&#8203;//x)
        ![a](x)                      | \\!\\[a\\](x)
        1. item                      | 1\\. item
        12) item                     | 12\\) item
        - item                       | \\- item
        # heading                    | #&#8203; heading
        > quote                      | &gt; quote
        &copy;                       | &amp;copy;
        pull-e2e-k8s-1.36-sig-net    | pull-e2e-k8s-1.36-sig-net
        """)
    void markdownShowsTextAsItIs(String outside, String written) {
        assertThat(markdown.text(outside)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\n/lgtm", "a\r/close", "a\u2028/hold", "a\u0085/hold", "a\u000b/hold", "\n/lgtm", "  /lgtm"})
    void noTextBeginsALineWithACommand(String outside) {
        for (Markup markup : List.of(markdown, mrkdwn)) {
            assertThat(markup.text(outside).lines()).hasSize(1);
        }
        assertThat(markdown.text(outside)).doesNotStartWith("/");
        assertThat(markdown.block(List.of(outside)).lines())
                .noneMatch(line -> line.strip().startsWith("/"));
    }

    @Test
    void untrustedTextCannotEndCode() {
        assertThat(markdown.text("a | b")).isEqualTo("a \\| b");
        assertThat(markdown.code("a`b")).isEqualTo("``a`b``");
        assertThat(markdown.code("`@x`")).isEqualTo("`` `@x` ``");
        assertThat(markdown.code("a\n@x")).isEqualTo("`a @x`");
        assertThat(mrkdwn.code("a`<!here>")).isEqualTo("`a'&lt;!here&gt;`");
        assertThat(markdown.block(List.of("```", "@x"))).isEqualTo("````\n```\n@x\n````");
        assertThat(mrkdwn.block(List.of("```", "<!here>"))).isEqualTo("```\n'''\n&lt;!here&gt;\n```");
        assertThat(markdown.block(List.of("`".repeat(500)))).startsWith("````````````````````\n'''");
    }

    @Test
    void aLinkIsAlwaysAnHttpUrl() {
        assertThat(markdown.link("run", "javascript:alert(1)")).isEqualTo("run");
        assertThat(markdown.link("r](x", "https://example.org/a b)c"))
                .isEqualTo("[r\\](x](https://example.org/a%20b%29c)");
        assertThat(mrkdwn.link("r>|x", "https://example.org/?a=1&b=<|>"))
                .isEqualTo("<https://example.org/?a=1&amp;b=%3C%7C%3E|r&gt;/x>");
    }

    @Test
    void onlyMentionedPeopleAreMentioned() {
        assertThat(markdown.person(new Fragment.Person("robin", "U012", true))).isEqualTo("@robin");
        assertThat(markdown.person(new Fragment.Person("robin", "U012", false))).isEqualTo("robin");
        assertThat(markdown.person(new Fragment.Person("org/team", null, true))).isEqualTo("org/team");
        assertThat(mrkdwn.person(new Fragment.Person("robin", "U0123", true))).isEqualTo("<@U0123>");
        assertThat(mrkdwn.person(new Fragment.Person("robin", null, true))).isEqualTo("robin");
        assertThat(mrkdwn.person(new Fragment.Person("robin", "!here", true))).isEqualTo("robin");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        <!channel> & <@U012>  | &lt;!channel&gt; &amp; &lt;@\u200bU012&gt;
        snake_case_name       | snake_case_name
        *bold*                | \u200b*bold\u200b*
        https://evil.example/x | https:\u200b//evil.example/x
        see WWW.evil.example  | see WWW.\u200bevil.example
        a: b. c               | a: b. c
        """)
    void mrkdwnShowsTextAsItIs(String outside, String written) {
        assertThat(mrkdwn.text(outside)).isEqualTo(written);
    }

    @Test
    void bidirectionalCharactersAreReplaced() {
        assertThat(plain.text("a\u202eb\u0007c")).isEqualTo("a?b?c");
    }

    @Test
    void aTruncatedTextIsStillValid() {
        String block = markdown.block(java.util.Collections.nCopies(50, "a line of a log"));
        String cut = markdown.truncate(block, 300);
        assertThat(cut).hasSizeLessThanOrEqualTo(300).endsWith("… (cut)\n```");
        assertThat(mrkdwn.truncate(mrkdwn.block(java.util.Collections.nCopies(50, "a line")), 200))
                .hasSizeLessThanOrEqualTo(200)
                .endsWith("… (cut)\n```");
        assertThat(plain.truncate("😀".repeat(100), 21)).isEqualTo("😀".repeat(6) + "\n… (cut)");
        assertThat(plain.truncate("short", 21)).isEqualTo("short");
    }

    /** Whatever is put in, Markdown reads one paragraph of nothing but text. */
    @Test
    void markdownRendersUntrustedTextAsText() {
        long seed = 20_261_129;
        Random random = new Random(seed);
        String characters = "@#`*_~[]()<>!&|\\/-+=.:1a \n\t$'\"{}^GHgh-www.http://";
        Parser parser = Parser.builder().build();
        for (int round = 0; round < 3_000; round++) {
            StringBuilder outside = new StringBuilder("x".repeat(random.nextInt(2)));
            int length = 1 + random.nextInt(30);
            for (int at = 0; at < length; at++) {
                outside.append(characters.charAt(random.nextInt(characters.length())));
            }
            String written = markdown.text(outside.toString());
            StringBuilder read = new StringBuilder();
            parser.parse(written).accept(new OnlyText(read, "seed " + seed + ": " + outside));
            assertThat(read.toString().replace("\u200b", ""))
                    .as("seed %d: %s", seed, outside)
                    .isEqualTo(Escapes.oneLine(outside.toString()));
            assertThat(read.toString()).as("seed %d", seed).doesNotContainPattern("@\\w|#\\d|(?i)gh-\\d|://|www\\.\\w");
        }
    }

    private static final class OnlyText extends AbstractVisitor {
        private final StringBuilder read;
        private final String outside;

        OnlyText(StringBuilder read, String outside) {
            this.read = read;
            this.outside = outside;
        }

        @Override
        public void visit(Text text) {
            read.append(text.getLiteral());
        }

        @Override
        protected void visitChildren(Node parent) {
            assertThat(parent.getClass().getSimpleName()).as(outside).isIn("Document", "Paragraph");
            super.visitChildren(parent);
        }
    }
}
