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
    private final Problems problems;

    Clockwork(Desk desk, HeldFamilies held, Lanes lanes, OutageEnd outageEnd, Problems problems) {
        this.desk = desk;
        this.held = held;
        this.lanes = lanes;
        this.outageEnd = outageEnd;
        this.problems = problems;
    }

    /** Does all that is due, each at its own instant, earliest first. */
    void runUntil(Instant now) {
        for (Optional<Timer> due = desk.agenda().takeDue(now);
                due.isPresent();
                due = desk.agenda().takeDue(now)) {
            desk.memory().passed(due.get().at());
            fire(due.get());
        }
    }

    /** What is too old counts no more; only as far as things were counted, for later ones may still come. */
    void age(Instant counted) {
        desk.windows()
                .advance(counted)
                .forEach(gone -> desk.memory().lastFailures().remove(gone));
    }

    private void fire(Timer timer) {
        if (timer.kind() == Kind.HELD) {
            held.release(StreamKey.parse(timer.key()), timer.at());
            return;
        }
        desk.memory().caseOf(timer.key()).ifPresent(about -> {
            switch (timer.kind()) {
                case FORGET -> forget(about);
                case MUTE_END -> speakAgain(about, timer.at());
                default -> end(about, timer.at());
            }
        });
    }

    private void speakAgain(Case about, Instant at) {
        if (about instanceof LaneCase lane && lane.isOpen()) {
            lanes.mutes().review(lane, at);
        }
    }

    private void end(Case about, Instant at) {
        switch (about) {
            case LaneCase lane -> lanes.quiet(lane, at);
            case OutageCase outage -> outageEnd.fadesOut(outage, at);
            case ProblemCase problem -> {}
        }
    }

    private void forget(Case about) {
        switch (about) {
            case LaneCase lane -> lanes.forget(lane);
            case OutageCase outage -> outageEnd.forget(outage);
            case ProblemCase problem -> problems.forget(problem);
        }
    }

    /** Sets every timer by what is remembered. */
    void wind() {
        desk.memory().held().forEach((key, waiting) -> desk.agenda().set(Kind.HELD, key.toString(), waiting.until()));
        desk.memory().cases().forEach(this::wind);
    }

    private void wind(Case about) {
        if (about.closedAt() != null) {
            desk.forgetLater(about, about.closedAt());
            return;
        }
        switch (about) {
            case LaneCase lane -> {
                lanes.watch(lane);
                lanes.mutes().watch(lane);
            }
            case OutageCase outage -> outageEnd.watch(outage);
            case ProblemCase problem -> {}
        }
    }
}
