// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.ObservedRun.JobThresholds;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sequence of events and the engine's decisions, on virtual time. */
final class EngineScenario {

    static final EngineConfig CONFIG =
            new EngineConfig(Thresholds.DEFAULTS, Seed.roster(), SigDirectory.empty(), "operations");

    /** A run; the methods return a copy with one change. */
    record Run(
            String job, JobType type, int pull, JobState state, String base, String sha, String cluster, String repo) {

        static Run red(String job, int pull) {
            return new Run(job, JobType.PRESUBMIT, pull, JobState.FAILURE, "main", null, null, "example/thing");
        }

        static Run green(String job, int pull) {
            return red(job, pull).state(JobState.SUCCESS);
        }

        static Run red(String job, JobType type) {
            return new Run(job, type, 0, JobState.FAILURE, "main", null, null, "example/thing");
        }

        Run state(JobState other) {
            return new Run(job, type, pull, other, base, sha, cluster, repo);
        }

        Run base(String other) {
            return new Run(job, type, pull, state, other, sha, cluster, repo);
        }

        Run sha(String other) {
            return new Run(job, type, pull, state, base, other, cluster, repo);
        }

        Run cluster(String other) {
            return new Run(job, type, pull, state, base, sha, other, repo);
        }

        Run repo(String other) {
            return new Run(job, type, pull, state, base, sha, cluster, other);
        }

        Run pull(int other) {
            return new Run(job, type, other, state, base, sha, cluster, repo);
        }
    }

    /** How the artifacts of each run look; they are read before the next run ends. */
    enum Shown {
        NOTHING,
        TESTS,
        DEATH,
        CACHE
    }

    private final List<Decision> decisions = new ArrayList<>();
    private final Set<String> incidents = new LinkedHashSet<>();
    private final List<Notification> unanswered = new ArrayList<>();
    private final EngineConfig config;
    private IncidentEngine engine;
    private EventHistory history = EventHistory.NONE;
    private boolean required;
    private boolean answering;
    private JobThresholds jobThresholds = JobThresholds.NONE;
    private Instant now;
    private int runs;

    EngineScenario(Instant begin) {
        this(begin, CONFIG);
    }

    EngineScenario(Instant begin, EngineConfig config) {
        this.now = begin;
        this.config = config;
        this.engine = IncidentEngine.fresh(config);
    }

    /** From here on lanes block merging. */
    EngineScenario required() {
        required = true;
        return this;
    }

    /** From here on lanes do not block merging. */
    EngineScenario optional() {
        required = false;
        return this;
    }

    /** Not everybody may see these jobs, and no late event is replayed. */
    EngineScenario hiding(String... jobs) {
        history = new InMemoryEventHistory() {
            @Override
            public List<IncidentEvent> from(Instant instant) {
                return List.of();
            }

            @Override
            public boolean isPublic(String incident, @Nullable String repository, Collection<String> of) {
                return Collections.disjoint(of, Set.of(jobs));
            }
        };
        return this;
    }

    /** From here on the notified people acknowledge at once. */
    EngineScenario answering() {
        answering = true;
        return this;
    }

    /** From here on jobs configure these thresholds. */
    EngineScenario jobThresholds(JobThresholds thresholds) {
        jobThresholds = thresholds;
        return this;
    }

    EngineScenario finishes(Run run) {
        List<Pull> pulls = run.pull() == 0 ? List.of() : List.of(new Pull(run.pull(), null, run.sha()));
        JobRun jobRun = JobRun.builder(run.job(), run.type(), run.state())
                .repository(Repository.of(run.repo()))
                .baseRef(run.base())
                .pulls(pulls)
                .cluster(run.cluster())
                .build();
        Diagnosis diagnosis = new Diagnosis(
                Cause.TEST, "network", "sig-support", Confidence.MEDIUM, "named", List.of("rule named: it matches"));
        DiagnosedRun diagnosedRun = new DiagnosedRun(
                jobRun, run.state().isRed() ? diagnosis : null, required, DiagnosedRun.Origin.ORDINARY, false);
        return keep(engine.process(
                List.of(new IncidentEvent.RunFinished(
                        now, new ObservedRun("run" + ++runs, diagnosedRun, jobThresholds))),
                history,
                now));
    }

    /** The artifacts of the last run show this signature. */
    EngineScenario artifactsShow(String signature) {
        return artifactsShow(signature, null);
    }

    /** The artifacts of the last run show this signature, which may match a known issue. */
    EngineScenario artifactsShow(String signature, @Nullable KnownIssueMatch known) {
        Diagnosis diagnosis = new Diagnosis(
                Cause.TEST,
                "network",
                "sig-support",
                Confidence.HIGH,
                "failing-tests",
                List.of("rule failing-tests: they say so"),
                new Symptoms(signature, List.of(), null, List.of("a test"), 1, null),
                null,
                known);
        return keep(engine.process(
                List.of(new IncidentEvent.DiagnosisRevised(now, "run" + runs, diagnosis)), history, now));
    }

    /** The artifacts of the last run show this cause. */
    EngineScenario artifactsShow(Cause cause, String rule) {
        Diagnosis diagnosis = new Diagnosis(
                cause,
                Diagnosis.NO_SIG,
                "operations",
                Confidence.HIGH,
                rule,
                List.of(),
                new Symptoms(rule, List.of("a line"), null, List.of(), 0, null));
        return keep(engine.process(
                List.of(new IncidentEvent.DiagnosisRevised(now, "run" + runs, diagnosis)), history, now));
    }

    /** A node is reported unhealthy, and explains some of the runs so far. */
    EngineScenario nodeFails(String node, Integer... explained) {
        Diagnosis diagnosis = new Diagnosis(
                Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, "bare-metal", Confidence.HIGH, "sick-node", List.of());
        ReportedProblem problem = new ReportedProblem(
                IncidentKind.NODE,
                "node " + node,
                "node " + node,
                diagnosis,
                false,
                "lanes died on it",
                List.of("lane", "nightly", "post"),
                null,
                null,
                Stream.of(explained).map(number -> "run" + number).toList());
        return keep(engine.process(List.of(new IncidentEvent.ProblemRaised(now, problem)), history, now));
    }

    /** A failure of a lane each five minutes, of another commit each. */
    EngineScenario fails(String lane, int firstPull, int pulls, Shown shown) {
        for (int pull = firstPull; pull < firstPull + pulls; pull++) {
            finishes(Run.red(lane, pull)).after(Duration.ofMinutes(1));
            switch (shown) {
                case NOTHING -> {}
                case TESTS -> artifactsShow("a test fails");
                case DEATH -> artifactsShow(Cause.SETUP, "died-before-tests");
                case CACHE -> artifactsShow(Cause.INFRASTRUCTURE, "cache-lost");
            }
            after(Duration.ofMinutes(4));
        }
        return this;
    }

    /** 22 runs of 12 lanes on 11 pull requests, one in 75 minutes; some pass when they are tested again. */
    void cacheIsLost(int runs) {
        answering();
        for (int run = 0; run < runs; run++) {
            Run red = Run.red("pull-shared" + (char) ('a' + run % 12), 101 + run % 11)
                    .sha("sha" + run);
            finishes(red).artifactsShow(Cause.INFRASTRUCTURE, "cache-lost");
            if (run % 7 == 3) {
                finishes(red.state(JobState.SUCCESS));
            }
            after(Duration.ofMinutes(75));
        }
        finishes(Run.red("pull-unrelated", 500));
    }

    EngineScenario after(Duration time) {
        return until(now.plus(time));
    }

    EngineScenario afterHours(long hours) {
        return after(Duration.ofHours(hours));
    }

    /** Advances the time and fires the timers. */
    EngineScenario until(Instant later) {
        fireTimers(engine, now, later, at -> {
            now = at;
            keep(engine.process(List.of(), history, now));
        });
        now = later;
        return keep(engine.process(List.of(), history, now));
    }

    /** Calls the action at each instant at which a timer of the engine is due. */
    static void fireTimers(IncidentEngine engine, Instant from, Instant until, Consumer<Instant> action) {
        Instant at = from;
        for (Optional<Instant> wake = engine.nextWake();
                wake.isPresent() && !wake.get().isAfter(until);
                wake = engine.nextWake()) {
            at = wake.get().isAfter(at) ? wake.get() : at;
            action.accept(at);
        }
    }

    EngineScenario waits(Duration time) {
        return until(now.plus(time));
    }

    EngineScenario perform(IncidentAction action) {
        return keep(engine.perform(action, now));
    }

    /** Stops and resumes from what the engine gives a store to keep. */
    EngineScenario restart() {
        InMemoryEventHistory history = new InMemoryEventHistory();
        history.saveCheckpoint(engine.checkpoint());
        List<String> responses = incidents.stream()
                .flatMap(id -> engine.responseState(id).stream())
                .toList();
        engine = IncidentEngine.resume(history, engine.notifierState(), responses, config);
        return this;
    }

    private EngineScenario keep(Decisions made) {
        decisions.addAll(made.decisions());
        made.incidents().forEach(incident -> incidents.add(incident.id()));
        made.decisions().stream()
                .filter(decision -> answering && decision instanceof Decision.Notify)
                .map(decision -> ((Decision.Notify) decision).notification())
                .filter(notification -> notification.kind().interrupts())
                .forEach(unanswered::add);
        List<Notification> due = unanswered.stream()
                .filter(notification -> !notification.at().isAfter(now))
                .toList();
        unanswered.removeAll(due);
        due.forEach(notification -> engine.perform(
                new IncidentAction.Acknowledge(notification.incident().id(), "the notified member"), now));
        return this;
    }

    Instant now() {
        return now;
    }

    List<Decision> decisions() {
        return decisions;
    }

    /** Notifications that interrupt a person, without withdrawn ones. */
    List<Notification> interruptions() {
        return notifications().stream()
                .filter(notification -> notification.kind().interrupts())
                .toList();
    }

    /** All notifications, without withdrawn ones. */
    List<Notification> notifications() {
        List<String> withdrawn = withdrawn();
        return decisions.stream()
                .filter(Decision.Notify.class::isInstance)
                .map(decision -> ((Decision.Notify) decision).notification())
                .filter(notification -> !withdrawn.contains(notification.id()))
                .toList();
    }

    List<String> withdrawn() {
        return decisions.stream()
                .filter(Decision.Withdraw.class::isInstance)
                .map(decision -> ((Decision.Withdraw) decision).notificationId())
                .toList();
    }

    /** The outcome of the last run. */
    Decision.RunOutcome lastOutcome() {
        return decisions.reversed().stream()
                .filter(Decision.SettleRun.class::isInstance)
                .map(decision -> ((Decision.SettleRun) decision).outcome())
                .findFirst()
                .orElseThrow();
    }

    IncidentView incident() {
        return engine.incidents().getFirst();
    }

    List<IncidentView> incidents() {
        return engine.incidents();
    }

    Optional<Instant> nextWake() {
        return engine.nextWake();
    }
}
