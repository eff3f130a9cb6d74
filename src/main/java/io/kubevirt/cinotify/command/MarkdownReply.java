// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.notify.template.Markup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The Markdown of an answer in the shape of Prow's plugins: to whom, what, why, what next, in response to what. */
final class MarkdownReply {

    /** GitHub takes 65,536 characters; no answer needs so many. */
    private static final int MAX_LENGTH = 60_000;

    private final Markup markup;
    private final Comment comment;
    private final StringBuilder text = new StringBuilder();
    private final List<String> why = new ArrayList<>();
    private final List<String> next = new ArrayList<>();

    MarkdownReply(Markup dialect, Comment comment) {
        this.markup = dialect;
        this.comment = comment;
    }

    /** The first sentence. */
    MarkdownReply answer(String sentence) {
        // The reader has checked that this is a login and not a team.
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

    /** Lines that stand in code as they are, indentation included. */
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

    /** Reasons in plain text, which may hold outside text. */
    MarkdownReply because(List<String> reasons) {
        why.addAll(reasons);
        return this;
    }

    /** What can be typed next: the command, and what it does. */
    MarkdownReply next(String command, String effect) {
        next.add("`" + command + "` " + effect);
        return this;
    }

    String escape(String words) {
        return markup.text(words);
    }

    /** A name as programs write it; calls nobody. */
    String code(String name) {
        return markup.code(name);
    }

    String link(String words, String url) {
        return markup.link(words, url);
    }

    String moment(Instant instant) {
        return markup.timestamp(instant);
    }

    String toMarkdown() {
        StringBuilder whole = new StringBuilder(text);
        if (!next.isEmpty()) {
            whole.append("\nNext: ").append(String.join(" · ", next)).append('\n');
        }
        if (!why.isEmpty()) {
            whole.append("\n<details><summary>Why</summary>\n\n");
            why.forEach(reason -> whole.append("- ").append(markup.text(reason)).append('\n'));
            whole.append("\n</details>\n");
        }
        whole.append("\n<sub>In response to ")
                .append(markup.link("this", comment.url()))
                .append(". `/ci-notify help` tells what can be typed.</sub>\n");
        return markup.truncate(whole.toString(), MAX_LENGTH);
    }
}
