// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.DiagnosedRun.Origin;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.ObservedRun.JobThresholds;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What callers of the engine rely on; the decisions themselves are in {@link IncidentTranscriptTest}. */
class IncidentEngineTest {

    private static final Duration HOLD = Duration.ofMinutes(10);

    private final IncidentEngine engine = IncidentEngine.fresh(EngineScenario.CONFIG);

    @Test
    void itsClockDoesNotGoBack() {
        assertThat(engine.advanceClock(NOON)).isEqualTo(NOON);
        assertThat(engine.advanceClock(NOON.minusSeconds(5))).isEqualTo(NOON);
        assertThat(engine.advanceClock(NOON.plusSeconds(5))).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void aFailureWaitsAndIsNotifiedWhenItsTimerFires() {
        Decisions failed = engine.apply(postsubmit("1", Origin.ORDINARY), NOON);
        assertThat(failed.decisions())
                .singleElement()
                .isInstanceOfSatisfying(Decision.SettleRun.class, settled -> assertThat(settled.outcome())
                        .isInstanceOf(Decision.RunOutcome.Held.class));
        assertThat(engine.nextWake()).contains(NOON.plus(HOLD));
        assertThat(engine.counts("1")).isTrue();
        assertThat(engine.counts("2")).isFalse();

        assertThat(engine.tick(NOON.plus(HOLD).minusNanos(1)).decisions()).isEmpty();
        assertThat(engine.tick(NOON.plus(HOLD)).decisions()).anyMatch(Decision.Notify.class::isInstance);
    }

    @Test
    void aRunThatIsNoResultIsSettledAndCountsForNothing() {
        Decisions rejected = engine.apply(postsubmit("1", Origin.PLUGIN), NOON);

        assertThat(rejected.decisions())
                .singleElement()
                .isInstanceOfSatisfying(Decision.SettleRun.class, settled -> assertThat(settled.outcome())
                        .isInstanceOf(Decision.RunOutcome.Suppressed.class));
        assertThat(engine.counts("1")).isFalse();
        assertThat(engine.nextWake()).isEmpty();
    }

    /** A person acts before the timers that are due have fired: what they act on is what is due. */
    @Test
    void anActionComesAfterTheTimersThatWereDueBeforeIt() {
        InMemoryEventHistory history = new InMemoryEventHistory();
        engine.process(List.of(new IncidentEvent.RunFinished(NOON, postsubmit("1", Origin.ORDINARY))), history, NOON);
        Instant later = NOON.plus(HOLD).plusSeconds(1);
        String incident = engine.tick(NOON.plus(HOLD)).incidents().getFirst().id();
        engine.process(List.of(new IncidentEvent.RunFinished(later, postsubmit("2", Origin.ORDINARY))), history, later);

        Decisions resolved =
                engine.perform(new IncidentAction.Resolve(incident, "dhiller"), history, later.plusSeconds(1));

        assertThat(resolved.incidents()).singleElement().satisfies(view -> assertThat(view.whyOver())
                .isEqualTo("resolved by dhiller"));
        assertThat(history.from(Instant.EPOCH)).last().isInstanceOf(IncidentEvent.IncidentResolved.class);
    }

    @Test
    void anActionOnAnIncidentThatItsTimerOpensNow() {
        engine.apply(postsubmit("1", Origin.ORDINARY), NOON);
        Instant due = NOON.plus(HOLD);
        String incident = IncidentEngineTest.idOf(due);

        Decisions acknowledged = engine.perform(
                new IncidentAction.Acknowledge(incident, "dhiller"), EventHistory.NONE, due.plusSeconds(60));

        assertThat(acknowledged.incidents()).singleElement().satisfies(view -> assertThat(view.acknowledgedBy())
                .isEqualTo("dhiller"));
    }

    /** The id of the incident that a failure at noon opens. */
    private static String idOf(Instant due) {
        IncidentEngine other = IncidentEngine.fresh(EngineScenario.CONFIG);
        other.apply(postsubmit("1", Origin.ORDINARY), NOON);
        return other.tick(due).incidents().getFirst().id();
    }

    private static ObservedRun postsubmit(String id, Origin origin) {
        JobRun run = JobRun.builder("post-publish", JobType.POSTSUBMIT, JobState.FAILURE)
                .repository(Repository.of("example/thing"))
                .baseRef("main")
                .build();
        Diagnosis diagnosis =
                new Diagnosis(Cause.TEST, "network", "sig-support", Confidence.MEDIUM, "named", List.of());
        return new ObservedRun(id, new DiagnosedRun(run, diagnosis, false, origin, false), JobThresholds.NONE);
    }
}
