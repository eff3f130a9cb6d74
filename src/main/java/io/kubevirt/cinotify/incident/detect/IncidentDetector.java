// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.ReportedIncident;
import io.kubevirt.cinotify.incident.SettledRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what has happened and finds the incidents that follow from it. It knows of nobody who is told. */
public final class IncidentDetector {

    private final DetectContext context;
    private final RunEvaluator runs;
    private final LaneIncidentLifecycle laneIncidents;
    private final OutageLifecycle outages;
    private final ReportedIncidentLifecycle reportedIncidents;
    private final DetectionTimers timers;

    private IncidentDetector(EngineConfig config, DetectionState state) {
        this.context = DetectContext.of(config.thresholds(), state);
        LaneEvaluator evaluator = new LaneEvaluator(context);
        this.laneIncidents = new LaneIncidentLifecycle(context, evaluator);
        this.reportedIncidents = new ReportedIncidentLifecycle(context, laneIncidents);
        this.outages = new OutageLifecycle(context, evaluator, laneIncidents, config.outageArea());
        this.runs = new RunEvaluator(context, evaluator, laneIncidents, outages);
        GroupWait groupWait = new GroupWait(context, evaluator, laneIncidents, outages);
        this.timers = new DetectionTimers(context, groupWait, laneIncidents, outages, reportedIncidents);
    }

    public static IncidentDetector fresh(EngineConfig config) {
        return new IncidentDetector(config, new DetectionState());
    }

    public static IncidentDetector restore(DetectionSnapshot snapshot, EngineConfig config) {
        IncidentDetector detection = new IncidentDetector(config, snapshot.state());
        snapshot.runs().forEach(detection.context.windows()::enter);
        detection.timers.restoreTimers();
        return detection;
    }

    public DetectionSnapshot snapshot() {
        return new DetectionSnapshot(
                DetectionSnapshot.VERSION,
                context.state(),
                List.copyOf(context.windows().all().values()));
    }

    /** How many runs are remembered. */
    int size() {
        return context.windows().all().size();
    }

    /** Whether nothing that comes after it has been counted. */
    boolean isInOrder(IncidentEvent event) {
        return context.state().isInOrder(event);
    }

    /** How far things were counted. */
    Instant clock() {
        return context.state().clock();
    }

    /** Counts one more thing, after all that was due before. */
    void apply(IncidentEvent event) {
        timers.runUntil(event.at());
        Instant at = context.state().advance(event);
        switch (event) {
            case IncidentEvent.RunFinished finished -> runs.evaluate(finished.run(), at);
            case IncidentEvent.DiagnosisRevised revised -> {
                reviseDiagnosis(revised);
                laneIncidents.muteRule().reviseKnownIssue(revised, at);
            }
            case IncidentEvent.ProblemRaised raised -> reportedIncidents.raise(raised.problem(), at);
            case IncidentEvent.ProblemCleared cleared -> reportedIncidents.clear(cleared.key(), cleared.why(), at);
            case IncidentEvent.IncidentResolved resolved -> resolve(resolved, at);
        }
        timers.expire(at);
    }

    /** What was not counted, since it is known already, comes to its end here. */
    void settleDuplicate(IncidentEvent event) {
        if (event instanceof IncidentEvent.RunFinished finished
                && context.results().settledRuns().stream()
                        .noneMatch(diagnosedRun ->
                                diagnosedRun.run().equals(finished.run().id()))) {
            settle(finished.run(), SuppressionReason.DUPLICATE, "the run has been counted already");
        }
    }

    /** A run that need not be counted comes to its end. */
    public void settle(ObservedRun run, SuppressionReason reason, String explanation) {
        context.results().settle(new SettledRun(run.id(), reason, List.of(), explanation));
    }

    /** Does what is due. */
    public void runUntil(Instant now) {
        timers.runUntil(now);
    }

    private void reviseDiagnosis(IncidentEvent.DiagnosisRevised revised) {
        for (Map.Entry<GroupKey, ObservedRun> last :
                context.state().lastFailures().entrySet()) {
            ObservedRun run = last.getValue();
            if (run.id().equals(revised.run())) {
                last.setValue(run.withDiagnosis(revised.diagnosis()));
                context.state()
                        .openLane(last.getKey())
                        .ifPresent(lane -> setDiagnosis(lane, run.diagnosedRun(), revised.diagnosis()));
            }
        }
    }

    private void setDiagnosis(LaneIncident lane, DiagnosedRun diagnosedRun, Diagnosis diagnosis) {
        lane.setDiagnosis(diagnosis, diagnosedRun.required());
        context.results().notifiable(lane);
    }

    private void resolve(IncidentEvent.IncidentResolved resolved, Instant at) {
        String why = resolved.by() + " says so";
        byId(resolved.incident()).filter(DetectedIncident::isOpen).ifPresent(incident -> {
            switch (incident) {
                case LaneIncident lane -> laneIncidents.close(lane, why, at);
                case OutageIncident outage -> outages.end(outage, why, at);
                case ReportedIncident problem -> reportedIncidents.close(problem, why, at);
            }
        });
    }

    public Optional<DetectedIncident> byId(String id) {
        return context.state().byId(id);
    }

    public List<DetectedIncident> incidents() {
        return context.state().incidents().toList();
    }

    public DetectionResults results() {
        return context.results();
    }

    public IncidentIds ids() {
        return context.ids();
    }

    public Optional<Instant> nextWake() {
        return context.timers().next();
    }
}
