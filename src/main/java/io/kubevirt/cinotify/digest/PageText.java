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
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notice.template.Dialect;
import java.util.List;

/** Writes a page in one dialect. */
final class PageText {

    private final Dialect dialect;
    private final String heading;
    private final String bullet;

    /**
     * @param heading the form of a heading, with a place for its words
     * @param bullet what begins a line of a list
     */
    PageText(Dialect dialect, String heading, String bullet) {
        this.dialect = dialect;
        this.heading = heading;
        this.bullet = bullet;
    }

    String write(Page page) {
        StringBuilder text = new StringBuilder();
        list(page.summary(), text);
        for (Page.Section section : page.sections()) {
            text.append('\n').append(String.format(heading, section.heading())).append("\n\n");
            list(section.lines(), text);
            if (section.more() > 0) {
                text.append(bullet).append("and ").append(section.more()).append(" more\n");
            }
        }
        return text.toString();
    }

    private void list(List<Line> lines, StringBuilder text) {
        lines.forEach(line -> text.append(bullet).append(line.in(dialect)).append('\n'));
    }
}
