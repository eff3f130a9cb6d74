// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.console;

import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.notify.template.MessageLayout;
import io.kubevirt.cinotify.notify.template.MessageModel;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Formats a message as a paragraph for a terminal: the lines that every channel shows, as plain text. */
final class ConsoleFormatter {
    private static final String RESOLVED = "Resolved: ";

    private final Supplier<MessageModelFactory> models;
    private final Markup markup;

    /** @param zone of the reader */
    ConsoleFormatter(Supplier<MessageModelFactory> models, ZoneId zone) {
        this.models = models;
        this.markup = new ConsoleMarkup(zone);
    }

    String format(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage(Notification notification, List<String> why) ->
                format(notification, notification.kind().name());
            case OutgoingMessage.TextMessage textMessage -> {
                Paragraph text = new Paragraph(markup.text(textMessage.title()));
                GitHubMarkdown.replaceBreaks(textMessage.markdown(), "")
                        .lines()
                        .map(markup::text)
                        .forEach(text::line);
                yield text.toString();
            }
        };
    }

    /** A notification that is deferred to working hours. */
    String formatDeferred(OutgoingMessage content) {
        return content instanceof OutgoingMessage.IncidentMessage(Notification notification, List<String> why)
                ? format(notification, "DEFERRED until " + markup.timestamp(notification.at()))
                : format(content);
    }

    /** A deferred notification that is no longer needed. */
    String formatDropped(OutgoingMessage content) {
        return content instanceof OutgoingMessage.IncidentMessage(Notification notification, List<String> why)
                ? new Paragraph(markup.text(
                                "DROPPED  " + notification.incident().shortTitle() + ": "
                                        + why.stream()
                                                .filter(reason -> reason.startsWith(OutgoingMessage.WITHDRAWN))
                                                .reduce((earlier, last) -> last)
                                                .map(reason -> reason.substring(OutgoingMessage.WITHDRAWN.length()))
                                                .orElse("no longer needed")))
                        .toString()
                : format(content);
    }

    private String format(Notification notification, String word) {
        MessageModel model = models.get().create(notification);
        MessageLayout layout = model.layout();
        String headline = layout.headline();
        Paragraph text = new Paragraph(markup.text(word + "  "
                + (notification.kind() == NotificationKind.RESOLVED ? headline.replaceFirst(RESOLVED, "") : headline)));
        add(text, layout.status());
        if (addsReason(notification.kind())) {
            add(text, layout.reason());
        }
        model.details().forEach(detail -> text.line(markup.text(detail)));
        add(text, layout.extent());
        add(text, layout.failing());
        add(text, layout.log());
        add(text, layout.cause());
        add(text, layout.next());
        add(text, link(notification.incident()));
        if (!model.commands().isEmpty()) {
            String id = markup.text(model.id());
            text.line((notification.incident().acknowledgedBy() == null
                            ? "To acknowledge: /ci-notify ack " + id + " · for"
                            : "For")
                    + " the reasons: /ci-notify explain " + id);
        }
        return text.toString();
    }

    /** Whether the text of the notification has more than the other lines. */
    private static boolean addsReason(NotificationKind kind) {
        return switch (kind) {
            case OPENED, RESOLVED, FOLDED, HANDOFF -> false;
            default -> true;
        };
    }

    /** The page of the run, if known at the line of the cause. */
    private static @Nullable Fragment link(IncidentView incident) {
        Symptoms symptoms = incident.diagnosis().symptoms();
        FailedRun run = incident.latest();
        if (symptoms != null && symptoms.excerptUrl() != null) {
            return new Fragment.Link("log", symptoms.excerptUrl());
        }
        return run == null || run.url() == null ? null : new Fragment.Link("run", run.url());
    }

    private void add(Paragraph text, @Nullable Fragment fragment) {
        if (fragment != null) {
            fragment.render(markup).lines().forEach(text::line);
        }
    }

    /** A headline with lines, without secrets. */
    private static final class Paragraph {
        /** Code points: more than URLs and descriptions of Prow need. */
        private static final int LONGEST_LINE = 400;

        private final StringBuilder text = new StringBuilder();

        Paragraph(String headline) {
            text.append("\n● ").append(shortened(headline));
        }

        void line(String value) {
            text.append("\n  ").append(shortened(value));
        }

        @Override
        public String toString() {
            return Secrets.censor(text.toString());
        }

        private static String shortened(String value) {
            return value.codePointCount(0, value.length()) <= LONGEST_LINE
                    ? value
                    : value.substring(0, value.offsetByCodePoints(0, LONGEST_LINE)) + "…";
        }
    }
}
