// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.RunOutcome;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What somebody already cares for calls nobody until its date; everything else does. */
class MuteRuleTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T09:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-07-18T09:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final KnownIssueMatch MUTED = until("2026-07-31");
    private static final Run RED = Run.red("post", JobType.POSTSUBMIT);

    @Test
    void nobodyIsNotifiedOfAMutedIssue() {
        EngineScenario story = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .after(SOON)
                .artifactsShow("it", MUTED)
                .waits(Duration.ofDays(5));

        assertThat(story.notifications()).isEmpty();
        assertThat(story.lastOutcome()).isEqualTo(new RunOutcome.Suppressed(SuppressionReason.KNOWN_ISSUE));
        assertThat(story.incident().closedAt()).isNull();
        assertThat(story.incident().diagnosis().knownIssue()).isEqualTo(MUTED);
        assertThat(story.incident().diagnosis().trace())
                .anySatisfy(reason -> assertThat(reason).contains("known issue \"cache\"", "muted until then"));
    }

    @Test
    void anIssueThatDoesNotMuteIsShown() {
        EngineScenario story = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .after(SOON)
                .artifactsShow("it", MUTED.unmuted())
                .waits(HOLD);

        assertThat(story.interruptions()).singleElement().satisfies(message -> assertThat(
                        message.incident().diagnosis().knownIssue())
                .isEqualTo(MUTED.unmuted()));
    }

    @Test
    void afterItsDateTheIncidentIsNotifiedIfItStillFails() {
        EngineScenario story = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .after(SOON)
                .artifactsShow("it", until("2026-07-15"))
                .until(Instant.parse("2026-07-15T23:59:59Z"));
        assertThat(story.notifications()).isEmpty();

        story.restart().waits(Duration.ofSeconds(1));

        assertThat(story.interruptions()).singleElement().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(NotificationKind.OPENED);
            assertThat(message.decidedAt()).isEqualTo(Instant.parse("2026-07-16T00:00:00Z"));
            assertThat(message.incident().diagnosis().knownIssue())
                    .isEqualTo(until("2026-07-15").unmuted());
        });
        assertThat(story.decisions()).anySatisfy(ruling -> assertThat(ruling.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("counted until 2026-07-15")));
    }

    @Test
    void anIncidentThatHealsBeforeTheDateIsNeverNotified() {
        EngineScenario story = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .after(SOON)
                .artifactsShow("it", until("2026-07-15"))
                .waits(HOLD)
                .finishes(RED.state(JobState.SUCCESS))
                .waits(Duration.ofDays(5));

        assertThat(story.notifications()).isEmpty();
    }

    @Test
    void aMemberNotifiedBeforeTheArtifactsWereReadSeesThemAndIsLeftAlone() {
        EngineScenario story = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .waits(HOLD)
                .after(SOON)
                .artifactsShow("it", MUTED);

        assertThat(story.notifications())
                .extracting(Notification::kind)
                .containsExactly(NotificationKind.OPENED, NotificationKind.CHANGED);
        assertThat(story.notifications().getLast().text()).contains("known issue \"cache\"", "2026-07-31");
        assertThat(story.restart().waits(Duration.ofDays(5)).interruptions()).hasSize(1);

        story.finishes(RED).after(SOON).artifactsShow("it", MUTED);
        assertThat(story.lastOutcome()).isEqualTo(new RunOutcome.Suppressed(SuppressionReason.KNOWN_ISSUE));
        assertThat(story.waits(Duration.ofDays(1)).interruptions()).hasSize(1);
    }

    @Test
    void aNotifiedMemberIsRemindedAfterTheDate() {
        EngineScenario story = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .waits(HOLD)
                .artifactsShow("it", until("2026-07-16"))
                .waits(Duration.ofDays(3));

        assertThat(story.interruptions()).element(1).satisfies(message -> {
            assertThat(message.kind()).isEqualTo(NotificationKind.REMINDED);
            assertThat(message.decidedAt()).isEqualTo(Instant.parse("2026-07-17T00:00:00Z"));
        });
    }

    @Test
    void aMemberWhoAcknowledgedIsNotRemindedAfterTheDate() {
        EngineScenario story = new EngineScenario(WEDNESDAY).finishes(RED).waits(HOLD);
        story.perform(new IncidentAction.Acknowledge(story.incident().id(), "dhiller"))
                .artifactsShow("it", until("2026-07-16"))
                .waits(Duration.ofDays(3));

        assertThat(story.interruptions()).hasSize(1);
    }

    @Test
    void aNotificationDeferredToMondayIsWithdrawn() {
        EngineScenario story =
                new EngineScenario(SATURDAY).finishes(RED).waits(HOLD).artifactsShow("it", MUTED);

        assertThat(story.withdrawn()).hasSize(1);
        assertThat(story.waits(Duration.ofDays(3)).notifications()).isEmpty();
    }

    @Test
    void failuresOfPullRequestsThemselvesDoNotSpeakForAMutedLane() {
        EngineScenario story = mutedLane();
        story.finishes(Run.red("lane", 4))
                .after(SOON)
                .artifactsShow("something else")
                .waits(HOLD);

        assertThat(story.notifications()).isEmpty();
        assertThat(story.incident().diagnosis().knownIssue()).isEqualTo(MUTED);
    }

    @Test
    void asManyOtherFailuresAsOpenALaneNotifySomebody() {
        EngineScenario story = mutedLane();
        for (int pull = 4; pull <= 6; pull++) {
            story.finishes(Run.red("lane", pull)).after(SOON).artifactsShow("something else");
        }
        assertThat(story.waits(HOLD).interruptions()).singleElement().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(NotificationKind.OPENED);
            assertThat(message.incident().diagnosis().knownIssue()).isNull();
        });
        assertThat(story.decisions()).anySatisfy(ruling -> assertThat(ruling.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("does not explain all of it")));
    }

    @Test
    void aFailureWhoseEvidenceDoesNotComeIsNotTakenForKnown() {
        EngineScenario story = new EngineScenario(WEDNESDAY)
                .finishes(RED)
                .after(SOON)
                .artifactsShow("it", MUTED)
                .waits(Duration.ofHours(1))
                .finishes(RED);
        assertThat(story.waits(HOLD.minusSeconds(1)).notifications()).isEmpty();

        assertThat(story.waits(Duration.ofSeconds(1)).interruptions()).hasSize(1);
    }

    private static EngineScenario mutedLane() {
        EngineScenario story = new EngineScenario(WEDNESDAY);
        for (int pull = 1; pull <= 3; pull++) {
            story.finishes(Run.red("lane", pull)).after(SOON).artifactsShow("it", MUTED);
        }
        story.waits(HOLD);
        assertThat(story.notifications()).isEmpty();
        assertThat(story.incidents()).hasSize(1);
        return story;
    }

    private static KnownIssueMatch until(String day) {
        return new KnownIssueMatch("cache", "somebody", "https://example.org/1", LocalDate.parse(day), true);
    }
}
