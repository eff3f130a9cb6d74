// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Announcer;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Does an errand at its channel: what may be there already is looked for before it is written again. */
final class ChannelInvoker {

    private static final Logger LOG = Logger.getLogger(ChannelInvoker.class);

    private final Channel channel;
    private final ClaimedMessage claimed;
    private final BooleanSupplier stillOurs;

    private ChannelInvoker(Channel channel, ClaimedMessage errand, BooleanSupplier ours) {
        this.channel = channel;
        this.claimed = errand;
        this.stillOurs = ours;
    }

    /**
     * Blocks for as long as the channel does. Never throws: an errand that breaks the program stops no other.
     *
     * @param ours whether nobody else can be at its place by now, asked before each write
     */
    static SendOutcome invoke(Channel channel, ClaimedMessage errand, BooleanSupplier ours) {
        OutgoingMessage content = errand.message();
        if (content == null) {
            return new SendOutcome.Failed(
                    new SendResult.Rejected(
                            "what is stored of it cannot be read: a defect, please report it with the log"),
                    false);
        }
        try {
            OutgoingMessage version = MessageVariants.forForm(errand.row().form(), content);
            return new ChannelInvoker(channel, errand, ours)
                    .invoke(new AddressedMessage(
                            errand.key().channel(), errand.key().destination(), version));
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s could not be said on %s", content.id(), channel.name());
            return new SendOutcome.Failed(
                    new SendResult.Rejected("the program failed: " + e + "; please report it with the log"), false);
        } catch (Error e) {
            // Too little memory, or too deep a text: what is not noted would hold its place until the next start.
            LOG.errorf(e, "%s may not have been said on %s", content.id(), channel.name());
            return new SendOutcome.Failed(new SendResult.Unknown("the program failed: " + e), true);
        }
    }

    private SendOutcome invoke(AddressedMessage saying) {
        return switch (claimed.step().action()) {
            case POST -> sendOnce(saying, channel::post);
            case REPLY -> sendOnce(saying, it -> channel.reply(it, root()));
            case EDIT -> write(() -> channel.edit(saying, root()), false);
            case FIND_ROOT -> lookUp(saying);
            case ANNOUNCE -> write(() -> ((Announcer) channel).announce(saying), false);
            case RETRACT -> write(() -> ((Announcer) channel).retract(saying), false);
        };
    }

    private String root() {
        return Objects.requireNonNull(claimed.root().reference());
    }

    private SendOutcome sendOnce(AddressedMessage saying, Function<AddressedMessage, SendResult> write) {
        if (!claimed.row().uncertain()) {
            return write(() -> write.apply(saying), false);
        }
        if (!channel.capabilities().needsLookup()) {
            // Nobody has looked: whatever becomes of this attempt, an earlier one may still have written it.
            AddressedMessage again = new AddressedMessage(
                    saying.channel(), saying.destination(), MessageVariants.asPossibleDuplicate(saying.message()));
            return write(() -> write.apply(again), true);
        }
        SendOutcome found = lookUp(saying);
        return found instanceof SendOutcome.NotFound ? write(() -> write.apply(saying), false) : found;
    }

    private SendOutcome lookUp(AddressedMessage saying) {
        LookupResult lookup = claimed.root().reference() == null
                ? channel.findRoot(saying)
                : channel.findReply(saying, claimed.root().reference());
        return switch (lookup) {
            case LookupResult.Found(String reference) -> new SendOutcome.AlreadySent(reference);
            case LookupResult.NotFound nothing ->
                claimed.isCertain() ? new SendOutcome.NotFound() : new SendOutcome.NotFoundYet();
            case LookupResult.Inconclusive(Duration after, SendResult.Scope scope, String why) ->
                new SendOutcome.Failed(
                        new SendResult.RetryLater(after, scope, why),
                        claimed.row().uncertain());
        };
    }

    /** Whoever stood still for long comes back to a place at which another one may be. */
    private SendOutcome write(Supplier<SendResult> call, boolean doubtful) {
        if (!stillOurs.getAsBoolean()) {
            return new SendOutcome.Failed(
                    new SendResult.RetryLater(
                            Duration.ZERO,
                            "this replica did not reach the database for a while, so another may be at it"),
                    claimed.row().uncertain());
        }
        SendResult receipt = call.get();
        return receipt instanceof SendResult.Sent(String reference)
                ? new SendOutcome.Sent(reference)
                : new SendOutcome.Failed(receipt, doubtful);
    }
}
