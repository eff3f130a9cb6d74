// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.VisibilityPolicy;
import io.kubevirt.cinotify.incident.VisibilityScope;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage.IncidentMessage;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.Transaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The destinations at which a message about an incident may be shown. A private incident that has none is sent to its owner, in
 * direct messages, and the operator is warned.
 */
record MessageAddresses(Channels channels, Transaction transaction) {
    private static final Logger LOG = Logger.getLogger(MessageAddresses.class);

    /** Why a message has no destination but direct messages; stored with it. */
    static final String WITHHELD =
            "not sent: the incident is private, or not known to be public, and no destination that"
                    + " is marked private matches it; see destinations and visibility in docs/settings.md";

    private static final Set<NotificationKind> ENDS = Set.of(NotificationKind.RESOLVED, NotificationKind.FOLDED);

    List<AddressedMessage> of(IncidentMessage message) {
        VisibilityScope scope = transaction.visibility().scope(message.thread());
        List<AddressedMessage> all = channels.address(message, scope);
        if (!scope.isRestricted()) {
            return all;
        }
        List<AddressedMessage> allowed =
                all.stream().filter(address -> mayShow(address, scope)).toList();
        Stream<AddressedMessage> direct = allowed.isEmpty() ? direct(message) : Stream.of();
        return Stream.of(allowed.stream(), earlier(message, scope), direct)
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    /** Whether only direct messages, or nothing, is sent about a message that would have gone to other destinations. */
    boolean isWithheld(IncidentMessage message) {
        VisibilityScope scope = transaction.visibility().scope(message.thread());
        List<AddressedMessage> all = scope.isRestricted() ? channels.address(message, scope) : List.of();
        return !all.isEmpty() && all.stream().noneMatch(address -> mayShow(address, scope));
    }

    /** Without names: the log is an output for everybody. */
    static void warn(IncidentMessage message) {
        Counter.builder("ci_notify.notifications.withheld")
                .description("Notifications about private incidents without a private destination.")
                .register(Metrics.globalRegistry)
                .increment();
        LOG.warnf("incident %s was %s", message.thread(), WITHHELD);
    }

    /** Where the end of an incident must be shown without its details: it became private after it was shown there. */
    List<AddressedMessage> withoutDetails(IncidentMessage message) {
        VisibilityScope scope = transaction.visibility().scope(message.thread());
        if (!scope.isRestricted() || !ENDS.contains(message.notification().kind())) {
            return List.of();
        }
        IncidentMessage end = new IncidentMessage(message.notification().withoutDetails(), List.of());
        return places(end)
                .filter(address -> !mayShow(address, scope)
                        && !transaction
                                .messages()
                                .isUnaware(address.channel(), address.destination(), message.thread()))
                .toList();
    }

    /** The destination, if everybody may read its name: in the log, on health pages and in notices. */
    String name(String channel, String destination) {
        return isPublic(channel, destination) ? destination : "a restricted destination";
    }

    /** Whether everybody may read the name of a destination, and what its service says about it. */
    boolean isPublic(String channel, String destination) {
        Audience audience = audience(channel, destination);
        return audience instanceof Audience.Everybody
                || (audience instanceof Audience.Readers readers && readers.visibility() == Visibility.PUBLIC);
    }

    private boolean mayShow(AddressedMessage address, VisibilityScope scope) {
        return VisibilityPolicy.mayShow(audience(address.channel(), address.destination()), scope);
    }

    private Audience audience(String channel, String destination) {
        Audience audience = channels.audience(channel, destination);
        // A webhook may show a repository as private that the settings take for public with all others.
        return audience instanceof Audience.Readers readers
                        && transaction.visibility().ofRepository(readers.repository()) == Visibility.PRIVATE
                ? new Audience.Readers(readers.repository(), Visibility.PRIVATE)
                : audience;
    }

    /** Where the incident was shown before: direct messages of an earlier owner, destinations of earlier settings. */
    private Stream<AddressedMessage> earlier(IncidentMessage message, VisibilityScope scope) {
        return places(message).filter(address -> mayShow(address, scope));
    }

    private Stream<AddressedMessage> places(IncidentMessage message) {
        return transaction.messages().destinations(message.thread()).stream()
                .filter(place -> channels.byName(place.channel()).isPresent())
                .map(place -> new AddressedMessage(place.channel(), place.destination(), message));
    }

    private Stream<AddressedMessage> direct(IncidentMessage message) {
        Notification notification = message.notification();
        Optional<String> owner = Optional.ofNullable(notification.to())
                .map(Recipient::handle)
                .or(() -> Optional.ofNullable(notification.incident().responsible()));
        return channels.channels().stream().flatMap(channel -> owner.flatMap(channel::directMessages).stream()
                .map(destination ->
                        new AddressedMessage(Objects.requireNonNull(channel.name()), destination, message)));
    }
}
