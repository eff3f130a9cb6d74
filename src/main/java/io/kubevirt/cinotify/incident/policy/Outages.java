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

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.policy.Timer.Kind;
import io.kubevirt.cinotify.prow.JobRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is larger than a lane: one message for all of it, and the lanes fold. */
final class Outages {

    /**
     * A sign of one.
     *
     * @param cluster the build cluster of the run that showed it, where known
     * @param runs the red runs that it explains
     */
    record Sign(Set<Scope> scopes, @Nullable String cluster, String words, Supplier<List<Entry>> runs) {}

    private final Desk desk;
    private final OutageEnd outageEnd;
    private final String area;

    /** @param area whose people are told */
    Outages(Desk desk, OutageEnd outageEnd, String area) {
        this.desk = desk;
        this.outageEnd = outageEnd;
        this.area = area;
    }

    /** The open outage that explains a run, the oldest first. */
    Optional<OutageCase> covering(String repository, @Nullable String cluster) {
        return desk.memory()
                .openOutages()
                .filter(outage -> outage.covers(repository, cluster))
                .findFirst();
    }

    /** An open outage goes on, one that has just ended goes on, or a new one is told at once. */
    void shows(Sign sign, Instant now) {
        Optional<OutageCase> open = open(sign);
        if (open.isPresent()) {
            open.get().showsItself(sign.scopes(), now);
            outageEnd.watch(open.get());
            return;
        }
        Optional<OutageCase> lately = lately(sign, now);
        OutageCase outage = lately.orElseGet(() -> opening(sign, now));
        outage.judge(outage.diagnosis(), true);
        outage.open(now, sign.words());
        outage.showsItself(sign.scopes(), now);
        desk.memory().outages().remove(outage.id());
        desk.memory().outages().put(outage.id(), outage);
        desk.agenda().cancel(Kind.FORGET, outage.key());
        outageEnd.watch(outage);
        for (Entry entry : sign.runs().get()) {
            desk.windows().mark(entry, Mark.OUTAGE);
            outage.explain(entry);
        }
        sign.runs().get().stream()
                .reduce((earlier, later) -> later)
                .map(entry -> desk.memory().lastFailures().get(entry.run().key()))
                .ifPresent(newest -> outage.show(RedRun.of(newest.finding().run())));
        desk.ledger().news(outage);
        fold(outage, now);
    }

    private OutageCase opening(Sign sign, Instant now) {
        String subject = new TreeSet<>(sign.scopes()).toString();
        return new OutageCase(
                desk.names().of(CaseKind.OUTAGE, subject, now), now, diagnosis(sign.words()), sign.cluster());
    }

    private Optional<OutageCase> open(Sign sign) {
        return desk.memory()
                .openOutages()
                .filter(outage -> outage.shares(sign.scopes()))
                .findFirst()
                .or(() -> {
                    List<Entry> runs = desk.memory().openOutages().findAny().isEmpty()
                            ? List.of()
                            : sign.runs().get();
                    return desk.memory()
                            .openOutages()
                            .filter(outage -> outage.isOf(sign.cluster())
                                    || runs.stream()
                                            .anyMatch(entry ->
                                                    outage.explains(entry.run().id())))
                            .findFirst();
                });
    }

    private Optional<OutageCase> lately(Sign sign, Instant now) {
        Duration limit = desk.thresholds().outages().goesOnWithin();
        return desk.memory().outages().values().stream()
                .filter(outage -> outage.closedAt() != null
                        && Duration.between(outage.closedAt(), now).compareTo(limit) <= 0
                        && outage.shares(sign.scopes()))
                .reduce((older, newer) -> newer);
    }

    private Diagnosis diagnosis(String words) {
        return new Diagnosis(Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, area, Confidence.MEDIUM, "outage", List.of(words));
    }

    /** Messages of lanes that opened just before now point to the outage. */
    private void fold(OutageCase outage, Instant now) {
        Instant floor = now.minus(desk.thresholds().burst().window());
        for (LaneCase lane : desk.memory().lanes().values()) {
            if (lane.isOpen()
                    && !lane.openSince().isBefore(floor)
                    && outage.scopes().contains(Scope.repository(lane.stream().repository()))) {
                lane.foldInto(outage.id());
                desk.ledger().news(lane);
            }
        }
    }

    /** A red run that an outage explains. */
    void add(OutageCase outage, Entry entry, JobRun shown) {
        outage.show(RedRun.of(shown));
        desk.windows().explain(entry, Mark.OUTAGE);
        if (!outage.explains(entry.run().id())) {
            outage.add(entry);
        }
        outage.addToTail(entry);
        desk.ledger().touch(outage);
    }

    /** A green run of a job that does not run on pull requests: what it did before is no tail of an outage. */
    void passed(RunFacts run) {
        desk.memory()
                .openOutages()
                .forEach(outage -> outage.removeFromTail(number -> {
                    Entry entry = desk.windows().all().get(number);
                    return entry == null || entry.run().lane().equals(run.lane());
                }));
    }
}
