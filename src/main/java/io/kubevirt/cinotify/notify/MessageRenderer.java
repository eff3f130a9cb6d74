// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.MessageModel;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import io.kubevirt.cinotify.notify.template.PlainTextMarkup;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns messages into the text of a channel, by its templates. The Markdown of text messages stays, without entities.
 *
 * @param users finds the name, on the channel, of a GitHub handle that is mentioned
 */
public record MessageRenderer(
        TemplateSet set, Supplier<Templates> templates, Supplier<Links> links, MessageModelFactory.UserLookup users) {
    /** With the current templates and links. */
    public static MessageRenderer of(TemplateSet set, ChannelContext context, MessageModelFactory.UserLookup users) {
        return new MessageRenderer(set, context.templates(set), context.links(), users);
    }

    /** One line of plain text. */
    public String title(AddressedMessage message) {
        PlainTextMarkup plain = new PlainTextMarkup();
        return switch (message.message()) {
            case OutgoingMessage.IncidentMessage incident -> render(TemplateSet.TITLE, incident.notification());
            case OutgoingMessage.TextMessage text ->
                plain.truncate(plain.text(text.title()), set.limitOf(TemplateSet.TITLE));
        };
    }

    /** The text of a root, without its title. */
    public String root(AddressedMessage message) {
        return switch (message.message()) {
            case OutgoingMessage.IncidentMessage incident ->
                render(TemplateSet.root(incident.notification().kind()), incident.notification());
            case OutgoingMessage.TextMessage text -> markdown(text);
        };
    }

    /** The text of a root that is no edit: why it is sent comes first. */
    public String standalone(AddressedMessage message) {
        Stream<String> reasons = Stream.of();
        if (message.message() instanceof OutgoingMessage.IncidentMessage incident) {
            MessageModel model = model(incident.notification());
            reasons = Stream.concat(
                    Stream.ofNullable(model.layout().reason()).map(reason -> reason.render(set.markup())),
                    model.details().stream().map(detail -> "- " + set.markup().text(detail)));
        }
        return Stream.concat(reasons, Stream.of(root(message))).collect(Collectors.joining("\n"));
    }

    /** The text of a reply, which repeats the title. */
    public String reply(AddressedMessage message) {
        return switch (message.message()) {
            case OutgoingMessage.IncidentMessage incident -> render(TemplateSet.REPLY, incident.notification());
            case OutgoingMessage.TextMessage text -> markdown(text);
        };
    }

    /** The variables of the templates. */
    public MessageModel model(Notification notification) {
        return new MessageModelFactory(links.get(), users).create(notification);
    }

    private String render(String template, Notification notification) {
        return templates.get().render(template, model(notification));
    }

    private String markdown(OutgoingMessage.TextMessage text) {
        return set.markup()
                .truncate(GitHubMarkdown.replaceBreaks(text.markdown(), "\u200b"), set.limitOf(TemplateSet.REPLY));
    }
}
