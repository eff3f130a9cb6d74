// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.fixture.Rounds;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.ObservedRun.JobThresholds;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs lead to the same incidents and are announced once, in whatever order, how late and how often they are seen. */
class AnyOrderTest {

    private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");

    /** An engine and all its decisions. */
    private static final class Replica {

        private final EventHistory history = new InMemoryEventHistory();
        private final Map<String, IncidentView> incidents = new HashMap<>();
        private final Map<String, Notification> notifications = new HashMap<>();
        private final Map<String, Integer> announced = new HashMap<>();
        private final Map<String, Decision.RunOutcome> outcomes = new HashMap<>();
        private final Set<String> offered = new HashSet<>();
        private final Set<String> withdrawn = new HashSet<>();
        private IncidentEngine engine = IncidentEngine.resume(history, "", List.of(), EngineScenario.CONFIG);

        void process(List<IncidentEvent> events, Instant now) {
            offered.clear();
            events.forEach(event ->
                    offered.add(((IncidentEvent.RunFinished) event).run().id()));
            keep(engine.process(events, history, now));
        }

        void tick(Instant now) {
            offered.clear();
            keep(engine.process(List.of(), history, now));
        }

        void restart() {
            List<String> responses = incidents.keySet().stream()
                    .flatMap(id -> engine.responseState(id).stream())
                    .toList();
            engine = IncidentEngine.resume(history, engine.notifierState(), responses, EngineScenario.CONFIG);
        }

        private Set<String> ids() {
            return engine.incidents().stream().map(IncidentView::id).collect(Collectors.toSet());
        }

        private void keep(Decisions decisions) {
            decisions.incidents().forEach(incident -> incidents.put(incident.id(), incident));
            for (Decision decision : decisions.decisions()) {
                switch (decision) {
                    case Decision.Notify notify ->
                        notifications.put(notify.notification().id(), notify.notification());
                    case Decision.Withdraw withdraw -> withdrawn.add(withdraw.notificationId());
                    case Decision.SettleRun settle -> {
                        boolean again = outcomes.containsKey(settle.run())
                                && !(outcomes.get(settle.run()) instanceof Decision.RunOutcome.Held);
                        assertThat(again && !offered.contains(settle.run()))
                                .as("%s is settled once", settle.run())
                                .isFalse();
                        outcomes.put(settle.run(), settle.outcome());
                    }
                    case Decision.Reject reject -> throw new AssertionError(reject);
                }
            }
        }

        Set<List<Object>> outcome() {
            return incidents.values().stream()
                    .filter(incident -> incident.state() != IncidentState.RETRACTED)
                    .map(incident -> List.<Object>of(
                            incident.kind(),
                            incident.title(),
                            incident.openedAt(),
                            String.valueOf(incident.closedAt()),
                            incident.lanes(),
                            incident.runs(),
                            incident.pulls()))
                    .collect(Collectors.toSet());
        }

        long openings(String incident) {
            return notifications.values().stream()
                    .filter(notification -> notification.kind() == NotificationKind.OPENED
                            && notification.incident().id().equals(incident)
                            && !withdrawn.contains(notification.id()))
                    .count();
        }
    }

    @ParameterizedTest(name = "{0} runs, {1} seeds")
    @CsvSource({"60, 20", "400, 3", "1000, 1"})
    void orderAndRepetitionOfRunsDoNotMatter(int runs, int seeds) {
        for (int seed = 0; seed < Rounds.of(seeds); seed++) {
            Random random = new Random(seed);
            List<IncidentEvent> events = events(random, runs);
            Instant end = events.getLast().at().plus(Duration.ofMinutes(30));
            Replica ordered = new Replica();
            for (IncidentEvent event : events) {
                ordered.process(List.of(event), event.at());
            }
            ordered.tick(end);

            Replica shuffledReplica = new Replica();
            List<IncidentEvent> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, random);
            shuffled.addAll(shuffled.subList(0, runs / 4));
            while (!shuffled.isEmpty()) {
                List<IncidentEvent> batch =
                        shuffled.subList(0, 1 + random.nextInt(Math.min(shuffled.size(), 1 + runs / 5)));
                shuffledReplica.process(List.copyOf(batch), end);
                batch.clear();
                if (random.nextInt(3) == 0) {
                    shuffledReplica.restart();
                }
            }

            assertThat(shuffledReplica.outcome()).as("seed %d", seed).isEqualTo(ordered.outcome());
            assertThat(shuffledReplica.incidents.values()).as("seed %d", seed).allSatisfy(incident -> assertThat(
                            shuffledReplica.openings(incident.id()))
                    .as("%s", incident)
                    .isLessThanOrEqualTo(1));
            assertThat(shuffledReplica.outcomes.keySet()).as("seed %d", seed).isEqualTo(ordered.outcomes.keySet());
        }
    }

    /** Runs arrive some seconds or minutes late while timers fire on time. */
    @Test
    void runsThatArriveLateLeadToTheSameIncidents() {
        for (int seed = 1; seed <= Rounds.of(2); seed++) {
            arriveLate(seed);
        }
    }

    private static void arriveLate(int seed) {
        Random random = new Random(seed);
        List<IncidentEvent> events = events(random, 500);
        Replica ordered = new Replica();
        events.forEach(event -> ordered.process(List.of(event), event.at()));
        record Arrival(Instant at, IncidentEvent event) {}
        List<Arrival> arrivals = events.stream()
                .map(event ->
                        new Arrival(event.at().plusSeconds(random.nextInt(random.nextInt(9) == 0 ? 9000 : 40)), event))
                .sorted(java.util.Comparator.comparing(Arrival::at))
                .toList();
        Replica late = new Replica();
        for (Arrival arrival : arrivals) {
            late.tick(arrival.at());
            late.process(List.of(arrival.event()), arrival.at());
            if (random.nextInt(20) == 0) {
                Set<String> ids = late.ids();
                EventHistory.Checkpoint state = late.engine.checkpoint();
                late.restart();
                late.tick(arrival.at());
                assertThat(late.ids()).as("incidents keep their ids").isEqualTo(ids);
                assertThat(late.engine.checkpoint())
                        .as("what was replayed from memory is what the stored events show")
                        .isEqualTo(state);
            }
        }
        Instant end = arrivals.getLast().at().plus(Duration.ofMinutes(30));
        ordered.tick(end);
        late.tick(end);

        assertThat(late.outcome()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(ordered.outcome());
        Set<String> twice = late.incidents.keySet().stream()
                .filter(incident -> late.openings(incident) > 1)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(twice).as("seed %d", seed).isEmpty();
        assertThat(ordered.outcome()).as("something happens").isNotEmpty();
    }

    /** What people saw as broken, then as a false alarm, fails in fact: it stays one message. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLaneThatFailsSoonAfterARetractionContinuesInItsMessage(boolean restarts) {
        Replica replica = new Replica();
        Instant morning = MONDAY.plus(Duration.ofHours(10));
        Instant later = morning.plus(Duration.ofMinutes(30));
        replica.process(List.of(postsubmit("1", JobState.FAILURE, morning)), morning);
        replica.tick(later);
        assertThat(replica.incidents.values()).extracting(IncidentView::state).containsExactly(IncidentState.OPEN);

        replica.process(List.of(postsubmit("2", JobState.SUCCESS, morning.plusSeconds(1))), later);
        assertThat(replica.incidents.values()).extracting(IncidentView::state).containsExactly(IncidentState.RETRACTED);
        if (restarts) {
            replica.restart();
        }

        replica.process(List.of(postsubmit("3", JobState.FAILURE, later)), later);
        replica.tick(later.plus(Duration.ofMinutes(30)));
        if (restarts) {
            replica.restart();
        }
        assertThat(replica.incidents.values()).extracting(IncidentView::state).containsExactly(IncidentState.OPEN);
        assertThat(replica.notifications.values())
                .extracting(Notification::kind)
                .containsExactlyInAnyOrder(
                        NotificationKind.OPENED, NotificationKind.RESOLVED, NotificationKind.CHANGED);
    }

    @Test
    void anIncidentThatALateRunMovesKeepsItsIdOverARestart() {
        Replica replica = new Replica();
        Instant morning = MONDAY.plus(Duration.ofHours(10));
        Instant later = morning.plus(Duration.ofMinutes(30));
        replica.process(List.of(postsubmit("2", JobState.FAILURE, morning)), morning);
        replica.tick(later);
        Set<String> ids = replica.ids();
        replica.process(List.of(postsubmit("1", JobState.FAILURE, morning.minusSeconds(60))), later);
        assertThat(replica.ids()).isEqualTo(ids);
        replica.restart();
        replica.tick(later);
        assertThat(replica.ids()).isEqualTo(ids);
        replica.process(List.of(postsubmit("3", JobState.SUCCESS, later)), later);
        assertThat(replica.notifications.values())
                .extracting(Notification::kind)
                .containsExactlyInAnyOrder(NotificationKind.OPENED, NotificationKind.RESOLVED);
    }

    private static IncidentEvent postsubmit(String id, JobState state, Instant at) {
        JobRun run = JobRun.builder("post-publish", JobType.POSTSUBMIT, state)
                .repository(Repository.of("example/thing"))
                .build();
        Diagnosis diagnosis = new Diagnosis(
                Cause.TEST,
                "network",
                "sig-support",
                Confidence.MEDIUM,
                "named",
                List.of("rule named: it matches"),
                null);
        return new IncidentEvent.RunFinished(
                at,
                new ObservedRun(
                        id,
                        new DiagnosedRun(
                                run, state.isRed() ? diagnosis : null, false, DiagnosedRun.Origin.ORDINARY, false),
                        JobThresholds.NONE));
    }

    private static List<IncidentEvent> events(Random random, int count) {
        List<IncidentEvent> events = new ArrayList<>();
        Instant at = MONDAY;
        for (int number = 0; number < count; number++) {
            at = at.plusSeconds(random.nextInt(400)).plus(Duration.ofHours(random.nextInt(300) == 0 ? 60 : 0));
            events.add(new IncidentEvent.RunFinished(at, run(random, number)));
        }
        return events;
    }

    private static ObservedRun run(Random random, int number) {
        boolean presubmit = random.nextInt(6) > 0;
        JobState state =
                random.nextInt(20) == 0 ? JobState.ERROR : random.nextInt(5) < 2 ? JobState.FAILURE : JobState.SUCCESS;
        int pull = 1 + random.nextInt(60);
        JobRun run = JobRun.builder(
                        (presubmit ? "pull-k8s-1.3" + random.nextInt(2) + "-lane" : "post-") + random.nextInt(7),
                        presubmit ? JobType.PRESUBMIT : JobType.POSTSUBMIT,
                        state)
                .repository(Repository.of("example/thing"))
                .baseRef(random.nextInt(4) == 0 ? "release-1" : "main")
                .pulls(presubmit ? List.of(new Pull(pull, null, "sha" + pull + random.nextInt(2))) : List.of())
                .cluster(random.nextBoolean() ? "east" : null)
                .build();
        boolean shared = random.nextBoolean();
        Diagnosis diagnosis = new Diagnosis(
                shared ? Cause.INFRASTRUCTURE : Cause.TEST,
                "network",
                "sig-support",
                Confidence.MEDIUM,
                shared ? "cause-" + random.nextInt(3) : "named",
                List.of("rule named: it matches"),
                random.nextInt(4) == 0 ? null : new Symptoms("it", List.of("a line"), null, List.of(), 0, null));
        return new ObservedRun(
                "run" + number,
                new DiagnosedRun(
                        run,
                        state.isRed() ? diagnosis : null,
                        random.nextBoolean(),
                        DiagnosedRun.Origin.ORDINARY,
                        false),
                JobThresholds.NONE);
    }
}
