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

import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.policy.Timer.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends what turns out not to have been: a run that came late shows that the incident never was. */
final class Retracting {

    private static final String WHY = "what was seen late shows that there was nothing to tell";

    private final Bureau bureau;
    private final Telling telling;

    Retracting(Bureau bureau, Telling telling) {
        this.bureau = bureau;
        this.telling = telling;
    }

    /** Takes back what waits, and says it is over where it was said; returns how it is to be remembered. */
    @Nullable IncidentView retract(Care care, Instant now) {
        care.end();
        bureau.agenda().cancel(Kind.UNANSWERED, care.about().id());
        bureau.agenda().cancel(Kind.SNOOZE_END, care.about().id());
        bureau.agenda().cancel(Kind.HANDOFF, care.about().id());
        telling.takeBack(care, Reason.HEALED, WHY);
        bureau.book().forget(care.about().id());
        IncidentView last = care.view();
        if (last == null) {
            return null;
        }
        IncidentView ended = last.retracted(now, WHY);
        if (care.wasHeard() && last.state() == IncidentState.OPEN) {
            String id = last.id() + "-" + care.nextWord() + "-" + MessageKind.RESOLVED.word();
            String text = last.title() + " is over: " + WHY;
            bureau.speech().say(new Message(id, MessageKind.RESOLVED, now, now, ended, null, text), List.of(WHY));
        }
        return ended;
    }
}
