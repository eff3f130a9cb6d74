// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** A known issue mutes the failures that it explains until its date, and nothing else. */
class MuteRuleTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T09:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-07-18T09:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final KnownIssueMatch MUTED = until("2026-07-31");
    private static final Run RED = Run.red("post", JobType.POSTSUBMIT);

    @Test
    void nobodyIsNotifiedOfAMutedIssue() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .after(SOON)
                .artifactsShow("it", MUTED)
                .waits(Duration.ofDays(5));

        assertThat(scenario.notifications()).isEmpty();
        assertThat(scenario.lastOutcome()).isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.KNOWN_ISSUE));
        assertThat(scenario.incident().closedAt()).isNull();
        assertThat(scenario.incident().diagnosis().knownIssue()).isEqualTo(MUTED);
        assertThat(scenario.incident().diagnosis().trace())
                .anySatisfy(reason -> assertThat(reason).contains("known issue \"cache\"", "muted until then"));
    }

    @Test
    void anIssueThatDoesNotMuteIsShown() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .after(SOON)
                .artifactsShow("it", MUTED.unmuted())
                .waits(HOLD);

        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> assertThat(
                        notification.incident().diagnosis().knownIssue())
                .isEqualTo(MUTED.unmuted()));
    }

    @Test
    void afterItsDateTheIncidentIsNotifiedIfItStillFails() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .after(SOON)
                .artifactsShow("it", until("2026-07-15"))
                .until(Instant.parse("2026-07-15T23:59:59Z"));
        assertThat(scenario.notifications()).isEmpty();

        scenario.restart().waits(Duration.ofSeconds(1));

        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> {
            assertThat(notification.kind()).isEqualTo(NotificationKind.OPENED);
            assertThat(notification.decidedAt()).isEqualTo(Instant.parse("2026-07-16T00:00:00Z"));
            assertThat(notification.incident().diagnosis().knownIssue())
                    .isEqualTo(until("2026-07-15").unmuted());
        });
        assertThat(scenario.decisions()).anySatisfy(decision -> assertThat(decision.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("applied until 2026-07-15")));
    }

    @Test
    void anIncidentThatClosesBeforeTheMuteEndsIsNeverNotified() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .after(SOON)
                .artifactsShow("it", until("2026-07-15"))
                .waits(HOLD)
                .finishes(RED.state(JobState.SUCCESS))
                .waits(Duration.ofDays(5));

        assertThat(scenario.notifications()).isEmpty();
    }

    @Test
    void aMutedLaneThatWasAnnouncedIsEditedAndNotEscalated() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .waits(HOLD)
                .after(SOON)
                .artifactsShow("it", MUTED);

        assertThat(scenario.notifications())
                .extracting(Notification::kind)
                .containsExactly(NotificationKind.OPENED, NotificationKind.CHANGED);
        assertThat(scenario.notifications().getLast().text()).contains("known issue \"cache\"", "2026-07-31");
        assertThat(scenario.restart().waits(Duration.ofDays(5)).interruptions()).hasSize(1);

        scenario.finishes(RED).after(SOON).artifactsShow("it", MUTED);
        assertThat(scenario.lastOutcome()).isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.KNOWN_ISSUE));
        assertThat(scenario.waits(Duration.ofDays(1)).interruptions()).hasSize(1);
    }

    @Test
    void aNotifiedMemberIsRemindedAfterTheDate() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .waits(HOLD)
                .artifactsShow("it", until("2026-07-16"))
                .waits(Duration.ofDays(3));

        assertThat(scenario.interruptions()).element(1).satisfies(notification -> {
            assertThat(notification.kind()).isEqualTo(NotificationKind.REMINDED);
            assertThat(notification.decidedAt()).isEqualTo(Instant.parse("2026-07-17T00:00:00Z"));
        });
    }

    @Test
    void aMemberWhoAcknowledgedIsNotRemindedAfterTheDate() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY).finishes(RED).waits(HOLD);
        scenario.perform(new IncidentAction.Acknowledge(scenario.incident().id(), "dhiller"))
                .artifactsShow("it", until("2026-07-16"))
                .waits(Duration.ofDays(3));

        assertThat(scenario.interruptions()).hasSize(1);
    }

    @Test
    void aNotificationDeferredToMondayIsWithdrawn() {
        EngineScenario scenario =
                new EngineScenario(SATURDAY).finishes(RED).waits(HOLD).artifactsShow("it", MUTED);

        assertThat(scenario.withdrawn()).hasSize(1);
        assertThat(scenario.waits(Duration.ofDays(3)).notifications()).isEmpty();
    }

    @Test
    void tooFewOtherFailuresDoNotEndTheMute() {
        EngineScenario scenario = mutedLane();
        scenario.finishes(Run.red("lane", 4))
                .after(SOON)
                .artifactsShow("something else")
                .waits(HOLD);

        assertThat(scenario.notifications()).isEmpty();
        assertThat(scenario.incident().diagnosis().knownIssue()).isEqualTo(MUTED);
    }

    @Test
    void otherFailuresThatMeetTheThresholdEndTheMute() {
        EngineScenario scenario = mutedLane();
        for (int pull = 4; pull <= 6; pull++) {
            scenario.finishes(Run.red("lane", pull)).after(SOON).artifactsShow("something else");
        }
        assertThat(scenario.waits(HOLD).interruptions()).singleElement().satisfies(notification -> {
            assertThat(notification.kind()).isEqualTo(NotificationKind.OPENED);
            assertThat(notification.incident().diagnosis().knownIssue()).isNull();
        });
        assertThat(scenario.decisions()).anySatisfy(decision -> assertThat(decision.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("does not explain all of it")));
    }

    @Test
    void aFailureWithoutArtifactsIsNotMuted() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .after(SOON)
                .artifactsShow("it", MUTED)
                .waits(Duration.ofHours(1))
                .finishes(RED);
        assertThat(scenario.waits(HOLD.minusSeconds(1)).notifications()).isEmpty();

        assertThat(scenario.waits(Duration.ofSeconds(1)).interruptions()).hasSize(1);
    }

    private static EngineScenario mutedLane() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY);
        for (int pull = 1; pull <= 3; pull++) {
            scenario.finishes(Run.red("lane", pull)).after(SOON).artifactsShow("it", MUTED);
        }
        scenario.waits(HOLD);
        assertThat(scenario.notifications()).isEmpty();
        assertThat(scenario.incidents()).hasSize(1);
        return scenario;
    }

    private static KnownIssueMatch until(String day) {
        return new KnownIssueMatch("cache", "somebody", "https://example.org/1", LocalDate.parse(day), true);
    }
}
