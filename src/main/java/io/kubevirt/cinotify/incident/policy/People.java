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

import io.kubevirt.cinotify.incident.Addressing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Speaks with people about the incidents, by the clock on the wall. */
final class People {

    private final Bureau bureau;
    private final Telling telling;
    private final Escalating escalating;
    private final HandingOver handingOver;
    private final Announcing announcing;
    private final Retracting retracting;
    private final Commands commands;

    People(IncidentCore.Rules rules, CareBook book, Function<String, Optional<Case>> cases) {
        this.bureau = new Bureau(rules.thresholds(), cases, book, new Agenda(), new Speech());
        Addressing addressing = new Addressing(rules.roster(), rules.sigs(), book.attention()::lastTold);
        this.telling = new Telling(bureau, addressing);
        this.escalating = new Escalating(bureau, addressing, telling);
        this.handingOver = new HandingOver(bureau, addressing, telling);
        this.announcing = new Announcing(bureau, telling);
        this.retracting = new Retracting(bureau, telling);
        this.commands = new Commands(bureau, addressing, telling);
        wind();
    }

    /** Sets every timer by what is remembered. */
    private void wind() {
        for (Care care : bureau.book().all()) {
            String id = care.about().id();
            if (care.pending() != null) {
                bureau.agenda().set(Timer.Kind.DUE, id, care.pending().at());
            } else if (care.isOpen() && care.snoozedUntil() != null) {
                bureau.agenda().set(Timer.Kind.SNOOZE_END, id, care.snoozedUntil());
            } else {
                bureau.cases().apply(id).ifPresent(telling::expectAnswer);
                if (care.isOpen()
                        && care.keeping().keeper() != null
                        && care.keeping().look() != null) {
                    bureau.agenda().set(Timer.Kind.HANDOFF, id, care.keeping().look());
                }
            }
        }
    }

    /** What was to be said before an instant has been said. */
    void catchUp(Instant now) {
        for (Optional<Timer> due = bureau.agenda().takeDue(Timer.Kind.DUE, now);
                due.isPresent();
                due = bureau.agenda().takeDue(Timer.Kind.DUE, now)) {
            bureau.cases().apply(due.get().key()).ifPresent(telling::due);
        }
    }

    /** Does what is due, after the news have been looked at. */
    void runUntil(Collection<Case> changed, Instant now) {
        announcing.compare(changed, now);
        for (Optional<Timer> due = bureau.agenda().takeDue(now);
                due.isPresent();
                due = bureau.agenda().takeDue(now)) {
            Timer timer = due.get();
            bureau.cases().apply(timer.key()).ifPresent(about -> fire(timer.kind(), about, now));
        }
        bureau.book().forgetOld(now);
    }

    private void fire(Timer.Kind kind, Case about, Instant now) {
        switch (kind) {
            case DUE -> telling.due(about);
            case SNOOZE_END -> escalating.snoozeEnds(about, now);
            case UNANSWERED -> escalating.unanswered(about, now);
            case HANDOFF -> handingOver.changeOfShift(about, now);
            case HELD, OUTAGE_END, QUIET, MUTE_END, FORGET ->
                throw new IllegalStateException(kind + " concerns nobody");
        }
    }

    void heard(String message, Instant now) {
        String incident = message.substring(0, message.indexOf('-'));
        bureau.cases().apply(incident).ifPresent(about -> {
            bureau.care(about).mentioned(now);
            announcing.sayEnd(about, now);
        });
    }

    Optional<Input> command(Command command, Instant now) {
        return commands.carryOut(command, now);
    }

    /** Retracts what has not come up again when things were counted anew. */
    List<IncidentView> retract(Instant countedFrom, Collection<String> found, Instant now) {
        List<IncidentView> retracted = new ArrayList<>();
        for (Care care : bureau.book().all()) {
            String id = care.about().id();
            if (care.about().openedAt().isAfter(countedFrom)
                    && !found.contains(id)
                    && bureau.cases().apply(id).isEmpty()) {
                Optional.ofNullable(retracting.retract(care, now)).ifPresent(retracted::add);
            }
        }
        return retracted;
    }

    /** Writes down what becomes of runs, once it is known what is said because of them. */
    void settle(List<Ledger.Finding> findings, Collection<String> fresh) {
        TreeSet<String> waiting = bureau.book().attention().waiting();
        Map<String, Ledger.Finding> last = new LinkedHashMap<>();
        findings.forEach(finding -> last.put(finding.run(), finding));
        last.forEach((run, finding) -> {
            if (fresh.contains(run) || waiting.contains(run)) {
                Fate fate = fate(finding);
                if (!(fate instanceof Fate.Held && waiting.contains(run))) {
                    bureau.speech().settle(run, fate, List.of(finding.words()));
                }
                if (fate instanceof Fate.Held) {
                    waiting.add(run);
                } else {
                    waiting.remove(run);
                }
            }
        });
    }

    private Fate fate(Ledger.Finding finding) {
        Reason otherwise = finding.reason();
        if (otherwise == null) {
            return new Fate.Held();
        }
        return bureau.speech()
                .about(finding.news())
                .<Fate>map(Fate.Said::new)
                .orElseGet(() -> new Fate.Suppressed(otherwise));
    }

    /** All that was decided, and the incidents of which something has to be remembered. */
    Rulings close(Map<String, Case> changed, List<IncidentView> retracted) {
        List<IncidentView> views = new ArrayList<>(retracted);
        Map<String, Case> all = new LinkedHashMap<>(changed);
        for (String id : bureau.speech().touched()) {
            bureau.cases().apply(id).ifPresent(about -> all.put(id, about));
        }
        for (Case about : all.values()) {
            Care care = bureau.care(about);
            IncidentView now = about.view(care);
            if (!now.equals(care.view()) || bureau.speech().touched().contains(about.id())) {
                care.view(now);
                views.add(now);
            }
        }
        return bureau.speech().close(views);
    }

    Bureau bureau() {
        return bureau;
    }

    Optional<Instant> nextWake() {
        return bureau.agenda().next();
    }
}
