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
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides when a message is required, to whom and when, over everything that has happened so far. The same events at the
 * same instants make the same rulings, always; nothing else is asked. Not safe for several threads.
 */
public final class IncidentCore {

    /**
     * What the operator has settled.
     *
     * @param outageArea the area whose people are told of outages
     */
    public record Rules(Thresholds thresholds, Roster roster, SigDirectory sigs, String outageArea) {}

    private final Desk desk;
    private final Runs runs;
    private final Commands commands;
    private final Clockwork clockwork;

    private IncidentCore(Rules rules, Memory memory) {
        this.desk = Desk.of(rules.thresholds(), memory);
        Addressing addressing = new Addressing(rules.roster(), rules.sigs(), memory::lastTold);
        LaneRule rule = new LaneRule(desk);
        Telling telling = new Telling(desk, addressing);
        Escalating escalating = new Escalating(desk, addressing, telling);
        Lanes lanes = new Lanes(desk, rule, telling);
        OutageEnd outageEnd = new OutageEnd(desk, rule, lanes, telling);
        Outages outages = new Outages(desk, telling, outageEnd, rules.outageArea());
        this.runs = new Runs(desk, rule, lanes, outages);
        this.commands = new Commands(desk, addressing, telling, lanes, outageEnd);
        HeldFamilies held = new HeldFamilies(desk, rule, lanes, outages);
        this.clockwork = new Clockwork(desk, held, lanes, outageEnd, new Clockwork.People(telling, escalating));
    }

    /** One that remembers nothing. */
    public static IncidentCore fresh(Rules rules) {
        return new IncidentCore(rules, new Memory());
    }

    /**
     * One that goes on where another stopped, possibly under other rules.
     *
     * @param snapshot what {@link #snapshot} gave
     * @throws IllegalArgumentException if it is none
     */
    public static IncidentCore restore(String snapshot, Rules rules) {
        Snapshot kept = Snapshot.read(snapshot);
        IncidentCore core = new IncidentCore(rules, kept.memory());
        kept.runs().forEach(core.desk.windows()::enter);
        core.clockwork.wind();
        return core;
    }

    /** All that it remembers, as JSON; bounded by a day of runs and what is open. */
    public String snapshot() {
        return new Snapshot(
                        Snapshot.VERSION,
                        desk.memory(),
                        List.copyOf(desk.windows().all().values()))
                .write();
    }

    /** Takes a run in, after all that was due before. */
    public Rulings apply(RunFinished event, Instant now) {
        Instant at = desk.memory().forward(now);
        clockwork.runUntil(at);
        runs.take(event, at);
        return desk.ledger().close();
    }

    /** Time has passed. */
    public Rulings tick(Instant now) {
        clockwork.runUntil(desk.memory().forward(now));
        return desk.ledger().close();
    }

    /** Does what a person wants, after all that was due before. */
    public Rulings command(Command command, Instant now) {
        Instant at = desk.memory().forward(now);
        clockwork.runUntil(at);
        commands.carryOut(command, at);
        return desk.ledger().close();
    }

    /** When {@link #tick} has something to do; empty if never. */
    public Optional<Instant> nextWake() {
        return desk.agenda().next();
    }

    /** The incidents that are open or may still be opened again. */
    public List<IncidentView> incidents() {
        return desk.memory().cases().map(Case::view).toList();
    }
}
