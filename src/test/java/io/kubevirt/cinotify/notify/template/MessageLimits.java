// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** The limits of the layout, for messages of every channel. */
public final class MessageLimits {
    private static final int LINES = 6;
    private static final int CHARACTERS = 900;

    private MessageLimits() {}

    /** Fails if a message is too long, names its lane twice or shows its trace. */
    public static void check(String title, String root, MessageModel view) {
        List<String> message = shown(root);
        List<String> lines = message.stream()
                .takeWhile(line -> !line.startsWith("Answer:")
                        && view.links().stream()
                                .noneMatch(link -> line.startsWith(link.text() + " ·") || line.equals(link.text())))
                .toList();
        assertThat(lines).as("lines before the links").hasSizeLessThanOrEqualTo(LINES);
        String text = title + "\n" + String.join("\n", message);
        assertThat(text.codePointCount(0, text.length())).as(text).isLessThanOrEqualTo(CHARACTERS);
        assertThat(title).hasSizeLessThanOrEqualTo(150);
        view.layout().trace().stream()
                .filter(step -> step.startsWith("rule ") || step.contains("within 24 h"))
                .forEach(step -> assertThat(text).as("trace").doesNotContain(step));
        assertThat(text).doesNotContain("confidence high", "rule ");
        Stream.concat(view.finding().lanes().shown().stream(), Stream.of(new Fragment.Code(view.title())))
                .map(name -> name.render(new PlainTextMarkup()))
                .filter(name -> name.contains("pull-"))
                .forEach(name -> assertThat(text).as("the lane is named once").doesNotContain(name));
    }

    /** The lines that a person sees without opening anything. */
    static List<String> shown(String root) {
        return root.split("(?m)^(<details>|Details$)", 2)[0]
                .replaceAll("&#8203;|\u200b", "")
                .replaceAll("<!date[^|>]*\\|([^>]*)>", "$1")
                .replaceAll("<(https?:[^|>]*)\\|([^>]*)>", "$2")
                .replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll(" https?://\\S+", "")
                .replaceAll("[*`]", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
