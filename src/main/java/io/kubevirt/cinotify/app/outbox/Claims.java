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

import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.store.SayingRow;
import io.kubevirt.cinotify.store.Strand;
import io.kubevirt.cinotify.store.StrandKey;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes the next place at which something is to be said, and says what. */
final class Claims {

    private static final Logger LOG = Logger.getLogger(Claims.class);

    /** Longer than two calls to a channel take. Whoever is known to be dead has none any more. */
    static final Duration LEASE = Duration.ofMinutes(3);

    private static final int AT_ONCE = 20;

    private final Transaction transaction;
    private final Channel channel;
    private final Instant now;
    private final String claim;

    /** @param process who takes them */
    Claims(Transaction transaction, Channel channel, String process, Instant now) {
        this.transaction = transaction;
        this.channel = channel;
        this.claim = process + "/" + UUID.randomUUID();
        this.now = now;
    }

    /** The next errand, its place taken; empty if there is nothing to do now. */
    Optional<Errand> next() {
        for (String place : transaction.places().ready(channel.name(), now, AT_ONCE)) {
            if (transaction.places().take(channel.name(), place, claim, now, LEASE)) {
                Optional<Errand> errand = at(place);
                if (errand.isPresent()) {
                    return errand;
                }
                transaction.places().leave(channel.name(), place, claim, now);
            }
        }
        return Optional.empty();
    }

    private Optional<Errand> at(String place) {
        List<String> threads = transaction.strands().threads(channel.name(), place, now, AT_ONCE);
        while (!threads.isEmpty()) {
            for (String thread : threads) {
                Optional<Errand> errand = in(new StrandKey(channel.name(), place, thread));
                if (errand.isPresent()) {
                    return errand;
                }
            }
            threads = transaction.strands().threads(channel.name(), place, now, AT_ONCE);
        }
        return Optional.empty();
    }

    private Optional<Errand> in(StrandKey key) {
        Strand strand = transaction.strands().get(key, now);
        Abilities can = channel.abilities();
        Plan plan = Planner.of(strand, can);
        plan.settled().forEach((sequence, state) -> transaction.strands().settle(sequence, state, null, now));
        if (plan.step() == null) {
            return Optional.empty();
        }
        SayingRow row = plan.step().row();
        Instant certain = certain(strand, row, can);
        Errand errand = new Errand(claim, now, key, plan.step(), strand.root(), certain, content(row));
        boolean begun = transaction.strands().begin(row.sequence(), mayWrite(errand, can) ? now : null);
        return begun ? Optional.of(errand) : Optional.empty();
    }

    private static Instant certain(Strand strand, SayingRow row, Abilities can) {
        return Stream.of(Optional.ofNullable(row.since()), Optional.ofNullable(strand.doubt()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(since -> since.plus(can.late()))
                .orElse(Instant.EPOCH);
    }

    /** Whether an errand may leave something of which nobody knows, if whoever does it dies. */
    private static boolean mayWrite(Errand errand, Abilities can) {
        return switch (errand.step().act()) {
            case POST, REPLY -> !errand.row().doubtful() || !can.looks() || errand.isCertain();
            case EDIT, LOOK, ANNOUNCE, RETRACT -> false;
        };
    }

    private @Nullable Content content(SayingRow row) {
        try {
            return transaction.contents().get(row.contentId());
        } catch (IllegalStateException e) {
            LOG.errorf(e, "%s cannot be read", row.contentId());
            return null;
        }
    }
}
