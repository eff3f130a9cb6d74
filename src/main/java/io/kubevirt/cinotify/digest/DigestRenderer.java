// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notify.template.Markup;
import java.util.List;

/** Writes a page in one dialect. */
final class DigestRenderer {

    private final Markup dialect;
    private final String heading;
    private final String bullet;

    /**
     * @param heading the form of a heading, with a place for its words
     * @param bullet what begins a line of a list
     */
    DigestRenderer(Markup dialect, String heading, String bullet) {
        this.dialect = dialect;
        this.heading = heading;
        this.bullet = bullet;
    }

    String render(Digest page) {
        StringBuilder text = new StringBuilder();
        list(page.summary(), text);
        for (Digest.Section section : page.sections()) {
            text.append('\n').append(String.format(heading, section.heading())).append("\n\n");
            list(section.lines(), text);
            if (section.more() > 0) {
                text.append(bullet).append("and ").append(section.more()).append(" more\n");
            }
        }
        return text.toString();
    }

    private void list(List<DigestLine> lines, StringBuilder text) {
        lines.forEach(line -> text.append(bullet).append(line.render(dialect)).append('\n'));
    }
}
