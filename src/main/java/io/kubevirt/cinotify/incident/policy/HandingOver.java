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
package io.kubevirt.cinotify.incident.policy;

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.Addressing;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells the next person of a blocking incident, once the working hours of whoever has it are over. Nothing is decided in
 * advance: when they are over, and again when the next person begins to work, it is asked who has it now.
 */
final class HandingOver {

    private final Bureau bureau;
    private final Addressing addressing;
    private final Telling telling;

    HandingOver(Bureau bureau, Addressing addressing, Telling telling) {
        this.bureau = bureau;
        this.addressing = addressing;
        this.telling = telling;
    }

    void changeOfShift(Case about, Instant now) {
        Care care = bureau.care(about);
        String keeper = care.keeping().keeper();
        if (!care.isOpen() || keeper == null || care.pending() != null || care.snoozedUntil() != null) {
            return;
        }
        Instant settledAt = bureau.book().attention().settledAt();
        if (settledAt.isAfter(now)) {
            telling.lookAgain(about, settledAt);
        } else if (!about.blocking() || about.foldedInto() != null || addressing.isAtWork(keeper, now)) {
            telling.expectEndOfWork(about, now);
        } else {
            pass(about, keeper, now);
        }
    }

    private void pass(Case about, String keeper, Instant now) {
        Care care = bureau.care(about);
        Optional<Addressee> to = addressing.successor(care.diagnosis(about), now, keeper);
        if (to.isEmpty()) {
            telling.expectEndOfWork(about, now);
        } else if (to.get().isDeferredAt(now)) {
            telling.lookAgain(about, to.get().at());
        } else {
            String reason = "the working hours of " + keeper + " are over, and it blocks merging";
            telling.handOver(
                    about,
                    Telling.Word.of(MessageKind.HANDOFF, HandoffNote.of(about, care.keeping()), reason),
                    to.get(),
                    now);
        }
    }
}
