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

import io.kubevirt.cinotify.notice.template.Dialect;
import io.kubevirt.cinotify.notice.template.SlackMrkdwn;
import java.util.ArrayList;
import java.util.List;

/** Parts a long text where its lines end, since Slack takes no more than 3,000 letters in a section. */
final class Sections {

    private static final int LONGEST = 2_900;
    private static final String FENCE = "```";

    private static final Dialect DIALECT = new SlackMrkdwn();

    private final List<String> parts = new ArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private boolean inBlock;

    private Sections() {}

    /** Each part is whole in itself: what is cut in the middle of a block of a log begins another one. */
    static List<String> of(String text) {
        Sections sections = new Sections();
        text.lines().forEach(sections::add);
        sections.end();
        return sections.parts;
    }

    private void add(String line) {
        String whole = DIALECT.cut(line, LONGEST / 2);
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
