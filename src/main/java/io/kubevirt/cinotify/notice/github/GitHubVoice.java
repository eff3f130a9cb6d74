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
import io.kubevirt.cinotify.notice.template.MessageView;
import io.kubevirt.cinotify.notice.template.MessageViews;
import io.kubevirt.cinotify.notice.template.TemplateSet;
import io.kubevirt.cinotify.notice.template.Templates;
import java.util.function.Supplier;

/**
 * The words for GitHub, markers included.
 *
 * @param templates those in force
 * @param views with the links and people of the settings in force
 */
public record GitHubVoice(Supplier<Templates> templates, Supplier<MessageViews> views) {

    String title(Saying saying) {
        return switch (saying.content()) {
            case Content.Letter letter -> letter.title();
            case Content.IncidentNews(Message message, var why) ->
                templates.get().render(TemplateSet.TITLE, views.get().of(message));
        };
    }

    /** What the root of the thread shows. */
    String root(Saying saying) {
        String text =
                switch (saying.content()) {
                    case Content.Letter letter -> letter.markdown();
                    case Content.IncidentNews(Message message, var why) ->
                        templates.get().render(TemplateSet.root(message.kind()), view(saying, message));
                };
        return Markers.add(text, saying.marker(), saying.rootMarker());
    }

    /** What stands below it. */
    String reply(Saying saying) {
        String text =
                switch (saying.content()) {
                    case Content.Letter letter -> letter.markdown();
                    case Content.IncidentNews(Message message, var why) ->
                        templates.get().render(TemplateSet.REPLY, view(saying, message));
                };
        return Markers.add(text, saying.marker());
    }

    /** On the pull requests that a lane has hit, nobody is called: the issue and the other channels do that. */
    private MessageView view(Saying saying, Message message) {
        boolean onPull = saying.place().contains("#")
                && !saying.place().equals(message.incident().conversation());
        return onPull ? views.get().calm(message) : views.get().of(message);
    }
}
