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

import static com.slack.api.model.block.Blocks.header;
import static com.slack.api.model.block.Blocks.markdown;
import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.markdownText;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.template.Dialect;
import io.kubevirt.cinotify.notice.template.GitHubMarkdown;
import io.kubevirt.cinotify.notice.template.Links;
import io.kubevirt.cinotify.notice.template.MessageView;
import io.kubevirt.cinotify.notice.template.MessageViews;
import io.kubevirt.cinotify.notice.template.PlainText;
import io.kubevirt.cinotify.notice.template.SlackMrkdwn;
import io.kubevirt.cinotify.notice.template.TemplateSet;
import io.kubevirt.cinotify.notice.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a Slack message of what is to be said, by the operator's templates. */
public final class SlackLayout {

    private static final int LONGEST_HEADER = 150;

    /** An update takes 4,000 letters of plain text, whatever its blocks hold. */
    private static final int LONGEST_FALLBACK = 3_000;

    /** Of 50 blocks in a message and 12,000 letters in a Markdown block. */
    private static final int LONGEST_BODY = 12_000;

    private static final Dialect MRKDWN = new SlackMrkdwn();
    private static final Dialect PLAIN = new PlainText();

    private final Supplier<Templates> templates;
    private final Supplier<Links> links;
    private final Supplier<SlackDirectory> directory;
    private final @Nullable ButtonRow buttons;

    /**
     * @param templates those of {@link TemplateSet#SLACK}
     * @param buttons what stands below an open incident; null for nothing
     */
    public SlackLayout(
            Supplier<Templates> templates,
            Supplier<Links> links,
            Supplier<SlackDirectory> directory,
            @Nullable ButtonRow buttons) {
        this.templates = templates;
        this.links = links;
        this.directory = directory;
        this.buttons = buttons;
    }

    /** The root as it is to be now, in words only; for a log. */
    public String text(Saying saying) {
        return root(saying).text();
    }

    SlackMessage root(Saying saying) {
        return switch (saying.content()) {
            case Content.IncidentNews news -> root(news.message(), saying.place());
            case Content.Letter letter -> letter(letter);
        };
    }

    SlackMessage reply(Saying saying) {
        return switch (saying.content()) {
            case Content.IncidentNews news -> {
                String text = templates.get().render(TemplateSet.REPLY, view(news.message(), saying.place()));
                yield new SlackMessage(MRKDWN.cut(text, LONGEST_FALLBACK), sections(text));
            }
            case Content.Letter letter -> letter(letter);
        };
    }

    private SlackMessage root(Message message, String place) {
        // Who is told later is called below the root then, and not by the root now.
        MessageView view = isShownEarly(message) ? views(handle -> null).of(message) : view(message, place);
        String title = templates.get().render(TemplateSet.TITLE, view);
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(header(block -> block.text(plainText(shortened(title), false))));
        blocks.addAll(sections(templates.get().render(TemplateSet.root(message.kind()), view)));
        IncidentView incident = message.incident();
        if (buttons != null && view.open()) {
            blocks.add(buttons.below(incident, directory.get().roster().areas()));
        }
        String text = MRKDWN.text(title) + "\n" + MRKDWN.text(message.text());
        return new SlackMessage(MRKDWN.cut(text, LONGEST_FALLBACK), blocks);
    }

    /** Each person is called at one place only. */
    private MessageView view(Message message, String place) {
        SlackDirectory now = directory.get();
        return views(handle -> now.userCalledAt(message, handle, place)).of(message);
    }

    private MessageViews views(MessageViews.SlackUsers users) {
        return new MessageViews(links.get(), users);
    }

    private static boolean isShownEarly(Message message) {
        return message.to() != null
                && message.to().channelAtOnce()
                && message.to().isDeferredAt(message.decidedAt());
    }

    private static SlackMessage letter(Content.Letter letter) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(header(block -> block.text(plainText(shortened(letter.title()), false))));
        if (letter.mrkdwn() == null) {
            String body = new GitHubMarkdown().cut(letter.markdown().replace("&#8203;", "\u200b"), LONGEST_BODY);
            blocks.add(markdown(block -> block.text(body)));
        } else {
            // A letter shows what many have written: only what we made a link is one.
            Sections.of(MRKDWN.cut(letter.mrkdwn(), LONGEST_BODY)).stream()
                    .map(part -> MarkdownTextObject.builder()
                            .text(part)
                            .verbatim(true)
                            .build())
                    .<LayoutBlock>map(part -> section(block -> block.text(part)))
                    .forEach(blocks::add);
        }
        return new SlackMessage(MRKDWN.cut(MRKDWN.text(letter.title()), LONGEST_FALLBACK), blocks);
    }

    private static List<LayoutBlock> sections(String text) {
        return Sections.of(MRKDWN.cut(text, LONGEST_BODY)).stream()
                .<LayoutBlock>map(part -> section(block -> block.text(markdownText(part))))
                .toList();
    }

    private static String shortened(String title) {
        String line = PLAIN.text(title);
        return line.length() <= LONGEST_HEADER
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST_HEADER - 1))) + "…";
    }
}
