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
package io.kubevirt.cinotify.notice.jira;

import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.template.Links;
import io.kubevirt.cinotify.notice.template.MessageView;
import io.kubevirt.cinotify.notice.template.MessageViews;
import io.kubevirt.cinotify.notice.template.PlainText;
import io.kubevirt.cinotify.notice.template.TemplateSet;
import io.kubevirt.cinotify.notice.template.Templates;
import java.util.Map;
import java.util.function.Supplier;

/** Writes issues and comments, by the templates for channels without markup of their own. */
public final class JiraText {

    private static final int LONGEST_SUMMARY = 250;

    /** Jira takes 32,767 letters. */
    private static final int LONGEST_TEXT = 32_000;

    /** The templates that {@link JiraText} needs. */
    public static final TemplateSet TEMPLATES =
            new TemplateSet("plain", "txt", new JiraWiki(), Map.of(TemplateSet.TITLE, LONGEST_SUMMARY), LONGEST_TEXT);

    private final Supplier<Templates> templates;
    private final Supplier<Links> links;

    /** @param templates those of {@link #TEMPLATES} */
    public JiraText(Supplier<Templates> templates, Supplier<Links> links) {
        this.templates = templates;
        this.links = links;
    }

    /** The line of an issue; for a log, too. */
    public String summary(Saying saying) {
        return switch (saying.content()) {
            case Content.IncidentNews news -> templates.get().render(TemplateSet.TITLE, view(news.message()));
            case Content.Letter letter -> new PlainText().cut(new PlainText().text(letter.title()), LONGEST_SUMMARY);
        };
    }

    String description(Saying saying) {
        return switch (saying.content()) {
            case Content.IncidentNews news -> {
                Message message = news.message();
                yield templates.get().render(TemplateSet.root(message.kind()), view(message));
            }
            case Content.Letter letter -> letter(letter);
        };
    }

    /** A comment; the anchor at its end is not shown. */
    String comment(Saying saying) {
        String text =
                switch (saying.content()) {
                    case Content.IncidentNews news -> templates.get().render(TemplateSet.REPLY, view(news.message()));
                    case Content.Letter letter -> letter(letter);
                };
        return text + "\n" + anchor(saying.marker());
    }

    /** By what a comment is found again. */
    static String anchor(String marker) {
        return "{anchor:" + marker.replace(':', '-') + "}";
    }

    /** Markdown is read well enough as it is written. */
    private static String letter(Content.Letter letter) {
        JiraWiki wiki = new JiraWiki();
        return wiki.cut(wiki.block(letter.markdown().lines().toList()), LONGEST_TEXT);
    }

    private MessageView view(Message message) {
        return new MessageViews(links.get(), handle -> null).of(message);
    }
}
