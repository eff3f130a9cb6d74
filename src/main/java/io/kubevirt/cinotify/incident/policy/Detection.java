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
import io.kubevirt.cinotify.incident.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what has happened and finds the incidents that follow from it. It knows of nobody who is told. */
final class Detection {

    private final Desk desk;
    private final Runs runs;
    private final Lanes lanes;
    private final OutageEnd outageEnd;
    private final Problems problems;
    private final Clockwork clockwork;

    private Detection(IncidentCore.Rules rules, Memory memory) {
        this.desk = Desk.of(rules.thresholds(), memory);
        LaneRule rule = new LaneRule(desk);
        this.lanes = new Lanes(desk, rule);
        this.outageEnd = new OutageEnd(desk, rule, lanes);
        this.problems = new Problems(desk, lanes);
        Outages outages = new Outages(desk, outageEnd, rules.outageArea());
        this.runs = new Runs(desk, rule, lanes, outages);
        HeldFamilies held = new HeldFamilies(desk, rule, lanes, outages);
        this.clockwork = new Clockwork(desk, held, lanes, outageEnd, problems);
    }

    static Detection fresh(IncidentCore.Rules rules) {
        return new Detection(rules, new Memory());
    }

    static Detection restore(Snapshot kept, IncidentCore.Rules rules) {
        Detection detection = new Detection(rules, kept.memory());
        kept.runs().forEach(detection.desk.windows()::enter);
        detection.clockwork.wind();
        return detection;
    }

    Snapshot snapshot() {
        return new Snapshot(
                Snapshot.VERSION,
                desk.memory(),
                List.copyOf(desk.windows().all().values()));
    }

    /** How many runs are remembered. */
    int size() {
        return desk.windows().all().size();
    }

    /** Whether nothing that comes after it has been counted. */
    boolean isInOrder(Input input) {
        return desk.memory().isInOrder(input);
    }

    /** How far things were counted. */
    Instant clock() {
        return desk.memory().clock();
    }

    /** Counts one more thing, after all that was due before. */
    void count(Input input) {
        clockwork.runUntil(input.at());
        Instant at = desk.memory().counted(input);
        switch (input) {
            case Input.Ran ran -> runs.take(ran.run(), at);
            case Input.Learned learned -> {
                learn(learned);
                lanes.mutes().learn(learned, at);
            }
            case Input.Raised raised -> problems.raise(raised.problem(), at);
            case Input.Cleared cleared -> problems.clear(cleared.key(), cleared.why(), at);
            case Input.Resolved resolved -> resolve(resolved, at);
        }
        clockwork.age(at);
    }

    /** What was not counted, since it is known already, comes to its end here. */
    void settleUncounted(Input input) {
        if (input instanceof Input.Ran ran
                && desk.ledger().findings().stream()
                        .noneMatch(finding -> finding.run().equals(ran.run().id()))) {
            settle(ran.run(), Reason.DUPLICATE, "the run has been counted already");
        }
    }

    /** A run that need not be counted comes to its end. */
    void settle(RunFinished run, Reason reason, String words) {
        desk.ledger().settle(new Ledger.Finding(run.id(), reason, List.of(), words));
    }

    /** Does what is due. */
    void runUntil(Instant now) {
        clockwork.runUntil(now);
    }

    private void learn(Input.Learned learned) {
        for (Map.Entry<StreamKey, RunFinished> last :
                desk.memory().lastFailures().entrySet()) {
            RunFinished run = last.getValue();
            if (run.id().equals(learned.run())) {
                last.setValue(run.as(learned.diagnosis()));
                desk.memory()
                        .openLane(last.getKey())
                        .ifPresent(lane -> judge(lane, run.finding(), learned.diagnosis()));
            }
        }
    }

    private void judge(LaneCase lane, Finding finding, Diagnosis diagnosis) {
        lane.judge(diagnosis, finding.required());
        desk.ledger().news(lane);
    }

    private void resolve(Input.Resolved resolved, Instant at) {
        String why = resolved.by() + " says so";
        byId(resolved.incident()).filter(Case::isOpen).ifPresent(about -> {
            switch (about) {
                case LaneCase lane -> lanes.close(lane, why, at);
                case OutageCase outage -> outageEnd.end(outage, why, at);
                case ProblemCase problem -> problems.close(problem, why, at);
            }
        });
    }

    Optional<Case> byId(String id) {
        return desk.memory().byId(id);
    }

    List<Case> cases() {
        return desk.memory().cases().toList();
    }

    Ledger ledger() {
        return desk.ledger();
    }

    Names names() {
        return desk.names();
    }

    Optional<Instant> nextWake() {
        return desk.agenda().next();
    }
}
