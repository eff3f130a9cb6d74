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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.Addressing;
import io.kubevirt.cinotify.incident.policy.Timer.Kind;
import java.time.Instant;
import java.util.Optional;

/** What people want of an incident. */
final class Commands {

    private final Desk desk;
    private final Addressing addressing;
    private final Telling telling;
    private final Lanes lanes;
    private final OutageEnd outageEnd;

    Commands(Desk desk, Addressing addressing, Telling telling, Lanes lanes, OutageEnd outageEnd) {
        this.desk = desk;
        this.addressing = addressing;
        this.telling = telling;
        this.lanes = lanes;
        this.outageEnd = outageEnd;
    }

    void carryOut(Command command, Instant now) {
        Optional<Case> about = desk.memory().byId(command.incident());
        if (about.isEmpty()) {
            desk.ledger().refuse(command, "there is no incident " + command.incident());
        } else if (!about.get().isOpen()) {
            desk.ledger().refuse(command, "incident " + command.incident() + " is over");
        } else {
            desk.ledger().touch(about.get());
            carryOut(command, about.get(), now);
        }
    }

    private void carryOut(Command command, Case about, Instant now) {
        switch (command) {
            case Command.Acknowledge acknowledge -> {
                about.care().acknowledge(acknowledge.by());
                telling.quiet(about);
                telling.takeBack(about, Reason.ACKNOWLEDGED, acknowledge.by() + " sees to it");
            }
            case Command.Snooze snooze -> snooze(snooze, about, now);
            case Command.Reassign reassign -> reassign(reassign, about, now);
            case Command.Resolve resolve -> {
                String why = resolve.by() + " says so";
                switch (about) {
                    case LaneCase lane -> lanes.close(lane, why, now);
                    case OutageCase outage -> outageEnd.end(outage, why, now);
                }
            }
        }
    }

    private void snooze(Command.Snooze snooze, Case about, Instant now) {
        if (!snooze.until().isAfter(now)) {
            desk.ledger().refuse(snooze, snooze.until() + " is not in the future");
            return;
        }
        about.care().snooze(snooze.by(), snooze.until());
        telling.quiet(about);
        telling.takeBack(about, Reason.ACKNOWLEDGED, snooze.by() + " wants to hear of it at " + snooze.until());
        desk.agenda().set(Kind.SNOOZE_END, about.key(), snooze.until());
    }

    private void reassign(Command.Reassign reassign, Case about, Instant now) {
        Diagnosis diagnosis = reassign.area() == null ? about.diagnosis() : moved(about.diagnosis(), reassign.area());
        Optional<Addressee> to = reassign.member() == null
                ? Optional.of(addressing.of(diagnosis, about.blocking(), now))
                        .filter(addressee -> addressee.handle() != null)
                : addressing.named(reassign.member(), diagnosis, now);
        if (to.isEmpty()) {
            String whom = reassign.member() == null ? diagnosis.area() : reassign.member();
            desk.ledger().refuse(reassign, whom + " is not in the group's table, or nobody works for it within a year");
            return;
        }
        about.judge(diagnosis, about.blocking());
        telling.takeBack(about, Reason.ACKNOWLEDGED, reassign.by() + " gave it to somebody else");
        String reason = reassign.by() + " gave it to " + to.get().handle();
        telling.call(
                about, Telling.Word.of(MessageKind.REMINDED, Wording.reminded(about, reason), reason), to.get(), now);
    }

    private static Diagnosis moved(Diagnosis from, String area) {
        return new Diagnosis(from.cause(), from.sig(), area, from.confidence(), "reassigned", from.trace());
    }
}
