// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import static com.slack.api.model.block.Blocks.header;
import static com.slack.api.model.block.Blocks.markdown;
import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.notify.template.MessageModel;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import io.kubevirt.cinotify.notify.template.PlainTextMarkup;
import io.kubevirt.cinotify.notify.template.SlackMrkdwn;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Formats messages for Slack with the templates. */
public final class SlackFormatter {
    private static final int LONGEST_HEADER = 150;

    /** Slack's limit for the plain text of an update is 4,000 characters. */
    private static final int LONGEST_FALLBACK = 3_000;

    /** Slack's limits are 50 blocks in a message and 12,000 characters in a Markdown block. */
    private static final int LONGEST_BODY = 12_000;

    private static final Markup MRKDWN = new SlackMrkdwn();
    private static final Markup PLAIN = new PlainTextMarkup();

    private final Supplier<Templates> templates;
    private final Supplier<Links> links;
    private final Supplier<SlackContext> context;
    private final @Nullable ActionButtons buttons;

    /**
     * @param templates of {@link TemplateSet#SLACK}
     * @param buttons below an open incident; null for none
     */
    public SlackFormatter(
            Supplier<Templates> templates,
            Supplier<Links> links,
            Supplier<SlackContext> context,
            @Nullable ActionButtons buttons) {
        this.templates = templates;
        this.links = links;
        this.context = context;
        this.buttons = buttons;
    }

    /** The root as plain text, for logs. */
    public String text(AddressedMessage message) {
        return root(message).text();
    }

    SlackMessage root(AddressedMessage message) {
        return switch (message.message()) {
            case OutgoingMessage.IncidentMessage incidentMessage ->
                root(incidentMessage.notification(), message.destination());
            case OutgoingMessage.TextMessage textMessage -> textMessage(textMessage);
        };
    }

    SlackMessage reply(AddressedMessage message) {
        return switch (message.message()) {
            case OutgoingMessage.IncidentMessage incidentMessage -> {
                MessageModel view = model(incidentMessage.notification(), message.destination());
                yield new SlackMessage(pushed(view), sections(templates.get().render(TemplateSet.REPLY, view)));
            }
            case OutgoingMessage.TextMessage textMessage -> textMessage(textMessage);
        };
    }

    private SlackMessage root(Notification notification, String destination) {
        // People who are notified later are mentioned in the thread then, not in the root.
        MessageModel view = isPostedBeforeMention(notification)
                ? models(handle -> null).create(notification)
                : model(notification, destination);
        String title = templates.get().render(TemplateSet.TITLE, view);
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(header(block -> block.text(plainText(shortened(title), false))));
        blocks.addAll(sections(templates.get().render(TemplateSet.root(notification.kind()), view)));
        IncidentView incident = notification.incident();
        if (buttons != null && view.open() && notification.kind() != NotificationKind.FOLDED) {
            blocks.add(buttons.blockFor(incident, context.get()));
        }
        return new SlackMessage(pushed(view), blocks);
    }

    private static String pushed(MessageModel view) {
        return MRKDWN.truncate(view.layout().pushed().render(MRKDWN), LONGEST_FALLBACK);
    }

    /** Each person is mentioned in one channel only. */
    private MessageModel model(Notification notification, String destination) {
        SlackContext now = context.get();
        return models(handle -> now.userToMention(notification, handle, destination))
                .create(notification);
    }

    private MessageModelFactory models(MessageModelFactory.UserLookup users) {
        return new MessageModelFactory(links.get(), users);
    }

    private static boolean isPostedBeforeMention(Notification notification) {
        return notification.to() != null
                && notification.to().channelAtOnce()
                && notification.to().isDeferredAt(notification.decidedAt());
    }

    private static SlackMessage textMessage(OutgoingMessage.TextMessage textMessage) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(header(block -> block.text(plainText(shortened(textMessage.title()), false))));
        if (textMessage.mrkdwn() == null) {
            String body = new GitHubMarkdown()
                    .truncate(GitHubMarkdown.replaceBreaks(textMessage.markdown(), "\u200b"), LONGEST_BODY);
            blocks.add(markdown(block -> block.text(body)));
        } else {
            blocks.addAll(sections(textMessage.mrkdwn()));
        }
        return new SlackMessage(MRKDWN.truncate(MRKDWN.text(textMessage.title()), LONGEST_FALLBACK), blocks);
    }

    /** Verbatim: only explicit links are links, also in text that others wrote. */
    private static List<LayoutBlock> sections(String text) {
        return SectionSplitter.split(MRKDWN.truncate(text, LONGEST_BODY)).stream()
                .map(part ->
                        MarkdownTextObject.builder().text(part).verbatim(true).build())
                .<LayoutBlock>map(part -> section(block -> block.text(part)))
                .toList();
    }

    private static String shortened(String title) {
        String line = PLAIN.text(title);
        return line.length() <= LONGEST_HEADER
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST_HEADER - 1))) + "…";
    }

    /** Splits a long text at line ends: Slack allows 3,000 characters in a section. */
    private static final class SectionSplitter {
        private static final int LONGEST = 2_900;
        private static final String FENCE = "```";

        private static final Markup DIALECT = new SlackMrkdwn();

        private final List<String> parts = new ArrayList<>();
        private final StringBuilder part = new StringBuilder();
        private boolean inBlock;

        private SectionSplitter() {}

        /** Each part is complete: a code block that is split is closed and opened again. */
        static List<String> split(String text) {
            SectionSplitter sections = new SectionSplitter();
            text.lines().forEach(sections::add);
            sections.end();
            return sections.parts;
        }

        private void add(String line) {
            String whole = DIALECT.truncate(line, LONGEST / 2);
            if (part.length() + whole.length() + FENCE.length() + 2 > LONGEST) {
                boolean open = inBlock;
                if (open) {
                    part.append('\n').append(FENCE);
                }
                end();
                if (open) {
                    part.append(FENCE);
                }
            }
            part.append(part.isEmpty() ? "" : "\n").append(whole);
            for (int at = whole.indexOf(FENCE); at >= 0; at = whole.indexOf(FENCE, at + FENCE.length())) {
                inBlock = !inBlock;
            }
        }

        private void end() {
            String text = part.toString().strip();
            if (!text.isEmpty()) {
                parts.add(text);
            }
            part.setLength(0);
        }
    }
}
