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
package io.kubevirt.cinotify.intake.hook;

import io.kubevirt.cinotify.intake.Delivery;
import io.kubevirt.cinotify.intake.Journal;
import io.kubevirt.cinotify.intake.JournalUnavailable;
import io.kubevirt.cinotify.intake.hook.Outcome.Result;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.InstantSource;
import java.util.Set;
import org.jboss.logging.Logger;

/** Decides about a webhook that has been read whole: is it genuine, is it of use, is it stored? */
public final class Reception {

    private static final Logger LOG = Logger.getLogger(Reception.class);

    private final SignatureCheck signatures;
    private final Set<String> events;
    private final Journal journal;
    private final InstantSource clock;

    /** @param events GitHub's names of the events to keep; others are answered 200 and dropped */
    public Reception(SignatureCheck signatures, Set<String> events, Journal journal, InstantSource clock) {
        this.signatures = signatures;
        this.events = Set.copyOf(events);
        this.journal = journal;
        this.clock = clock;
    }

    /** Blocks while the journal writes. */
    Outcome receive(WebhookHeaders headers, byte[] body) {
        Verdict verdict = signatures.judge(body, headers.signature());
        if (verdict != Verdict.GENUINE) {
            return Outcome.refused(HttpResponseStatus.FORBIDDEN, verdict.reason());
        }
        if (!events.contains(headers.event())) {
            return Outcome.taken(Result.IGNORED, "ci-notify has no use for this event");
        }
        try {
            return switch (journal.accept(delivery(headers, body))) {
                case NEW -> Outcome.taken(Result.ACCEPTED, "stored");
                case KNOWN -> Outcome.taken(Result.DUPLICATE, "known already");
            };
        } catch (JournalUnavailable e) {
            LOG.errorf("Delivery %s (%s) is refused: %s", headers.delivery(), headers.event(), e.getMessage());
            LOG.debug("It could not be stored", e);
            return Outcome.unavailable();
        }
    }

    private Delivery delivery(WebhookHeaders headers, byte[] body) {
        return new Delivery(headers.delivery(), headers.event(), clock.instant(), body);
    }
}
