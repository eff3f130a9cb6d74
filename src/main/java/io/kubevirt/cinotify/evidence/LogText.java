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
package io.kubevirt.cinotify.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes lines of a part of a log; bytes that are no UTF-8 are replaced. */
final class LogText {

    private static final int LONGEST_LINE = 2_000;

    private LogText() {}

    /**
     * The lines of a part.
     *
     * @param atStart whether the part begins where a line does; if not, its first line is left out
     * @param atEnd whether the part ends where a line does; if not, its last line is left out
     */
    static List<String> lines(byte[] part, boolean atStart, boolean atEnd) {
        List<String> lines = new ArrayList<>();
        String text = new String(part, StandardCharsets.UTF_8);
        int from = atStart ? 0 : text.indexOf('\n') + 1;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            if (end < 0 && !atEnd) {
                return lines;
            }
            int until = end < 0 ? text.length() : end;
            int soFar = Math.min(until, from + 4 * LONGEST_LINE);
            lines.add(CleanText.line(text.substring(from, soFar), LONGEST_LINE).stripTrailing());
            from = until + 1;
        }
        return lines;
    }
}
