// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentEvent.RunFinished;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.KnownIncidents;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.detect.DetectionSnapshot;
import io.kubevirt.cinotify.incident.detect.EventReplay;
import io.kubevirt.cinotify.incident.detect.IncidentDetector;
import io.kubevirt.cinotify.incident.notify.IncidentNotifier;
import io.kubevirt.cinotify.incident.notify.ResponseRegistry;
import io.kubevirt.cinotify.incident.notify.ResponseRegistry.NotifierState;
import io.kubevirt.cinotify.incident.notify.ResponseState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides when a notification is required, who gets it and when. The engine is deterministic: the same events at the
 * same instants lead to the same decisions. Not thread-safe.
 */
public final class IncidentEngine {
    private final EngineConfig config;
    private final EventReplay replay;
    private final ResponseRegistry responses;
    private final IncidentNotifier notifier;

    private IncidentEngine(EngineConfig config, EventReplay replay, ResponseRegistry responses) {
        this.config = config;
        this.replay = replay;
        this.responses = responses;
        this.notifier =
                new IncidentNotifier(config, responses, id -> replay.detection().byId(id));
    }

    public static IncidentEngine fresh(EngineConfig config) {
        return new IncidentEngine(
                config,
                EventReplay.from(IncidentDetector.fresh(config), config),
                new ResponseRegistry(new NotifierState(), List.of()));
    }

    /**
     * An engine that resumes from stored state.
     *
     * @param notifierState the result of {@link #notifierState}; empty for a new store
     * @param responseStates the result of {@link #responseState} for each incident
     * @throws IllegalArgumentException if the state cannot be read
     */
    public static IncidentEngine resume(
            EventHistory history, String notifierState, List<String> responseStates, EngineConfig config) {
        NotifierState notifier = notifierState.isEmpty()
                ? new NotifierState()
                : DetectionSnapshot.fromJson(notifierState, NotifierState.class);
        ResponseRegistry responses = new ResponseRegistry(
                notifier,
                responseStates.stream()
                        .map(response -> DetectionSnapshot.fromJson(response, ResponseState.class))
                        .toList());
        KnownIncidents known = responses.known(config.thresholds().reopening(), notifier.clock());
        return new IncidentEngine(config, EventReplay.resume(history, known, config, notifier.clock()), responses);
    }

    /** The state of the notifier besides the response to each incident, as JSON. */
    public String notifierState() {
        return DetectionSnapshot.toJson(responses.notifierState());
    }

    /** The response to an incident as JSON; empty once it is forgotten. */
    public Optional<String> responseState(String incident) {
        return responses.find(incident).map(DetectionSnapshot::toJson);
    }

    /**
     * The current detection state. Store it before the configuration changes, so that earlier events are not replayed
     * with new thresholds.
     */
    public EventHistory.Checkpoint checkpoint() {
        return replay.checkpoint();
    }

    /** The latest instant seen so far; the clocks of replicas may differ by seconds. */
    public Instant advanceClock(Instant now) {
        return responses.notifierState().advanceClock(now);
    }

    /** Defers notifications while late events arrive, for example after a gap. */
    public void deferNotifications(Duration time, Instant now) {
        responses.notifierState().deferUntil(now, time);
    }

    public Decisions apply(ObservedRun event, Instant now) {
        return process(List.of(new RunFinished(now, event)), EventHistory.NONE, now);
    }

    public Decisions tick(Instant now) {
        return process(List.of(), EventHistory.NONE, now);
    }

    /** Applies events. {@code history}: where events are stored, and read again if one of them is late; and who may see incidents. */
    public Decisions process(List<IncidentEvent> events, EventHistory history, Instant now) {
        notifier.readFrom(history);
        Instant at = responses.notifierState().advanceClock(now);
        notifier.catchUp(at);
        Set<String> runs = new HashSet<>();
        List<IncidentEvent> counted = new ArrayList<>();
        for (IncidentEvent event : events) {
            if (event instanceof RunFinished finished) {
                runs.add(finished.run().id());
            }
            if (!isRejected(event)) {
                counted.add(event);
            }
        }
        replay.apply(counted, known(at), history);
        return decide(runs, at);
    }

    private KnownIncidents known(Instant now) {
        return responses.known(config.thresholds().reopening(), now);
    }

    private boolean isRejected(IncidentEvent event) {
        Optional<DiagnosedRun.Rejection> rejection = event instanceof RunFinished finished
                ? finished.run().diagnosedRun().rejection()
                : Optional.empty();
        rejection.ifPresent(
                found -> replay.detection().settle(((RunFinished) event).run(), found.reason(), found.explanation()));
        return rejection.isPresent();
    }

    private Decisions decide(Set<String> fresh, Instant now) {
        IncidentDetector detection = replay.detection();
        detection.runUntil(now);
        Map<String, DetectedIncident> changed =
                new LinkedHashMap<>(detection.results().touched());
        List<IncidentView> retracted = List.of();
        if (replay.replayedFrom().isPresent()) {
            detection.incidents().forEach(incident -> changed.putIfAbsent(incident.id(), incident));
            retracted = notifier.retract(
                    replay.replayedFrom().get(), detection.ids().issuedIds(), now);
        }
        notifier.runUntil(changed.values(), now);
        notifier.settle(detection.results().settledRuns(), fresh);
        Map<String, String> joined = Map.copyOf(detection.results().joinedRuns());
        detection.results().clear();
        Decisions decisions = notifier.takeDecisions(changed, retracted).withRuns(joined);
        notifier.readFrom(EventHistory.NONE);
        return decisions;
    }

    /** Performs an action, after the timers that were due before it. */
    public Decisions perform(IncidentAction action, Instant now) {
        return perform(action, EventHistory.NONE, now);
    }

    /**
     * Performs an action, after the timers that were due before it. {@code history}: where the action is stored if it
     * changes the incident itself.
     */
    public Decisions perform(IncidentAction action, EventHistory history, Instant now) {
        notifier.readFrom(history);
        Instant at = responses.notifierState().advanceClock(now);
        notifier.catchUp(at);
        KnownIncidents known = known(at);
        replay.apply(List.of(), known, history);
        replay.detection().runUntil(at);
        notifier.runUntil(replay.detection().results().touched().values(), at);
        notifier.perform(action, at).ifPresent(event -> replay.apply(List.of(event), known, history));
        return decide(Set.of(), at).of(action);
    }

    /** Records that a notification was sent although it was withdrawn; then the end is announced as well. */
    public Decisions markSent(String message, EventHistory history, Instant now) {
        notifier.readFrom(history);
        Instant at = responses.notifierState().advanceClock(now);
        notifier.markSent(message, at);
        return decide(Set.of(), at);
    }

    /** When {@link #tick} has work to do next. */
    public Optional<Instant> nextWake() {
        return Stream.of(replay.detection().nextWake(), notifier.nextWake())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /** Whether a run is a failure that counts for its lane: nothing else explains it yet. */
    public boolean counts(String run) {
        return replay.detection().counts(run);
    }

    /** The incidents that are open or may still reopen. */
    public List<IncidentView> incidents() {
        return replay.detection().incidents().stream().map(notifier::view).toList();
    }
}
