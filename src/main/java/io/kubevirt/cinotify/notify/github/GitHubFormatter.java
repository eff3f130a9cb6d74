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
 * Formats messages for GitHub, with markers.
 *
 * @param templates the current ones
 * @param models with the current links and people
 */
public record GitHubFormatter(Supplier<Templates> templates, Supplier<MessageModelFactory> models) {
    String title(AddressedMessage message) {
        return switch (message.message()) {
            case OutgoingMessage.TextMessage textMessage -> TemplateSet.GITHUB.shortenedTitle(textMessage.title());
            case OutgoingMessage.IncidentMessage(Notification notification, var why) ->
                templates.get().render(TemplateSet.TITLE, models.get().create(notification));
        };
    }

    /** The root of the thread. */
    String root(AddressedMessage message) {
        String text =
                switch (message.message()) {
                    case OutgoingMessage.TextMessage textMessage ->
                        TemplateSet.GITHUB.shortened(textMessage.markdown());
                    case OutgoingMessage.IncidentMessage(Notification notification, var why) ->
                        templates.get().render(TemplateSet.root(notification.kind()), model(message, notification));
                };
        String title = message.destination().contains("#") ? "" : title(message);
        return Markers.add(text, Markers.digest(title, text), message.marker(), message.rootMarker());
    }

    String reply(AddressedMessage message) {
        String text =
                switch (message.message()) {
                    case OutgoingMessage.TextMessage textMessage ->
                        TemplateSet.GITHUB.shortened(textMessage.markdown());
                    case OutgoingMessage.IncidentMessage(Notification notification, var why) ->
                        templates.get().render(TemplateSet.REPLY, model(message, notification));
                };
        return Markers.add(text, message.marker());
    }

    /** Nobody is mentioned on affected pull requests: the issue and other channels do that. */
    private MessageModel model(AddressedMessage message, Notification notification) {
        boolean onPull = message.destination().contains("#")
                && !message.destination().equals(notification.incident().conversation());
        return onPull
                ? models.get().withoutMentions(notification)
                : models.get().create(notification);
    }
}
