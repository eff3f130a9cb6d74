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
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.settings.SendingRules;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said in place of messages for which the hour had no room. */
record RestraintText(String title, String markdown) {

    /**
     * A message that was not said by itself.
     *
     * @param over whether what it tells of is over by now
     */
    record Line(Content content, boolean over) {}

    static RestraintText notice(SendingRules rules, Instant until) {
        return new RestraintText(
                "Too many messages: the next ones come together",
                "More than " + rules.messagesPerHour() + " messages within an hour would call people, or more than "
                        + rules.messagesPerPersonAndHour() + " the same person. Whatever finds no room comes in one"
                        + " digest at " + until + ". If this is how much there should be, raise"
                        + " `sending.messagesPerHour` or `sending.messagesPerPersonAndHour`.");
    }

    static RestraintText digest(List<Line> lines) {
        return new RestraintText(
                lines.size() + (lines.size() == 1 ? " message" : " messages") + " for which the hour had no room",
                lines.stream().map(RestraintText::row).collect(Collectors.joining("\n")));
    }

    private static String row(Line line) {
        String end = line.over() ? " – over by now" : "";
        return switch (line.content()) {
            case Content.IncidentNews(Message message, List<String> why) ->
                "- " + message.kind().word() + " " + code(message.incident().title()) + to(message.to()) + end;
            case Content.Letter letter -> "- " + code(letter.title()) + end;
        };
    }

    private static String to(@Nullable Addressee to) {
        return to == null || to.handle() == null ? "" : " for " + code(to.handle());
    }

    /** As code, so that nothing in it is markup and nobody is called. */
    private static String code(String outside) {
        return "`" + outside.replace('`', '\'').replaceAll("\\s+", " ") + "`";
    }
}
