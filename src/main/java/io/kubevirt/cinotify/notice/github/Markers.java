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
package io.kubevirt.cinotify.notice.github;

import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Saying;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Comments that nobody sees, by which ours are found again: the last lines of a text. What stands before them may show
 * somebody else's words, which may be a marker too.
 */
final class Markers {

    private static final String BEGIN = "<!-- ";
    private static final String END = " -->";

    /** What is looked for was written after the incident opened, by clocks that differ a little. */
    private static final Duration CLOCK_DRIFT = Duration.ofHours(1);

    private Markers() {}

    /** Since when a saying may stand somewhere; null if that is not known. */
    static @Nullable Instant since(Saying saying) {
        return saying.content() instanceof Content.IncidentNews(Message message, var why)
                ? message.incident().openedAt().minus(CLOCK_DRIFT)
                : null;
    }

    static String add(String text, String... markers) {
        StringBuilder marked = new StringBuilder(text).append('\n');
        for (String marker : markers) {
            marked.append('\n').append(line(marker));
        }
        return marked.toString();
    }

    static boolean has(String text, String marker) {
        String wanted = line(marker);
        String[] lines = text.strip().split("\\R");
        for (int at = lines.length - 1; at >= 0; at--) {
            String line = lines[at].strip();
            if (line.equals(wanted)) {
                return true;
            }
            if (!line.startsWith(BEGIN) || !line.endsWith(END)) {
                return false;
            }
        }
        return false;
    }

    /** Nothing in it ends the comment. */
    private static String line(String marker) {
        StringBuilder safe = new StringBuilder();
        marker.codePoints()
                .forEach(point -> safe.appendCodePoint(point > ' ' && point != '<' && point != '>' ? point : '_'));
        return BEGIN + safe.toString().replace("--", "-_") + END;
    }
}
