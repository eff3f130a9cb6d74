// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.stale.StalenessDetector.StalenessResult;
import io.kubevirt.cinotify.incident.stale.StalenessDetector.WatchStatus;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobConfig.PeriodicJob;
import io.kubevirt.cinotify.prow.JobConfigFile;
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

/** A Prow on virtual time that can be broken, and the detector that watches it. */
final class VirtualProw implements RunStarts, OpenProblems {

    static final StalenessThresholds RULES = new StalenessThresholds(
            2,
            Duration.ofMinutes(10),
            3,
            Duration.ofHours(1),
            Duration.ofHours(6),
            Map.of("small", Duration.ofHours(12)),
            new StalenessThresholds.Areas("operations", "operations", "prow"));

    boolean horologium = true;
    boolean plank = true;
    final Set<String> stalled = new HashSet<>();
    final Set<String> forgotten = new HashSet<>();
    final List<ReportedProblem> raisedProblems = new ArrayList<>();
    final List<Instant> raisedAt = new ArrayList<>();
    final List<StalenessResult.Reason> suppressed = new ArrayList<>();
    Duration runTime = Duration.ofMinutes(20);

    @Nullable Instant sees;

    Instant now;
    JobConfig jobs;

    private final Map<String, RunStarts.LastRun> last = new HashMap<>();
    private final Map<String, Instant> next = new HashMap<>();
    private final Map<String, Instant> podAt = new HashMap<>();
    private final Map<String, Instant> lastPods = new HashMap<>();
    private final Map<String, Map.Entry<String, Instant>> schedules = new HashMap<>();
    private final List<RunStarts.PendingRun> others = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Map<String, OpenProblem> openProblems = new LinkedHashMap<>();
    private final Map<String, Instant> closedAt = new HashMap<>();
    private final Instant began;
    private Instant lastCheck;

    VirtualProw(Instant start, String... jobs) {
        this.now = start;
        this.began = start;
        this.lastCheck = start;
        this.sees = start;
        this.jobs = config(jobs);
    }

    /** Jobs as {@code name; key: schedule; cluster}. */
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
            check();
        }
    }

    void run(Duration time) {
        run(time, Duration.ofMinutes(1));
    }

    /** A run that is not periodic waits for a pod. */
    void waits(String cluster, String job, int siblings) {
        others.add(new RunStarts.PendingRun(cluster, job, now, siblings, true));
    }

    /** A person or horologium starts a job now. */
    void start(String job) {
        last.put(job, new RunStarts.LastRun(now, now));
    }

    void pod(String cluster) {
        lastPods.put(cluster, now);
    }

    void noneWaits() {
        others.clear();
    }

    List<String> events() {
        return events;
    }

    void check() {
        WatchStatus watch = new WatchStatus(began, sees, lastCheck);
        for (StalenessResult result :
                new StalenessDetector(RULES, this, this, this::inForceSince).detect(watch, jobs, now)) {
            switch (result) {
                case StalenessResult.Raised(ReportedProblem problem) -> raise(problem);
                case StalenessResult.Cleared(String key, String why) -> {
                    events.add("resolved " + key);
                    closedAt.put(key, now);
                    assertThat(openProblems.remove(key)).as(key).isNotNull();
                }
                case StalenessResult.Suppressed explained -> suppressed.add(explained.why());
            }
        }
        lastCheck = now;
    }

    private void raise(ReportedProblem problem) {
        raisedProblems.add(problem);
        raisedAt.add(now);
        events.add("opened " + problem.key());
        OpenProblem raised = new OpenProblem(
                problem.kind(),
                OpenProblems.subjectOf(problem.kind(), problem.title()),
                now,
                problem.diagnosis().rule());
        assertThat(openProblems.put(problem.key(), raised)).as(problem.key()).isNull();
    }

    @Override
    public List<OpenProblem> open(IncidentKind kind) {
        return openProblems.values().stream()
                .filter(raised -> raised.kind() == kind)
                .toList();
    }

    @Override
    public Map<String, Instant> lastClosed(IncidentKind kind) {
        Map<String, Instant> last = new HashMap<>();
        closedAt.forEach((key, at) -> {
            if (key.startsWith(kind.value() + " ")) {
                last.put(OpenProblems.subjectOf(kind, key), at);
            }
        });
        return last;
    }

    private void work() {
        for (PeriodicJob periodic : jobs.periodics()) {
            String job = periodic.job().name();
            Instant due = next.computeIfAbsent(job, name -> periodic.schedule().nextAfter(began));
            end(job, periodic.job().cluster());
            RunStarts.LastRun known = last.get(job);
            boolean goesOn = known != null && known.ended() == null;
            if (!due.isAfter(now)) {
                boolean cron = periodic.job().trigger().cron() != null;
                if (horologium && !goesOn && !forgotten.contains(job)) {
                    last.put(job, new RunStarts.LastRun(now, null));
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
        RunStarts.LastRun known = last.get(job);
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
            last.put(job, new RunStarts.LastRun(known.started(), pod.plus(runTime)));
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
    public Map<String, RunStarts.LastRun> periodics() {
        return last;
    }

    @Override
    public List<RunStarts.PendingRun> waiting(Instant seenSince) {
        List<RunStarts.PendingRun> waiting = new ArrayList<>(others);
        for (PeriodicJob periodic : jobs.periodics()) {
            RunStarts.LastRun known = last.get(periodic.job().name());
            if (known != null
                    && known.ended() == null
                    && !podAt.containsKey(periodic.job().name())) {
                waiting.add(new RunStarts.PendingRun(
                        periodic.job().cluster(), periodic.job().name(), known.started(), 0, true));
            }
        }
        return waiting;
    }

    @Override
    public Map<String, Instant> lastPods() {
        return lastPods;
    }
}
