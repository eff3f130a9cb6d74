// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.MessageModel;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import java.util.Map;
import java.util.function.Supplier;

/** Formats issues and comments with the plain templates. */
public final class JiraFormatter {
    private static final int LONGEST_SUMMARY = 250;

    /** Jira's limit is 32,767 characters. */
    private static final int LONGEST_TEXT = 32_000;

    /** Templates of the folder {@code plain}, in Jira's markup. */
    public static final TemplateSet TEMPLATES =
            new TemplateSet("plain", "txt", new JiraMarkup(), Map.of(TemplateSet.TITLE, LONGEST_SUMMARY), LONGEST_TEXT);

    private final Supplier<Templates> templates;
    private final Supplier<Links> links;

    public JiraFormatter(Supplier<Templates> templates, Supplier<Links> links) {
        this.templates = templates;
        this.links = links;
    }

    /** The summary of an issue. */
    public String summary(AddressedMessage message) {
        return switch (message.message()) {
            case OutgoingMessage.IncidentMessage incidentMessage ->
                templates.get().render(TemplateSet.TITLE, model(incidentMessage.notification()));
            case OutgoingMessage.TextMessage textMessage -> TEMPLATES.shortenedTitle(textMessage.title());
        };
    }

    /** The description of an issue. */
    String description(AddressedMessage message, JiraReference reference) {
        String text =
                switch (message.message()) {
                    case OutgoingMessage.IncidentMessage incidentMessage -> {
                        Notification notification = incidentMessage.notification();
                        yield templates.get().render(TemplateSet.root(notification.kind()), model(notification));
                    }
                    case OutgoingMessage.TextMessage textMessage -> textMessage(textMessage);
                };
        return text + "\n" + reference.line();
    }

    String comment(AddressedMessage message, JiraReference reference) {
        String text =
                switch (message.message()) {
                    case OutgoingMessage.IncidentMessage incidentMessage ->
                        templates.get().render(TemplateSet.REPLY, model(incidentMessage.notification()));
                    case OutgoingMessage.TextMessage textMessage -> textMessage(textMessage);
                };
        return text + "\n" + reference.line();
    }

    /** Markdown is readable as it is. */
    private static String textMessage(OutgoingMessage.TextMessage textMessage) {
        JiraMarkup wiki = new JiraMarkup();
        return wiki.truncate(
                wiki.block(GitHubMarkdown.replaceBreaks(textMessage.markdown(), "")
                        .lines()
                        .toList()),
                LONGEST_TEXT);
    }

    private MessageModel model(Notification notification) {
        return new MessageModelFactory(links.get(), handle -> null).create(notification);
    }
}
