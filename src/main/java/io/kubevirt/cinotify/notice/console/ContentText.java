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
package io.kubevirt.cinotify.notice.console;

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.notice.Content;
import java.util.List;
import java.util.Locale;

/** A content as a paragraph for a terminal. */
final class ContentText {

    private ContentText() {}

    static String said(Content content) {
        return switch (content) {
            case Content.IncidentNews(Message message, List<String> why) ->
                news(message.kind().word().toUpperCase(Locale.ROOT), message, why);
            case Content.Letter letter -> letter(letter);
        };
    }

    static String deferred(Content content) {
        return content instanceof Content.IncidentNews(Message message, List<String> why)
                ? news("DEFERRED until " + message.at(), message, why)
                : said(content);
    }

    /** It is over before anybody was told. */
    static String dropped(Content content) {
        return content instanceof Content.IncidentNews(Message message, List<String> why)
                ? new Paragraph("DROPPED  " + message.incident().title() + ": over before anybody was told").toString()
                : said(content);
    }

    private static String news(String headline, Message message, List<String> why) {
        IncidentView incident = message.incident();
        Paragraph text = new Paragraph(headline + "  " + incident.title());
        if (message.to() != null) {
            text.line("tell", person(message.to()));
        }
        text.lines("what", message.text().lines().toList());
        text.line("since", incident.openedAt() + (incident.blocking() ? ", blocks merging" : ""));
        text.lines("why", why);
        text.line("incident", incident.id());
        return text.toString();
    }

    private static String letter(Content.Letter letter) {
        Paragraph text = new Paragraph(letter.title());
        text.lines("text", letter.markdown().lines().toList());
        return text.toString();
    }

    private static String person(Addressee to) {
        return to.handle() == null || to.level() == null
                ? "nobody: the area has no member who ever works"
                : to.handle() + " (" + to.level().title() + ")";
    }
}
