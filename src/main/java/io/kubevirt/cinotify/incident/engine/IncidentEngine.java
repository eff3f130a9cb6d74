// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import io.kubevirt.cinotify.incident.Decisions;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.detect.DetectionSnapshot;
import io.kubevirt.cinotify.incident.detect.EventReplay;
import io.kubevirt.cinotify.incident.detect.IncidentDetector;
import io.kubevirt.cinotify.incident.detect.RunFilter;
import io.kubevirt.cinotify.incident.notify.IncidentNotifier;
import io.kubevirt.cinotify.incident.notify.NotifierState;
import io.kubevirt.cinotify.incident.notify.ResponseRegistry;
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
 * Decides when a message is required, to whom and when, over everything that has happened so far. The same events at the
 * same instants make the same rulings, always; nothing else is asked. Not safe for several threads.
 */
public final class IncidentEngine {

    private final EventReplay replay;
    private final ResponseRegistry responses;
    private final IncidentNotifier notifier;

    private IncidentEngine(EngineConfig config, EventReplay replay, ResponseRegistry responses) {
        this.replay = replay;
        this.responses = responses;
        this.notifier =
                new IncidentNotifier(config, responses, id -> replay.detection().byId(id));
    }

    /** One that remembers nothing. */
    public static IncidentEngine fresh(EngineConfig config) {
        return new IncidentEngine(
                config,
                EventReplay.from(IncidentDetector.fresh(config), config),
                new ResponseRegistry(new NotifierState(), List.of()));
    }

    /**
     * One that goes on from what a store has kept of another.
     *
     * @param notifierState what {@link #notifierState} gave; empty for a new store
     * @param responseStates what {@link #responseState} gave for each incident
     * @throws IllegalArgumentException if it cannot be read
     */
    public static IncidentEngine resume(
            EventHistory history, String notifierState, List<String> responseStates, EngineConfig config) {
        return new IncidentEngine(
                config,
                EventReplay.resume(history, config),
                new ResponseRegistry(
                        notifierState.isEmpty()
                                ? new NotifierState()
                                : DetectionSnapshot.fromJson(notifierState, NotifierState.class),
                        responseStates.stream()
                                .map(response -> DetectionSnapshot.fromJson(response, ResponseState.class))
                                .toList()));
    }

    /** What it remembers of speaking with people, beside the care for each incident; as JSON. */
    public String notifierState() {
        return DetectionSnapshot.toJson(responses.notifierState());
    }

    /** What it remembers of what was said of an incident and by whom it is seen to, as JSON; empty once it is forgotten. */
    public Optional<String> responseState(String incident) {
        return responses.find(incident).map(DetectionSnapshot::toJson);
    }

    /** How things stand now, to be kept before the rules change: what was decided by the old ones stays decided. */
    public EventHistory.Checkpoint checkpoint() {
        return replay.checkpoint();
    }

    /** The latest instant of which it knows that it is past: the clocks of those who ask may differ by seconds. */
    public Instant advanceClock(Instant now) {
        return responses.notifierState().advanceClock(now);
    }

    /** News come late, all at once: nobody is told before so much time has passed. */
    public void deferNotifications(Duration time, Instant now) {
        responses.notifierState().deferUntil(now, time);
    }

    /** Takes a run in, after all that was due before. */
    public Decisions apply(ObservedRun event, Instant now) {
        return process(List.of(new IncidentEvent.RunFinished(now, event)), EventHistory.NONE, now);
    }

    /** Time has passed. */
    public Decisions tick(Instant now) {
        return process(List.of(), EventHistory.NONE, now);
    }

    /**
     * Takes in what has happened.
     *
     * @param events in any order
     * @param history where they are kept, and where is looked up what came before if one of them is late
     */
    public Decisions process(List<IncidentEvent> events, EventHistory history, Instant now) {
        Instant at = responses.notifierState().advanceClock(now);
        notifier.catchUp(at);
        Set<String> runs = new HashSet<>();
        List<IncidentEvent> counted = new ArrayList<>();
        for (IncidentEvent event : events) {
            if (event instanceof IncidentEvent.RunFinished finished) {
                runs.add(finished.run().id());
            }
            if (!isRejected(event)) {
                counted.add(event);
            }
        }
        replay.apply(
                counted, responses.all().stream().map(ResponseState::identity).toList(), history);
        return decide(runs, at);
    }

    private boolean isRejected(IncidentEvent event) {
        Optional<RunFilter.Rejection> rejection = event instanceof IncidentEvent.RunFinished finished
                ? RunFilter.rejects(finished.run().diagnosedRun())
                : Optional.empty();
        rejection.ifPresent(found -> replay.detection()
                .settle(((IncidentEvent.RunFinished) event).run(), found.reason(), found.explanation()));
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
        detection.results().clear();
        return notifier.takeDecisions(changed, retracted);
    }

    /** Does what a person wants, after all that was due before. */
    public Decisions perform(IncidentAction action, Instant now) {
        return perform(action, EventHistory.NONE, now);
    }

    /**
     * Does what a person wants, after all that was due before.
     *
     * @param history where it is kept if it changes an incident itself
     */
    public Decisions perform(IncidentAction action, EventHistory history, Instant now) {
        Instant at = responses.notifierState().advanceClock(now);
        notifier.catchUp(at);
        replay.apply(List.of(), List.of(), history);
        replay.detection().runUntil(at);
        notifier.runUntil(replay.detection().results().touched().values(), at);
        notifier.perform(action, at).ifPresent(event -> replay.apply(List.of(event), List.of(), history));
        return decide(Set.of(), at);
    }

    /** A message that was to be taken back has been said all the same: its end is said as well. */
    public Decisions markSent(String message, Instant now) {
        Instant at = responses.notifierState().advanceClock(now);
        notifier.markSent(message, at);
        return decide(Set.of(), at);
    }

    /** When {@link #tick} has something to do; empty if never. */
    public Optional<Instant> nextWake() {
        return Stream.of(replay.detection().nextWake(), notifier.nextWake())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /** The incidents that are open or may still be opened again. */
    public List<IncidentView> incidents() {
        return replay.detection().incidents().stream().map(notifier::view).toList();
    }
}
