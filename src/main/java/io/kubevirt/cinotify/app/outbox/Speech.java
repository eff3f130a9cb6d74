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
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.notice.Announcer;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Does an errand at its channel: what may be there already is looked for before it is written again. */
final class Speech {

    private static final Logger LOG = Logger.getLogger(Speech.class);

    private final Channel channel;
    private final Errand errand;
    private final BooleanSupplier ours;

    private Speech(Channel channel, Errand errand, BooleanSupplier ours) {
        this.channel = channel;
        this.errand = errand;
        this.ours = ours;
    }

    /**
     * Blocks for as long as the channel does. Never throws: an errand that breaks the program stops no other.
     *
     * @param ours whether nobody else can be at its place by now, asked before each write
     */
    static Deed act(Channel channel, Errand errand, BooleanSupplier ours) {
        Content content = errand.content();
        if (content == null) {
            return new Deed.Failed(
                    new Receipt.Refused("what is stored of it cannot be read: a defect, please report it with the log"),
                    false);
        }
        try {
            Content version = Versions.of(errand.row().form(), content);
            return new Speech(channel, errand, ours)
                    .act(new Saying(errand.key().channel(), errand.key().place(), version));
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s could not be said on %s", content.id(), channel.name());
            return new Deed.Failed(
                    new Receipt.Refused("the program failed: " + e + "; please report it with the log"), false);
        } catch (Error e) {
            // Too little memory, or too deep a text: what is not noted would hold its place until the next start.
            LOG.errorf(e, "%s may not have been said on %s", content.id(), channel.name());
            return new Deed.Failed(new Receipt.Unknown("the program failed: " + e), true);
        }
    }

    private Deed act(Saying saying) {
        return switch (errand.step().act()) {
            case POST -> once(saying, channel::post);
            case REPLY -> once(saying, it -> channel.reply(it, root()));
            case EDIT -> write(() -> channel.edit(saying, root()), false);
            case LOOK -> look(saying);
            case ANNOUNCE -> write(() -> ((Announcer) channel).announce(saying), false);
            case RETRACT -> write(() -> ((Announcer) channel).retract(saying), false);
        };
    }

    private String root() {
        return Objects.requireNonNull(errand.root().reference());
    }

    private Deed once(Saying saying, Function<Saying, Receipt> write) {
        if (!errand.row().doubtful()) {
            return write(() -> write.apply(saying), false);
        }
        if (!channel.abilities().looks()) {
            // Nobody has looked: whatever becomes of this attempt, an earlier one may still have written it.
            Saying again = new Saying(saying.channel(), saying.place(), Versions.repeated(saying.content()));
            return write(() -> write.apply(again), true);
        }
        Deed found = look(saying);
        return found instanceof Deed.Absent ? write(() -> write.apply(saying), false) : found;
    }

    private Deed look(Saying saying) {
        Lookup lookup = errand.root().reference() == null
                ? channel.findRoot(saying)
                : channel.findReply(saying, errand.root().reference());
        return switch (lookup) {
            case Lookup.Found(String reference) -> new Deed.Found(reference);
            case Lookup.Missing nothing -> errand.isCertain() ? new Deed.Absent() : new Deed.NotYet();
            case Lookup.Unclear(Duration after, Receipt.Scope scope, String why) ->
                new Deed.Failed(
                        new Receipt.Later(after, scope, why), errand.row().doubtful());
        };
    }

    /** Whoever stood still for long comes back to a place at which another one may be. */
    private Deed write(Supplier<Receipt> call, boolean doubtful) {
        if (!ours.getAsBoolean()) {
            return new Deed.Failed(
                    new Receipt.Later(
                            Duration.ZERO,
                            "this replica did not reach the database for a while, so another may be at it"),
                    errand.row().doubtful());
        }
        Receipt receipt = call.get();
        return receipt instanceof Receipt.Written(String reference)
                ? new Deed.Wrote(reference)
                : new Deed.Failed(receipt, doubtful);
    }
}
