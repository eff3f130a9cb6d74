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

import io.kubevirt.cinotify.diagnosis.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Calls nobody because of what somebody already cares for, and speaks when that explains it no more. */
final class Muting {

    private final Bureau bureau;
    private final Telling telling;

    Muting(Bureau bureau, Telling telling) {
        this.bureau = bureau;
        this.telling = telling;
    }

    /** Whether an open incident needs no other word: it is muted, or was until now and has been spoken of. */
    boolean covers(Case about, Instant now) {
        Care care = bureau.care(about);
        Known before = care.isOpen() ? care.mute() : null;
        Known mute = about.mute();
        if (mute == null) {
            if (before == null) {
                return false;
            }
            speakAgain(about, before, now);
            return true;
        }
        if (!care.isOpen()) {
            care.begin(about);
        }
        care.mute(mute);
        if (!mute.equals(before)) {
            String reason = mute.sentence();
            telling.takeBack(care, Reason.KNOWN_ISSUE, reason);
            telling.edit(about, Telling.Word.of(MessageKind.CHANGED, Wording.given(about, reason), reason), now);
        }
        return true;
    }

    private void speakAgain(Case about, Known before, Instant now) {
        Care care = bureau.care(about);
        care.mute(null);
        String reason = "known issue \"" + before.title() + "\" "
                + (before.mutesAt(now) ? "does not explain all of it" : "counted until " + before.until())
                + ", and it is still broken: " + about.why();
        if (isSeenTo(care, now)) {
            telling.edit(about, Telling.Word.of(MessageKind.CHANGED, Wording.given(about, reason), reason), now);
            return;
        }
        List<String> reasons = new ArrayList<>(about.diagnosis().trace());
        reasons.add(reason);
        boolean known = care.wasHeard();
        telling.call(
                about,
                new Telling.Word(
                        known ? MessageKind.REMINDED : MessageKind.OPENED,
                        known ? Wording.given(about, reason) : Wording.opened(about),
                        reasons,
                        List.of()),
                now);
    }

    private static boolean isSeenTo(Care care, Instant now) {
        return care.snoozedUntil() == null
                ? care.acknowledgedBy() != null
                : care.snoozedUntil().isAfter(now);
    }
}
