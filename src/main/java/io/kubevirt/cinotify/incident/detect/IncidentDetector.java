// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentEvent.DiagnosisRevised;
import io.kubevirt.cinotify.incident.IncidentEvent.IncidentResolved;
import io.kubevirt.cinotify.incident.IncidentEvent.RunFinished;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.ObservedRun.SettledRun;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.ReportedIncident;
import io.kubevirt.cinotify.incident.SuppressionReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Detects incidents from events. It knows nothing of people: that is the notifier's part. */
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
        this.timers = new DetectionTimers(context, evaluator, laneIncidents, outages, reportedIncidents);
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
                context.windows().all().all());
    }

    int size() {
        return context.windows().all().size();
    }

    /** Whether no later event has been applied yet. */
    boolean isInOrder(IncidentEvent event) {
        return context.state().isInOrder(event);
    }

    /** The time of the last event that was applied. */
    Instant clock() {
        return context.state().clock();
    }

    /** Applies an event, after the timers that were due before it. */
    void apply(IncidentEvent event) {
        timers.runUntil(event.at());
        Instant at = context.state().advance(event);
        switch (event) {
            case RunFinished finished -> runs.evaluate(finished.run(), at);
            case DiagnosisRevised revised -> {
                runs.revise(revised, at);
                laneIncidents.muteRule().reviseKnownIssue(revised, at);
            }
            case IncidentEvent.ProblemRaised raised -> reportedIncidents.raise(raised.problem(), at);
            case IncidentEvent.ProblemCleared cleared -> reportedIncidents.clear(cleared.key(), cleared.why(), at);
            case IncidentResolved resolved -> resolve(resolved, at);
        }
        timers.expire(at);
    }

    public void settle(ObservedRun run, SuppressionReason reason, String explanation) {
        context.results().settle(new SettledRun(run.id(), reason, List.of(), explanation));
    }

    public void runUntil(Instant now) {
        timers.runUntil(now);
    }

    private void resolve(IncidentResolved resolved, Instant at) {
        String why = "resolved by " + resolved.by();
        byId(resolved.incident()).filter(DetectedIncident::isOpen).ifPresent(incident -> {
            switch (incident) {
                case LaneIncident lane -> laneIncidents.close(lane, why, at);
                case OutageIncident outage -> outages.resolve(outage, why, at);
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

    /** Whether a run is a failure that nothing else explains. */
    public boolean counts(String run) {
        return context.windows().find(run).filter(WindowEntry::counts).isPresent();
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

    /** Collects the results of one detection step. */
    public static final class DetectionResults {
        private final List<SettledRun> settledRuns = new ArrayList<>();
        private final List<String> notifiable = new ArrayList<>();
        private final Map<String, DetectedIncident> touched = new LinkedHashMap<>();
        private final Map<String, String> joinedRuns = new LinkedHashMap<>();

        void joined(String run, DetectedIncident incident) {
            joinedRuns.put(run, incident.id());
        }

        /** The incident of each run that now belongs to one. */
        public Map<String, String> joinedRuns() {
            return joinedRuns;
        }

        void touch(DetectedIncident changed) {
            touched.put(changed.id(), changed);
        }

        /** Marks a change that may cause a notification. */
        void notifiable(DetectedIncident changed) {
            touch(changed);
            notifiable.add(changed.id());
        }

        int position() {
            return notifiable.size();
        }

        List<String> notifiableSince(int position) {
            return List.copyOf(notifiable.subList(position, notifiable.size()));
        }

        void settle(SettledRun run) {
            settledRuns.add(run);
        }

        public List<SettledRun> settledRuns() {
            return settledRuns;
        }

        public Map<String, DetectedIncident> touched() {
            return touched;
        }

        public void clear() {
            settledRuns.clear();
            notifiable.clear();
            touched.clear();
            joinedRuns.clear();
        }
    }
}
