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
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.notice.template.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The Markdown of an answer in the shape of Prow's plugins: to whom, what, why, what next, in response to what. */
final class Sheet {

    /** GitHub takes 65,536 characters; no answer needs so many. */
    private static final int LONGEST = 60_000;

    private final Dialect dialect;
    private final Comment comment;
    private final StringBuilder text = new StringBuilder();
    private final List<String> why = new ArrayList<>();
    private final List<String> next = new ArrayList<>();

    Sheet(Dialect dialect, Comment comment) {
        this.dialect = dialect;
        this.comment = comment;
    }

    /** The first sentence. */
    Sheet answer(String sentence) {
        // The reader has checked that this is a login and not a team.
        text.append('@').append(comment.author()).append(": ").append(sentence).append('\n');
        return this;
    }

    Sheet paragraph(String markdown) {
        text.append('\n').append(markdown).append('\n');
        return this;
    }

    Sheet bullets(List<String> lines) {
        text.append('\n');
        lines.forEach(line -> text.append("- ").append(line).append('\n'));
        return this;
    }

    /** Lines that stand in code as they are, indentation included. */
    Sheet yaml(List<String> lines) {
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
    Sheet because(List<String> reasons) {
        why.addAll(reasons);
        return this;
    }

    /** What can be typed next: the command, and what it does. */
    Sheet next(String command, String effect) {
        next.add("`" + command + "` " + effect);
        return this;
    }

    String outside(String words) {
        return dialect.text(words);
    }

    /** A name as programs write it; calls nobody. */
    String code(String name) {
        return dialect.code(name);
    }

    String link(String words, String url) {
        return dialect.link(words, url);
    }

    String moment(Instant instant) {
        return dialect.moment(instant);
    }

    String written() {
        StringBuilder whole = new StringBuilder(text);
        if (!next.isEmpty()) {
            whole.append("\nNext: ").append(String.join(" · ", next)).append('\n');
        }
        if (!why.isEmpty()) {
            whole.append("\n<details><summary>Why</summary>\n\n");
            why.forEach(
                    reason -> whole.append("- ").append(dialect.text(reason)).append('\n'));
            whole.append("\n</details>\n");
        }
        whole.append("\n<sub>In response to ")
                .append(dialect.link("this", comment.url()))
                .append(". `/ci-notify help` tells what can be typed.</sub>\n");
        return dialect.cut(whole.toString(), LONGEST);
    }
}
