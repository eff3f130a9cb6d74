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

import io.kubevirt.cinotify.incident.policy.Timer.Kind;
import java.time.Instant;
import java.util.Optional;

/** Does what is to be done at its instant, and after a restart finds out again what that is. */
final class Clockwork {

    private final Desk desk;
    private final HeldFamilies held;
    private final Lanes lanes;
    private final OutageEnd outageEnd;
    private final People people;

    /** Those who speak with people. */
    record People(Telling telling, Escalating escalating) {}

    Clockwork(Desk desk, HeldFamilies held, Lanes lanes, OutageEnd outageEnd, People people) {
        this.desk = desk;
        this.held = held;
        this.lanes = lanes;
        this.outageEnd = outageEnd;
        this.people = people;
    }

    /** Does all that is due, each at its own instant, earliest first. */
    void runUntil(Instant now) {
        for (Optional<Timer> due = desk.agenda().takeDue(now);
                due.isPresent();
                due = desk.agenda().takeDue(now)) {
            fire(due.get());
        }
        desk.windows().advance(now).forEach(gone -> desk.memory().lastFailures().remove(gone));
    }

    private void fire(Timer timer) {
        Instant at = timer.at();
        if (timer.kind() == Kind.HELD) {
            held.release(StreamKey.parse(timer.key()), at);
            return;
        }
        desk.memory().caseOf(timer.key()).ifPresent(about -> {
            switch (timer.kind()) {
                case HELD -> {}
                case OUTAGE_END, QUIET -> end(about, at);
                case FORGET -> forget(about);
                case DUE -> people.telling().due(about);
                case SNOOZE_END -> people.escalating().snoozeEnds(about, at);
                case UNANSWERED -> people.escalating().unanswered(about, at);
            }
        });
    }

    private void end(Case about, Instant at) {
        switch (about) {
            case LaneCase lane -> lanes.quiet(lane, at);
            case OutageCase outage -> outageEnd.fadesOut(outage, at);
        }
    }

    private void forget(Case about) {
        switch (about) {
            case LaneCase lane -> lanes.forget(lane);
            case OutageCase outage -> outageEnd.forget(outage);
        }
    }

    /** Sets every timer by what is remembered. */
    void wind() {
        desk.memory().held().forEach((key, waiting) -> desk.agenda().set(Kind.HELD, key.toString(), waiting.until()));
        desk.memory().cases().forEach(this::wind);
    }

    private void wind(Case about) {
        Care care = about.care();
        if (about.closedAt() != null) {
            desk.forgetLater(about, about.closedAt());
            return;
        }
        switch (about) {
            case LaneCase lane -> lanes.watch(lane);
            case OutageCase outage -> outageEnd.watch(outage);
        }
        if (care.pending() != null) {
            desk.agenda().set(Kind.DUE, about.key(), care.pending().at());
        } else if (care.snoozedUntil() != null) {
            desk.agenda().set(Kind.SNOOZE_END, about.key(), care.snoozedUntil());
        } else {
            people.telling().expectAnswer(about);
        }
    }
}
