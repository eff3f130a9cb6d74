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
package io.kubevirt.cinotify.incident.timeliness;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.Problem;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobConfigFile;
import io.kubevirt.cinotify.prow.PeriodicJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Prow on virtual time that can be broken, and a plugin that watches it. */
final class VirtualProw implements RunsSeen, Standing {

    static final TimelinessRules RULES = new TimelinessRules(
            2,
            Duration.ofMinutes(10),
            3,
            Duration.ofHours(1),
            Duration.ofHours(6),
            Map.of("small", Duration.ofHours(12)),
            new TimelinessRules.Areas("operations", "operations", "prow"));

    boolean horologium = true;
    boolean plank = true;
    final Set<String> stalled = new HashSet<>();
    final Set<String> forgotten = new HashSet<>();
    final List<Problem> told = new ArrayList<>();
    final List<Instant> toldAt = new ArrayList<>();
    final List<Suppression> suppressed = new ArrayList<>();
    Duration runTime = Duration.ofMinutes(20);

    @Nullable Instant sees;

    Instant now;
    JobConfig jobs;

    private final Map<String, LastRun> last = new HashMap<>();
    private final Map<String, Instant> next = new HashMap<>();
    private final Map<String, Instant> podAt = new HashMap<>();
    private final Map<String, Instant> lastPods = new HashMap<>();
    private final Map<String, Map.Entry<String, Instant>> schedules = new HashMap<>();
    private final List<WaitingRun> others = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final Map<String, Raised> standing = new LinkedHashMap<>();
    private final Map<String, Instant> over = new HashMap<>();
    private final Instant began;
    private Instant lastLook;

    VirtualProw(Instant start, String... jobs) {
        this.now = start;
        this.began = start;
        this.lastLook = start;
        this.sees = start;
        this.jobs = config(jobs);
    }

    /** Jobs as {@code name, key: schedule, cluster}. */
    static JobConfig config(String... jobs) {
        StringBuilder yaml = new StringBuilder("periodics:\n");
        for (String job : jobs) {
            String[] parts = job.split(" *; *");
            yaml.append("- name: ")
                    .append(parts[0])
                    .append("\n  ")
                    .append(parts[1])
                    .append("\n  cluster: ")
                    .append(parts[2])
                    .append('\n');
        }
        return JobConfig.of(List.of(JobConfigFile.parse("jobs.yaml", yaml.toString())));
    }

    void run(Duration time, Duration step) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plus(step);
            work();
            look();
        }
    }

    void run(Duration time) {
        run(time, Duration.ofMinutes(1));
    }

    /** A run of another sort asks for a pod. */
    void waits(String cluster, String job, int siblings) {
        others.add(new WaitingRun(cluster, job, now, siblings));
    }

    /** A person or horologium starts a job now. */
    void start(String job) {
        last.put(job, new LastRun(now, now));
    }

    void pod(String cluster) {
        lastPods.put(cluster, now);
    }

    void noneWaits() {
        others.clear();
    }

    List<String> said() {
        return said;
    }

    void look() {
        Watch watch = new Watch(began, sees, lastLook);
        for (Sighting sighting : new Timeliness(RULES, this, this, this::inForceSince).look(watch, jobs, now)) {
            switch (sighting) {
                case Sighting.Wrong(Problem problem) -> wrong(problem);
                case Sighting.Over(String key, String why) -> {
                    said.add("resolved " + key);
                    over.put(key, now);
                    assertThat(standing.remove(key)).as(key).isNotNull();
                }
                case Sighting.Explained explained -> suppressed.add(explained.why());
            }
        }
        lastLook = now;
    }

    private void wrong(Problem problem) {
        told.add(problem);
        toldAt.add(now);
        said.add("opened " + problem.key());
        Raised raised = new Raised(
                problem.kind(),
                Standing.subjectOf(problem.kind(), problem.title()),
                now,
                problem.diagnosis().rule());
        assertThat(standing.put(problem.key(), raised)).as(problem.key()).isNull();
    }

    @Override
    public List<Raised> open(CaseKind kind) {
        return standing.values().stream()
                .filter(raised -> raised.kind() == kind)
                .toList();
    }

    @Override
    public Map<String, Instant> lastOver(CaseKind kind) {
        Map<String, Instant> last = new HashMap<>();
        over.forEach((key, at) -> {
            if (key.startsWith(kind.word() + " ")) {
                last.put(Standing.subjectOf(kind, key), at);
            }
        });
        return last;
    }

    private void work() {
        for (PeriodicJob periodic : jobs.periodics()) {
            String job = periodic.job().name();
            Instant due = next.computeIfAbsent(job, name -> periodic.schedule().nextAfter(began));
            end(job, periodic.job().cluster());
            LastRun known = last.get(job);
            boolean goesOn = known != null && known.ended() == null;
            if (!due.isAfter(now)) {
                boolean cron = periodic.job().trigger().cron() != null;
                if (horologium && !goesOn && !forgotten.contains(job)) {
                    last.put(job, new LastRun(now, null));
                    podAt.remove(job);
                    next.put(job, periodic.schedule().nextAfter(now));
                } else if (cron) {
                    next.put(job, periodic.schedule().nextAfter(now));
                }
            }
            end(job, periodic.job().cluster());
        }
    }

    private void end(String job, String cluster) {
        LastRun known = last.get(job);
        if (known == null || known.ended() != null) {
            return;
        }
        if (plank && !stalled.contains(cluster)) {
            podAt.computeIfAbsent(job, name -> {
                lastPods.put(cluster, now);
                return now;
            });
        }
        Instant pod = podAt.get(job);
        if (pod != null && !pod.plus(runTime).isAfter(now)) {
            last.put(job, new LastRun(known.started(), pod.plus(runTime)));
        }
    }

    private Instant inForceSince(String job, String schedule, Instant at) {
        return schedules
                .compute(
                        job,
                        (name, known) ->
                                known != null && known.getKey().equals(schedule) ? known : Map.entry(schedule, at))
                .getValue();
    }

    @Override
    public Map<String, LastRun> periodics() {
        return last;
    }

    @Override
    public List<WaitingRun> waiting(Instant seenSince) {
        List<WaitingRun> waiting = new ArrayList<>(others);
        for (PeriodicJob periodic : jobs.periodics()) {
            LastRun known = last.get(periodic.job().name());
            if (known != null
                    && known.ended() == null
                    && !podAt.containsKey(periodic.job().name())) {
                waiting.add(
                        new WaitingRun(periodic.job().cluster(), periodic.job().name(), known.started(), 0));
            }
        }
        return waiting;
    }

    @Override
    public Map<String, Instant> lastPods() {
        return lastPods;
    }
}
