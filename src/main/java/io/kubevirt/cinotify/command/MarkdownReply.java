// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.template.Markup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The Markdown of a reply, in the form of Prow's plugins: the author, the result, the reasons, the next commands and the
 * comment it answers. Names are in code, so that GitHub notifies nobody.
 */
final class MarkdownReply {
    /** GitHub's limit is 65,536 characters. */
    private static final int MAX_LENGTH = 60_000;

    private final Markup markup;
    private final Comment comment;
    private final StringBuilder text = new StringBuilder();
    private final List<String> why = new ArrayList<>();
    private final List<String> next = new ArrayList<>();

    MarkdownReply(Markup markup, Comment comment) {
        this.markup = markup;
        this.comment = comment;
    }

    /** The first sentence, after the name of the author. */
    MarkdownReply answer(String sentence) {
        if (isChat()) {
            int first = sentence.offsetByCodePoints(0, Math.min(1, sentence.length()));
            text.append(sentence.substring(0, first).toUpperCase(Locale.ROOT)).append(sentence.substring(first));
            text.append('\n');
            return this;
        }
        // CommentReader has checked that this is a login, not a team.
        text.append('@').append(comment.author()).append(": ").append(sentence).append('\n');
        return this;
    }

    MarkdownReply paragraph(String markdown) {
        text.append('\n').append(markdown).append('\n');
        return this;
    }

    MarkdownReply bullets(List<String> lines) {
        text.append('\n');
        lines.forEach(line -> text.append("- ").append(line).append('\n'));
        return this;
    }

    MarkdownReply yaml(List<String> lines) {
        String fence = "```";
        while (String.join("\n", lines).contains(fence)) {
            fence += "`";
        }
        text.append('\n').append(fence).append("yaml\n");
        lines.forEach(line -> text.append(line).append('\n'));
        text.append(fence).append('\n');
        return this;
    }

    /** Reasons in plain text; outside text is escaped. */
    MarkdownReply because(List<String> reasons) {
        why.addAll(reasons);
        return this;
    }

    /** A command to type next, and what it does. */
    MarkdownReply next(String command, String effect) {
        if (!isChat() || CommandRegistry.worksInChat(command)) {
            next.add("`" + command + "` " + effect);
        }
        return this;
    }

    private boolean isChat() {
        return comment.conversation().isChat();
    }

    String escape(String text) {
        return markup.text(text);
    }

    /** A name in code, which mentions nobody. */
    String code(String name) {
        return markup.code(name);
    }

    String link(String text, String url) {
        return markup.link(text, url);
    }

    String moment(Instant instant) {
        return markup.timestamp(instant);
    }

    String toMarkdown() {
        StringBuilder whole = new StringBuilder(text);
        if (!next.isEmpty()) {
            whole.append("\nNext: ").append(String.join(" · ", next)).append('\n');
        }
        if (isChat()) {
            why.forEach(reason -> whole.append("\n• ").append(markup.text(reason)));
            return whole.toString().strip();
        }
        if (!why.isEmpty()) {
            whole.append("\n<details><summary>Why</summary>\n\n");
            why.forEach(reason -> whole.append("- ").append(markup.text(reason)).append('\n'));
            whole.append("\n</details>\n");
        }
        whole.append("\n<sub>In response to ")
                .append(markup.link("this", comment.url()))
                .append(". `/ci-notify help` shows all commands.</sub>\n");
        return markup.truncate(whole.toString(), MAX_LENGTH);
    }

    String notified(IncidentActions.Opened opened, Instant now) {
        Recipient to = opened.recipient();
        List<String> parts = new ArrayList<>();
        if (to.handle() == null || to.level() == null) {
            parts.add("nobody in the group is responsible for it, so only the channel is notified");
        } else {
            String person = code(to.handle()) + " (" + to.level().title() + ")";
            parts.add(
                    to.isDeferredAt(now)
                            ? person + " is notified at " + moment(to.at()) + ", when they are at work"
                                    + (to.channelAtOnce() ? "; the channel is notified now" : "")
                            : person + " is notified now");
        }
        if (to.sigPerson() != null) {
            parts.add("and for the SIG " + code(to.sigPerson()));
        }
        return String.join(", ", parts) + ", as incident " + code(opened.incident());
    }

    String incident(IncidentView view) {
        StringBuilder line = new StringBuilder(code(view.id()))
                .append(" ")
                .append(escape(view.title()))
                .append(", ")
                .append(view.state().value())
                .append(" since ")
                .append(moment(view.since()));
        if (view.acknowledgedBy() != null) {
            line.append(", ").append(code(view.acknowledgedBy())).append(" is the assignee");
        } else if (view.responsible() != null) {
            line.append(", notified: ").append(code(view.responsible()));
        }
        if (view.snoozedUntil() != null) {
            line.append(", snoozed until ").append(moment(view.snoozedUntil()));
        }
        return line.toString();
    }

    String commands(String before, List<String> words) {
        return words.stream().map(word -> code(before + word)).collect(Collectors.joining(", "));
    }

    String names(List<String> names) {
        return names.stream().map(this::code).collect(Collectors.joining(", "));
    }
}
