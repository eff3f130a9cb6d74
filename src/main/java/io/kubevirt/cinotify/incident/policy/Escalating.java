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
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Asks the next level when a member does not answer in the working time that the level has; after the last, the channel. */
final class Escalating {

    private final Bureau bureau;
    private final Addressing addressing;
    private final Telling telling;

    Escalating(Bureau bureau, Addressing addressing, Telling telling) {
        this.bureau = bureau;
        this.addressing = addressing;
        this.telling = telling;
    }

    void unanswered(Case about, Instant now) {
        Care care = bureau.care(about);
        if (!care.awaitsAnswer()) {
            return;
        }
        String silent = Objects.requireNonNull(care.handle());
        String reason = silent + " was told at " + care.toldAt() + " and has worked "
                + LaneRule.words(bureau.thresholds().escalation().of(Objects.requireNonNull(care.level())))
                + " since without an answer";
        Optional<Addressee> next = addressing
                .after(Objects.requireNonNull(care.level()), care.diagnosis(about), about.blocking(), now)
                .filter(addressee -> addressee.handle() != null);
        Telling.Word word =
                Telling.Word.of(MessageKind.ESCALATED, Wording.escalated(about, silent, next.isEmpty()), reason);
        if (next.isPresent()) {
            telling.call(about, word, next.get(), now);
        } else {
            care.exhaust();
            telling.call(
                    about,
                    word,
                    new Addressee(
                            null, null, now, null, true, List.of("there is no further level: the channel is told")),
                    now);
        }
    }

    void snoozeEnds(Case about, Instant now) {
        Care care = bureau.care(about);
        if (care.isOpen() && care.mute() == null) {
            String reason = "the snooze of " + care.acknowledgedBy() + " is over, and it is still open";
            telling.call(about, Telling.Word.of(MessageKind.REMINDED, Wording.reminded(about, reason), reason), now);
        }
    }
}
