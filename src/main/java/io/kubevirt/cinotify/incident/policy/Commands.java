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
import org.jspecify.annotations.Nullable;

/** What people want of an incident. */
final class Commands {

    private final Bureau bureau;
    private final Addressing addressing;
    private final Telling telling;

    Commands(Bureau bureau, Addressing addressing, Telling telling) {
        this.bureau = bureau;
        this.addressing = addressing;
        this.telling = telling;
    }

    /** What follows for the incident itself, if anything. */
    Optional<Input> carryOut(Command command, Instant now) {
        Optional<Case> about = bureau.cases().apply(command.incident());
        if (about.isEmpty()) {
            bureau.speech().refuse(command, "there is no incident " + command.incident());
        } else if (!about.get().isOpen()) {
            bureau.speech().refuse(command, "incident " + command.incident() + " is over");
        } else {
            bureau.speech().touch(about.get().id());
            return carryOut(command, about.get(), now);
        }
        return Optional.empty();
    }

    private Optional<Input> carryOut(Command command, Case about, Instant now) {
        Care care = bureau.care(about);
        switch (command) {
            case Command.Acknowledge acknowledge -> {
                care.acknowledge(acknowledge.by());
                telling.quiet(about);
                show(about, acknowledge.by() + " sees to it", now);
                answered(about, acknowledge.by(), acknowledge.by() + " acknowledged it", now);
            }
            case Command.Snooze snooze -> snooze(snooze, about, now);
            case Command.Reassign reassign -> reassign(reassign, about, now);
            case Command.Resolve resolve -> {
                return Optional.of(new Input.Resolved(now, about.id(), resolve.by()));
            }
        }
        return Optional.empty();
    }

    private void snooze(Command.Snooze snooze, Case about, Instant now) {
        if (!snooze.until().isAfter(now)) {
            bureau.speech().refuse(snooze, snooze.until() + " is not in the future");
            return;
        }
        Care care = bureau.care(about);
        care.snooze(snooze.by(), snooze.until());
        telling.quiet(about);
        show(about, snooze.by() + " wants to hear of it at " + snooze.until(), now);
        answered(about, snooze.by(), snooze.by() + " snoozed it until " + snooze.until(), now);
        telling.quiet(about);
        bureau.agenda().set(Kind.SNOOZE_END, about.id(), snooze.until());
    }

    /** A member who answers has it; whoever else does leaves it with the member who was told. */
    private void answered(Case about, String by, String what, Instant now) {
        Keeping keeping = bureau.care(about).keeping();
        if (addressing.isMember(by)) {
            keeping.take(by, about.runs());
        }
        keeping.note(now, what, about.runs());
        telling.expectEndOfWork(about, now);
    }

    /** What waits is said no more; who was told sees that somebody has it. */
    private void show(Case about, String reason, Instant now) {
        telling.takeBack(bureau.care(about), Reason.ACKNOWLEDGED, reason);
        telling.edit(about, Telling.Word.of(MessageKind.CHANGED, Wording.opened(about), reason), now);
    }

    private void reassign(Command.Reassign reassign, Case about, Instant now) {
        Care care = bureau.care(about);
        Diagnosis before = care.diagnosis(about);
        Diagnosis diagnosis = reassign.area() == null ? before : moved(before, reassign.area(), reassign.sig());
        Optional<Addressee> to = reassign.member() == null
                ? Optional.of(addressing.of(diagnosis, about.blocking(), now))
                        .filter(addressee -> addressee.handle() != null)
                : addressing.named(reassign.member(), diagnosis, now);
        if (to.isEmpty()) {
            String whom = reassign.member() == null ? diagnosis.area() : reassign.member();
            bureau.speech()
                    .refuse(reassign, whom + " is not in the group's table, or nobody works for it within a year");
            return;
        }
        if (reassign.area() != null) {
            care.move(reassign.area(), reassign.sig());
        }
        telling.takeBack(care, Reason.ACKNOWLEDGED, reassign.by() + " gave it to somebody else");
        care.keeping().note(now, reassign.by() + " gave it to " + to.get().handle(), about.runs());
        String reason = reassign.by() + " gave it to " + to.get().handle();
        telling.call(about, Telling.Word.of(MessageKind.REMINDED, Wording.given(about, reason), reason), to.get(), now);
    }

    /** The same failure, seen to by another area or SIG. */
    static Diagnosis moved(Diagnosis from, String area, @Nullable String sig) {
        return new Diagnosis(
                from.cause(),
                sig == null ? from.sig() : sig,
                area,
                from.confidence(),
                "reassigned",
                from.trace(),
                from.symptoms(),
                null,
                from.known());
    }
}
