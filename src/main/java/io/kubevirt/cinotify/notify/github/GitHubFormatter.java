// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.github;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.template.MessageModel;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import java.util.function.Supplier;

/**
 * The words for GitHub, markers included.
 *
 * @param templates those in force
 * @param models with the links and people of the settings in force
 */
public record GitHubFormatter(Supplier<Templates> templates, Supplier<MessageModelFactory> models) {

    String title(AddressedMessage saying) {
        return switch (saying.message()) {
            case OutgoingMessage.TextMessage letter -> letter.title();
            case OutgoingMessage.IncidentMessage(Notification message, var why) ->
                templates.get().render(TemplateSet.TITLE, models.get().create(message));
        };
    }

    /** What the root of the thread shows. */
    String root(AddressedMessage saying) {
        String text =
                switch (saying.message()) {
                    case OutgoingMessage.TextMessage letter -> letter.markdown();
                    case OutgoingMessage.IncidentMessage(Notification message, var why) ->
                        templates.get().render(TemplateSet.root(message.kind()), model(saying, message));
                };
        return Markers.add(text, saying.marker(), saying.rootMarker());
    }

    /** What stands below it. */
    String reply(AddressedMessage saying) {
        String text =
                switch (saying.message()) {
                    case OutgoingMessage.TextMessage letter -> letter.markdown();
                    case OutgoingMessage.IncidentMessage(Notification message, var why) ->
                        templates.get().render(TemplateSet.REPLY, model(saying, message));
                };
        return Markers.add(text, saying.marker());
    }

    /** On the pull requests that a lane has hit, nobody is called: the issue and the other channels do that. */
    private MessageModel model(AddressedMessage saying, Notification message) {
        boolean onPull = saying.destination().contains("#")
                && !saying.destination().equals(message.incident().conversation());
        return onPull ? models.get().withoutMentions(message) : models.get().create(message);
    }
}
