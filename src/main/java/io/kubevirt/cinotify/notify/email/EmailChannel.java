// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.email;

import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.MessageRenderer;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.PlainTextMarkup;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.prow.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;

/**
 * A thread of mails per incident and address: the notifications that interrupt somebody, and the resolution. Each address gets mails of
 * its own, so that one that is refused delays no other.
 */
public final class EmailChannel implements Channel {
    /** The name in the configuration, the outbox and metrics. */
    public static final String NAME = "email";

    /** Templates of the folder {@code plain}, in its markup. */
    public static final TemplateSet TEMPLATES = HtmlMarkup.TEMPLATES;

    private static final HtmlRenderer MARKDOWN =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

    private final Supplier<EmailConfig> config;
    private final SmtpClient client;
    private final MessageRenderer plain;
    private final MessageRenderer rich;

    EmailChannel(Supplier<EmailConfig> config, SmtpClient client, MessageRenderer plain, MessageRenderer rich) {
        this.config = config;
        this.client = client;
        this.plain = plain;
        this.rich = rich;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String preview(AddressedMessage message) {
        return plain.title(message);
    }

    /** The lookup finds nothing, so a mail with an unknown outcome waits before it is sent again. */
    @Override
    public ChannelCapabilities capabilities() {
        return new ChannelCapabilities(false, true, true);
    }

    /** The Message-ID is the same, by which servers and mail programs recognize the duplicate. */
    @Override
    public boolean isIdempotent() {
        return true;
    }

    @Override
    public List<String> destinations(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage(Notification notification, List<String> why) -> {
                NotificationKind kind = notification.kind();
                yield kind.interrupts() || kind == NotificationKind.RESOLVED ? addresses(notification) : List.of();
            }
            case OutgoingMessage.TextMessage text ->
                text.channel().equals(NAME) ? List.of(text.destination()) : List.of();
        };
    }

    /** Those of the area, and of the person who is notified or was last. */
    private List<String> addresses(Notification notification) {
        EmailConfig now = config.get();
        String handle = notification.to() == null
                ? notification.incident().responsible()
                : notification.to().handle();
        return Stream.concat(
                        now.addressesOf(notification.incident().diagnosis().area()).stream(),
                        Stream.ofNullable(handle).flatMap(person -> directMessages(person).stream()))
                .distinct()
                .toList();
    }

    @Override
    public Audience audience(String destination) {
        EmailConfig now = config.get();
        return now.visibility() == Visibility.PRIVATE || now.isOnlyOfPerson(destination)
                ? Audience.PRIVATE
                : Audience.PUBLIC;
    }

    @Override
    public Optional<String> directMessages(String handle) {
        return Optional.ofNullable(config.get().people().get(handle));
    }

    @Override
    public Optional<String> defaultDestination() {
        return config.get().to().stream().findFirst();
    }

    @Override
    public SendResult post(AddressedMessage message) {
        return send(message, id(message.rootMarker()), null);
    }

    /** Never called, since {@link #capabilities} excludes it. */
    @Override
    public SendResult edit(AddressedMessage message, String root) {
        return reply(message, root);
    }

    @Override
    public SendResult reply(AddressedMessage message, String root) {
        return send(message, id(message.marker()), id(message.rootMarker()));
    }

    @Override
    public LookupResult findRoot(AddressedMessage message) {
        return new LookupResult.NotFound();
    }

    @Override
    public LookupResult findReply(AddressedMessage message, String root) {
        return new LookupResult.NotFound();
    }

    private SendResult send(AddressedMessage message, String id, @Nullable String parent) {
        EmailMessage mail = new EmailMessage(
                message.destination(),
                subject(message),
                plain.title(message) + "\n\n" + (parent == null ? plain.standalone(message) : plain.reply(message)),
                html(message, parent != null),
                id,
                parent,
                message.message() instanceof OutgoingMessage.TextMessage
                        ? config.get().unsubscribe()
                        : null);
        return client.send(mail, message::beforeWrite);
    }

    /** The same in the whole thread, as some mail programs need it. */
    private String subject(AddressedMessage message) {
        return switch (message.message()) {
            case OutgoingMessage.IncidentMessage incident ->
                "[ci-notify] "
                        + new PlainTextMarkup()
                                .text(incident.notification().incident().shortTitle());
            case OutgoingMessage.TextMessage text -> plain.title(message);
        };
    }

    private String html(AddressedMessage message, boolean reply) {
        String title = "<b>" + new HtmlMarkup().text(rich.title(message)) + "</b>";
        return switch (message.message()) {
            case OutgoingMessage.IncidentMessage incident ->
                (title + "\n\n" + (reply ? rich.reply(message) : rich.standalone(message))).replace("\n", "<br>\n");
            case OutgoingMessage.TextMessage text ->
                title + "\n" + MARKDOWN.render(Parser.builder().build().parse(text.markdown()));
        };
    }

    /** Only characters that an id may have. */
    private static String id(String marker) {
        return marker.replaceAll("[^A-Za-z0-9.-]", ".");
    }
}
