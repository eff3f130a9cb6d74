// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Who is told when, and what follows. In the group's table dhiller is primary of sig-support and works Mon-Fri 07:00-15:00
 * UTC, the secondaries begin at 06:00 (Sun-Thu) and 07:00.
 */
class IncidentNotifierTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T09:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-07-18T09:00:00Z");
    private static final Instant MONDAY_NINE = Instant.parse("2026-07-20T07:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);

    @Test
    void aMemberAtWorkIsNotifiedAtOnce() {
        EngineScenario story = broken(WEDNESDAY);

        assertThat(story.interruptions()).singleElement().satisfies(message -> {
            assertThat(person(message)).isEqualTo("dhiller");
            assertThat(message.at()).isEqualTo(WEDNESDAY.plus(HOLD));
        });
    }

    @Test
    void onAWeekendTheNotificationWaitsForTheNextWorkingMinute() {
        EngineScenario story = broken(SATURDAY);

        assertThat(story.interruptions()).singleElement().satisfies(message -> assertThat(message.at())
                .isEqualTo(MONDAY_NINE));
    }

    @Test
    void anIncidentThatHealsBeforeThatIsNeverNotified() {
        EngineScenario story = broken(SATURDAY)
                .afterHours(3)
                .finishes(Run.red("post", JobType.POSTSUBMIT).state(JobState.SUCCESS));

        assertThat(story.withdrawn()).hasSize(1);
        assertThat(story.waits(Duration.ofDays(5)).notifications()).isEmpty();
    }

    @Test
    void aBlockingIncidentGoesToTheChannelAtOnceAndToThePersonAtWork() {
        EngineScenario story = broken(new EngineScenario(SATURDAY).required());

        assertThat(story.interruptions()).singleElement().satisfies(message -> {
            assertThat(message.firstSeenAt()).isEqualTo(SATURDAY.plus(HOLD));
            assertThat(message.at()).isAfter(message.firstSeenAt());
            assertThat(message.to()).isNotNull();
            assertThat(message.to().reasons())
                    .anySatisfy(reason -> assertThat(reason).contains("nobody is at work"));
        });
    }

    @Test
    void silenceForFourWorkingHoursGoesToTheNextLevelAndInTheEndToTheChannel() {
        EngineScenario story = broken(WEDNESDAY).waits(Duration.ofDays(7));

        assertThat(story.interruptions())
                .extracting(Notification::kind)
                .containsExactly(
                        NotificationKind.OPENED,
                        NotificationKind.ESCALATED,
                        NotificationKind.ESCALATED,
                        NotificationKind.ESCALATED);
        assertThat(story.interruptions().getFirst().at()).isEqualTo(Instant.parse("2026-07-15T09:10:00Z"));
        assertThat(story.interruptions().get(1).at()).isEqualTo(Instant.parse("2026-07-15T13:10:00Z"));
        assertThat(levels(story)).doesNotHaveDuplicates();
        assertThat(person(story.interruptions().getLast())).isNull();
        assertThat(story.interruptions().getLast().text()).contains("nobody is left to ask");
    }

    @Test
    void workingTimeOfTheNotifiedMemberCountsNotTheNight() {
        Instant late = Instant.parse("2026-07-15T14:00:00Z");

        EngineScenario story = broken(late).waits(Duration.ofDays(1));

        assertThat(story.interruptions().get(1).decidedAt()).isEqualTo(Instant.parse("2026-07-16T10:10:00Z"));
    }

    @Test
    void anAcknowledgementStopsTheEscalation() {
        EngineScenario story = broken(WEDNESDAY);
        story.perform(new IncidentAction.Acknowledge(story.incident().id(), "dhiller"))
                .waits(Duration.ofDays(6));

        assertThat(story.interruptions()).hasSize(1);
        assertThat(story.incident().acknowledgedBy()).isEqualTo("dhiller");
    }

    @Test
    void aNotifiedMemberSeesWhoAcknowledged() {
        EngineScenario story = broken(WEDNESDAY);
        story.perform(new IncidentAction.Acknowledge(story.incident().id(), "dhiller"));

        assertThat(story.notifications()).hasSize(2).last().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(NotificationKind.CHANGED);
            assertThat(message.incident().acknowledgedBy()).isEqualTo("dhiller");
        });
    }

    @Test
    void aNotifiedMemberSeesTheArtifactsAndOnlyOnce() {
        EngineScenario story = broken(WEDNESDAY).artifactsShow("it").artifactsShow("it");

        assertThat(story.interruptions()).hasSize(1);
        assertThat(story.notifications()).hasSize(2).last().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(NotificationKind.CHANGED);
            assertThat(message.incident().diagnosis().symptoms()).isNotNull();
        });
    }

    @Test
    void theArtifactsAreShownAfterTheNotificationDeferredToMonday() {
        EngineScenario story = broken(SATURDAY).artifactsShow("it");
        assertThat(story.notifications()).hasSize(1);

        assertThat(story.waits(Duration.ofDays(2)).notifications())
                .extracting(Notification::kind)
                .startsWith(NotificationKind.OPENED, NotificationKind.CHANGED);
    }

    @Test
    void anAcknowledgementBeforeMondayWithdrawsTheNotification() {
        EngineScenario story = broken(SATURDAY);
        story.perform(new IncidentAction.Acknowledge(story.incident().id(), "somebody"));

        assertThat(story.waits(Duration.ofDays(3)).interruptions()).isEmpty();
    }

    @Test
    void aSnoozeIsSilentUntilItsEndAndThenReminds() {
        EngineScenario story = broken(WEDNESDAY);
        Instant later = WEDNESDAY.plus(Duration.ofDays(1));
        story.perform(new IncidentAction.Snooze(story.incident().id(), "dhiller", later));

        assertThat(story.waits(Duration.ofHours(20)).interruptions()).hasSize(1);
        assertThat(story.waits(Duration.ofHours(4)).interruptions().getLast()).satisfies(message -> {
            assertThat(message.kind()).isEqualTo(NotificationKind.REMINDED);
            assertThat(message.at()).isEqualTo(later);
        });
    }

    @Test
    void aSnoozeOfWhatHealsIsForgotten() {
        EngineScenario story = broken(WEDNESDAY);
        story.perform(new IncidentAction.Snooze(story.incident().id(), "dhiller", WEDNESDAY.plus(Duration.ofDays(1))))
                .afterHours(1)
                .finishes(Run.red("post", JobType.POSTSUBMIT).state(JobState.SUCCESS))
                .waits(Duration.ofDays(2));

        assertThat(story.interruptions()).hasSize(1);
    }

    @Test
    void anIncidentCanBeReassignedToAMemberOrAnArea() {
        EngineScenario story = broken(WEDNESDAY);
        String id = story.incident().id();

        story.perform(new IncidentAction.Reassign(id, "dhiller", "xpivarc", null));
        assertThat(person(story.interruptions().getLast())).isEqualTo("xpivarc");
        assertThat(story.interruptions().getLast().text()).endsWith(": dhiller gave it to xpivarc");
        story.perform(new IncidentAction.Reassign(id, "xpivarc", null, "bare-metal"));
        assertThat(story.interruptions().getLast().incident().diagnosis().area())
                .isEqualTo("bare-metal");
    }

    @Test
    void aPersonMayResolveAnIncident() {
        EngineScenario story = broken(WEDNESDAY);
        story.perform(new IncidentAction.Resolve(story.incident().id(), "dhiller"));

        assertThat(story.incident().closedAt()).isEqualTo(story.now());
        assertThat(story.waits(Duration.ofDays(3)).interruptions()).hasSize(1);
    }

    @Test
    void anImpossibleActionIsRejectedWithAReason() {
        EngineScenario story = broken(WEDNESDAY);
        String id = story.incident().id();
        story.perform(new IncidentAction.Acknowledge("unknown", "dhiller"))
                .perform(new IncidentAction.Snooze(id, "dhiller", WEDNESDAY.minusSeconds(1)))
                .perform(new IncidentAction.Reassign(id, "dhiller", "nobody-we-know", null))
                .perform(new IncidentAction.Reassign(id, "dhiller", null, "no-such-area"));

        assertThat(story.decisions())
                .filteredOn(Decision.Reject.class::isInstance)
                .hasSize(4)
                .allSatisfy(refusal -> assertThat(refusal.reasons()).isNotEmpty());
    }

    @Test
    void everyDecisionHasReasons() {
        EngineScenario story = broken(SATURDAY).waits(Duration.ofDays(10));

        assertThat(story.decisions())
                .allSatisfy(ruling -> assertThat(ruling.reasons()).isNotEmpty());
        assertThat(story.decisions()).anySatisfy(ruling -> assertThat(ruling.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("waits for dhiller until 2026-07-20T07:00:00Z")));
    }

    private static EngineScenario broken(Instant at) {
        return broken(new EngineScenario(at));
    }

    private static EngineScenario broken(EngineScenario story) {
        return story.finishes(Run.red("post", JobType.POSTSUBMIT)).waits(HOLD);
    }

    private static @Nullable String person(Notification message) {
        return message.to() == null ? null : message.to().handle();
    }

    private static List<Object> levels(EngineScenario story) {
        return story.interruptions().stream()
                .map(message -> (Object) message.to().level())
                .filter(java.util.Objects::nonNull)
                .toList();
    }
}
