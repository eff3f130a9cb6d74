// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.notify.template.SlackMrkdwn;
import java.util.ArrayList;
import java.util.List;

/** Splits a long text at line ends: Slack allows 3,000 characters in a section. */
final class SectionSplitter {

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
