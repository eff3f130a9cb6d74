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

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What points to an outage: a cluster that fails widely, many struck pull requests, many families at once. */
final class Signs {

    private final Desk desk;
    private final Outages outages;

    Signs(Desk desk, Outages outages) {
        this.desk = desk;
        this.outages = outages;
    }

    /** Looks after each red run. */
    void see(Entry entry, Instant now) {
        RunFacts run = entry.run();
        if (run.cluster() != null) {
            Window<ClusterFigures> cluster = desk.windows().cluster(run.cluster(), now);
            if (cluster.figures().isTrouble(desk.thresholds().clusters())) {
                show(
                        run,
                        Scope.cluster(run.cluster()),
                        "runs on " + run.cluster() + " fail widely, or could not be run at all",
                        cluster,
                        now);
            }
        }
        if (run.key().isPresubmit()) {
            Window<BurstFigures> burst = desk.windows().burst(run.key().repository(), now);
            if (burst.figures().isBurst()) {
                show(
                        run,
                        Scope.repository(run.key().repository()),
                        "several pull requests of " + run.key().repository() + " have several red lanes each",
                        burst,
                        now);
            }
        }
    }

    private void show(RunFacts run, Scope scope, String words, Window<?> window, Instant now) {
        outages.shows(
                new Outages.Sign(Set.of(scope), run.cluster(), words, () -> stream(window)
                        .filter(Entry::failed)
                        .toList()),
                now);
    }

    /** Looks when one more family begins to wait. */
    void pileUp(RunFacts run, Instant now) {
        Map<StreamKey, Waiting> held = desk.memory().held();
        if (held.size() < desk.thresholds().hold().pileUp()) {
            return;
        }
        Set<Scope> scopes = new TreeSet<>();
        held.keySet().forEach(key -> scopes.add(Scope.repository(key.repository())));
        Instant floor = now.minus(desk.thresholds().burst().window());
        outages.shows(
                new Outages.Sign(
                        scopes,
                        run.cluster(),
                        held.size() + " families of lanes break within minutes",
                        () -> List.copyOf(held.keySet()).stream()
                                .flatMap(key -> stream(desk.windows().day(key, now)))
                                .filter(each -> each.counts() && each.at().isAfter(floor))
                                .toList()),
                now);
    }

    private static Stream<Entry> stream(Window<?> window) {
        return StreamSupport.stream(window.entries().spliterator(), false);
    }
}
