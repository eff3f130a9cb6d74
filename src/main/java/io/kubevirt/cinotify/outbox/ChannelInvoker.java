// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Announcer;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.ReadBackResult;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.WriteGuard;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.store.MessageForm;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Executes a claimed step on its channel. A message that may already be sent is looked up before it is sent again. */
final class ChannelInvoker {
    private static final String POSSIBLE_DUPLICATE_REASON =
            "ci-notify was interrupted and does not know whether this was sent before; this channel has no lookup";

    private static final Logger LOG = Logger.getLogger(ChannelInvoker.class);

    private final Channel channel;
    private final ClaimedMessage claimed;
    private final WriteGuard guard;

    /** Whether a writing request may have been sent. */
    private boolean wrote;

    ChannelInvoker(Channel channel, ClaimedMessage claimed, WriteGuard guard) {
        this.channel = channel;
        this.claimed = claimed;
        this.guard = guard;
    }

    sealed interface Outcome {
        record Sent(String reference) implements Outcome {}

        /** Found by lookup. */
        record AlreadySent(String reference) implements Outcome {}

        /** The root shows the right state, or what a person made of it. */
        record Verified() implements Outcome {}

        /** The other side could not be asked what is visible. */
        record Inconclusive(SendResult.RetryLater later) implements Outcome {}

        record NotFound() implements Outcome {}

        /** Not found, but within the channel's visibility delay. */
        record NotFoundYet() implements Outcome {}

        /**
         * Not sent, or unknown.
         *
         * @param result anything but {@link SendResult.Sent}
         * @param uncertain whether an earlier attempt may have sent it
         */
        record Failed(SendResult result, boolean uncertain) implements Outcome {}
    }

    /** Blocks as long as the channel does. Never throws: a defect in one message must not stop the others. */
    static Outcome invoke(Channel channel, ClaimedMessage claimed, WriteGuard guard) {
        ChannelInvoker invoker = new ChannelInvoker(channel, claimed, guard);
        try {
            return invoker.invoke();
        } catch (WriteGuard.DeniedException e) {
            String reason = String.valueOf(e.getMessage());
            return invoker.wrote
                    ? new Outcome.Failed(new SendResult.Unknown(reason), true)
                    : new Outcome.Failed(
                            new SendResult.RetryLater(Duration.ZERO, reason),
                            claimed.row().uncertain());
        } catch (RuntimeException e) {
            LOG.errorf(e, "failed to send %s to %s", claimed.row().messageId(), channel.name());
            return new Outcome.Failed(
                    new SendResult.Rejected("internal error: " + e + "; please report this with the log"),
                    invoker.wrote);
        } catch (Error e) {
            // Such as OutOfMemoryError. An outcome that is not recorded would block the destination until a restart.
            LOG.errorf(
                    e, "outcome of sending %s to %s is unknown", claimed.row().messageId(), channel.name());
            return new Outcome.Failed(new SendResult.Unknown("internal error: " + e), true);
        }
    }

    /** Lets the exceptions of the channel and of the guard pass. */
    Outcome invoke() {
        OutgoingMessage content = claimed.message();
        if (content == null) {
            return new Outcome.Failed(
                    new SendResult.Rejected("the stored message is unreadable; please report this with the log"),
                    false);
        }
        AddressedMessage message = new AddressedMessage(
                claimed.key().channel(),
                claimed.key().destination(),
                forForm(claimed.row().form(), content),
                this::beforeWrite);
        return switch (claimed.step().action()) {
            case OPEN, POST -> sendOnce(message, channel::post);
            case REPLY, COMMENT -> sendOnce(message, it -> channel.reply(it, root()));
            case EDIT -> write(() -> channel.edit(message, root()), false);
            case VERIFY -> verify(message);
            case FIND_ROOT -> lookUp(message);
            case ANNOUNCE -> write(() -> ((Announcer) channel).announce(markedIfRepeated(message)), false);
            case RETRACT -> write(() -> ((Announcer) channel).retract(markedIfRepeated(message)), false);
        };
    }

    private void beforeWrite() {
        guard.beforeWrite();
        wrote = true;
    }

    private Outcome verify(AddressedMessage message) {
        return switch (channel.readBack(message, root())) {
            case ReadBackResult.Matches matches -> new Outcome.Verified();
            case ReadBackResult.Differs differs -> {
                LOG.infof(
                        "a message of %s is not as it should be; it is edited again to show %s",
                        message.channel(), message.marker());
                yield write(() -> channel.edit(message, root()), false);
            }
            case ReadBackResult.Inconclusive(Duration after, SendResult.Scope scope, String reason) ->
                new Outcome.Inconclusive(new SendResult.RetryLater(after, scope, reason));
        };
    }

    private String root() {
        return Objects.requireNonNull(claimed.root().reference());
    }

    private Outcome sendOnce(AddressedMessage message, Function<AddressedMessage, SendResult> send) {
        if (!claimed.row().uncertain()) {
            return write(() -> send.apply(message), false);
        }
        if (!channel.capabilities().needsLookup()) {
            // Without a lookup the outcome of the earlier attempt stays unknown, whatever the result of this one.
            AddressedMessage duplicate = asPossibleDuplicate(message);
            return write(() -> send.apply(duplicate), true);
        }
        Outcome found = lookUp(message);
        return found instanceof Outcome.NotFound ? write(() -> send.apply(message), false) : found;
    }

    private Outcome lookUp(AddressedMessage message) {
        LookupResult lookup = claimed.root().reference() == null
                ? channel.findRoot(message)
                : channel.findReply(message, claimed.root().reference());
        return switch (lookup) {
            case LookupResult.Found(String reference) -> new Outcome.AlreadySent(reference);
            case LookupResult.NotFound absent when !claimed.isCertain() -> new Outcome.NotFoundYet();
            case LookupResult.NotFound absent ->
                channel.isIdempotent() && claimed.step().action() == SendPlanner.Action.FIND_ROOT
                        ? new Outcome.AlreadySent(message.rootMarker())
                        : new Outcome.NotFound();
            case LookupResult.Inconclusive(Duration after, SendResult.Scope scope, String reason) ->
                new Outcome.Inconclusive(new SendResult.RetryLater(after, scope, reason));
        };
    }

    private static Outcome write(Supplier<SendResult> call, boolean uncertain) {
        SendResult result = call.get();
        return result instanceof SendResult.Sent(String reference)
                ? new Outcome.Sent(reference)
                : new Outcome.Failed(result, uncertain);
    }

    /** A silent notification mentions nobody. */
    private static OutgoingMessage forForm(MessageForm form, OutgoingMessage message) {
        return form == MessageForm.SILENT
                        && message
                                instanceof
                                OutgoingMessage.IncidentMessage(Notification notification, List<String> reasons)
                ? new OutgoingMessage.IncidentMessage(notification.with(null, notification.text()), reasons)
                : message;
    }

    /** An announcement cannot be looked up. */
    private AddressedMessage markedIfRepeated(AddressedMessage message) {
        return claimed.row().uncertain() ? asPossibleDuplicate(message) : message;
    }

    private static AddressedMessage asPossibleDuplicate(AddressedMessage message) {
        return new AddressedMessage(
                message.channel(), message.destination(), asPossibleDuplicate(message.message()), message.guard());
    }

    private static OutgoingMessage asPossibleDuplicate(OutgoingMessage message) {
        return switch (message) {
            case OutgoingMessage.IncidentMessage(Notification notification, List<String> reasons) ->
                new OutgoingMessage.IncidentMessage(
                        notification.with(notification.to(), Notification.POSSIBLE_DUPLICATE + notification.text()),
                        Stream.concat(reasons.stream(), Stream.of(POSSIBLE_DUPLICATE_REASON))
                                .toList());
            case OutgoingMessage.TextMessage text ->
                new OutgoingMessage.TextMessage(
                        text.id(),
                        text.thread(),
                        text.channel(),
                        text.destination(),
                        Notification.POSSIBLE_DUPLICATE + text.title(),
                        text.markdown(),
                        text.replaces(),
                        text.mrkdwn(),
                        text.issue());
        };
    }
}
