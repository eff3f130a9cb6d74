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
 * Who is notified, when, and what follows. In the roster, dhiller is primary of sig-support and works Mon-Fri
 * 07:00-15:00 UTC; the secondaries start at 06:00 (Sun-Thu) and 07:00.
 */
class IncidentNotifierTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T09:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-07-18T09:00:00Z");
    private static final Instant MONDAY_NINE = Instant.parse("2026-07-20T07:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);

    @Test
    void aMemberAtWorkIsNotifiedAtOnce() {
        EngineScenario scenario = broken(WEDNESDAY);

        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> {
            assertThat(person(notification)).isEqualTo("dhiller");
            assertThat(notification.at()).isEqualTo(WEDNESDAY.plus(HOLD));
        });
    }

    @Test
    void onAWeekendTheNotificationWaitsForTheNextWorkingMinute() {
        EngineScenario scenario = broken(SATURDAY);

        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> assertThat(notification.at())
                .isEqualTo(MONDAY_NINE));
    }

    @Test
    void anIncidentThatClosesBeforeItsDeferredNotificationIsNeverNotified() {
        EngineScenario scenario = broken(SATURDAY)
                .afterHours(3)
                .finishes(Run.red("post", JobType.POSTSUBMIT).state(JobState.SUCCESS));

        assertThat(scenario.withdrawn()).hasSize(1);
        assertThat(scenario.waits(Duration.ofDays(5)).notifications()).isEmpty();
    }

    @Test
    void aBlockingIncidentGoesToTheChannelAtOnceAndToThePersonAtWork() {
        EngineScenario scenario = broken(new EngineScenario(SATURDAY).required());

        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> {
            assertThat(notification.firstSeenAt()).isEqualTo(SATURDAY.plus(HOLD));
            assertThat(notification.at()).isAfter(notification.firstSeenAt());
            assertThat(notification.to()).isNotNull();
            assertThat(notification.to().reasons())
                    .anySatisfy(reason -> assertThat(reason).contains("nobody is at work"));
        });
    }

    @Test
    void anIncidentWithoutAcknowledgementEscalatesThroughTheLevelsToTheChannel() {
        EngineScenario scenario = broken(WEDNESDAY).waits(Duration.ofDays(7));

        assertThat(scenario.interruptions())
                .extracting(Notification::kind)
                .containsExactly(
                        NotificationKind.OPENED,
                        NotificationKind.ESCALATED,
                        NotificationKind.ESCALATED,
                        NotificationKind.ESCALATED);
        assertThat(scenario.interruptions().getFirst().at()).isEqualTo(Instant.parse("2026-07-15T09:10:00Z"));
        assertThat(scenario.interruptions().get(1).at()).isEqualTo(Instant.parse("2026-07-15T13:10:00Z"));
        assertThat(levels(scenario)).doesNotHaveDuplicates();
        assertThat(person(scenario.interruptions().getLast())).isNull();
        assertThat(scenario.interruptions().getLast().text()).contains("no further level");
    }

    @Test
    void onlyWorkingTimeOfTheNotifiedMemberCountsForEscalation() {
        Instant late = Instant.parse("2026-07-15T14:00:00Z");

        EngineScenario scenario = broken(late).waits(Duration.ofDays(1));

        assertThat(scenario.interruptions().get(1).decidedAt()).isEqualTo(Instant.parse("2026-07-16T10:10:00Z"));
    }

    @Test
    void anAcknowledgementStopsTheEscalation() {
        EngineScenario scenario = broken(WEDNESDAY);
        scenario.perform(new IncidentAction.Acknowledge(scenario.incident().id(), "dhiller"))
                .waits(Duration.ofDays(6));

        assertThat(scenario.interruptions()).hasSize(1);
        assertThat(scenario.incident().acknowledgedBy()).isEqualTo("dhiller");
    }

    @Test
    void aNotifiedMemberSeesWhoAcknowledged() {
        EngineScenario scenario = broken(WEDNESDAY);
        scenario.perform(new IncidentAction.Acknowledge(scenario.incident().id(), "dhiller"));

        assertThat(scenario.notifications()).hasSize(2).last().satisfies(notification -> {
            assertThat(notification.kind()).isEqualTo(NotificationKind.CHANGED);
            assertThat(notification.incident().acknowledgedBy()).isEqualTo("dhiller");
        });
    }

    /** Slack repeats a press whose answer was lost. */
    @Test
    void aRepeatedAcknowledgementChangesNothing() {
        EngineScenario scenario = broken(WEDNESDAY);
        IncidentAction acknowledge =
                new IncidentAction.Acknowledge(scenario.incident().id(), "dhiller");

        scenario.perform(acknowledge).perform(acknowledge);

        assertThat(scenario.notifications()).hasSize(2);
        assertThat(scenario.decisions())
                .filteredOn(Decision.Reject.class::isInstance)
                .singleElement()
                .satisfies(rejection ->
                        assertThat(rejection.reasons()).containsExactly("dhiller has acknowledged it already"));
    }

    @Test
    void aNotifiedMemberSeesTheArtifactsAndOnlyOnce() {
        EngineScenario scenario = broken(WEDNESDAY).artifactsShow("it").artifactsShow("it");

        assertThat(scenario.interruptions()).hasSize(1);
        assertThat(scenario.notifications()).hasSize(2).last().satisfies(notification -> {
            assertThat(notification.kind()).isEqualTo(NotificationKind.CHANGED);
            assertThat(notification.incident().diagnosis().symptoms()).isNotNull();
        });
    }

    @Test
    void theArtifactsAreShownAfterTheNotificationDeferredToMonday() {
        EngineScenario scenario = broken(SATURDAY).artifactsShow("it");
        assertThat(scenario.notifications()).hasSize(1);

        assertThat(scenario.waits(Duration.ofDays(2)).notifications())
                .extracting(Notification::kind)
                .startsWith(NotificationKind.OPENED, NotificationKind.CHANGED);
    }

    @Test
    void anAcknowledgementBeforeMondayWithdrawsTheNotification() {
        EngineScenario scenario = broken(SATURDAY);
        scenario.perform(new IncidentAction.Acknowledge(scenario.incident().id(), "somebody"));

        assertThat(scenario.waits(Duration.ofDays(3)).interruptions()).isEmpty();
    }

    @Test
    void aSnoozeSuppressesNotificationsUntilItsEndAndThenReminds() {
        EngineScenario scenario = broken(WEDNESDAY);
        Instant later = WEDNESDAY.plus(Duration.ofDays(1));
        scenario.perform(new IncidentAction.Snooze(scenario.incident().id(), "dhiller", later));

        assertThat(scenario.waits(Duration.ofHours(20)).interruptions()).hasSize(1);
        assertThat(scenario.waits(Duration.ofHours(4)).interruptions().getLast())
                .satisfies(notification -> {
                    assertThat(notification.kind()).isEqualTo(NotificationKind.REMINDED);
                    assertThat(notification.at()).isEqualTo(later);
                });
    }

    @Test
    void aSnoozeEndsWithItsIncident() {
        EngineScenario scenario = broken(WEDNESDAY);
        scenario.perform(new IncidentAction.Snooze(
                        scenario.incident().id(), "dhiller", WEDNESDAY.plus(Duration.ofDays(1))))
                .afterHours(1)
                .finishes(Run.red("post", JobType.POSTSUBMIT).state(JobState.SUCCESS))
                .waits(Duration.ofDays(2));

        assertThat(scenario.interruptions()).hasSize(1);
    }

    @Test
    void anIncidentCanBeReassignedToAMemberOrAnArea() {
        EngineScenario scenario = broken(WEDNESDAY);
        String id = scenario.incident().id();

        scenario.perform(new IncidentAction.Reassign(id, "dhiller", "xpivarc", null));
        assertThat(person(scenario.interruptions().getLast())).isEqualTo("xpivarc");
        assertThat(scenario.interruptions().getLast().text()).endsWith(": dhiller reassigned it to xpivarc");
        scenario.perform(new IncidentAction.Reassign(id, "xpivarc", null, "bare-metal"));
        assertThat(scenario.interruptions().getLast().incident().diagnosis().area())
                .isEqualTo("bare-metal");
    }

    @Test
    void aPersonMayResolveAnIncident() {
        EngineScenario scenario = broken(WEDNESDAY);
        scenario.perform(new IncidentAction.Resolve(scenario.incident().id(), "dhiller"));

        assertThat(scenario.incident().closedAt()).isEqualTo(scenario.now());
        assertThat(scenario.waits(Duration.ofDays(3)).interruptions()).hasSize(1);
    }

    @Test
    void anImpossibleActionIsRejectedWithAReason() {
        EngineScenario scenario = broken(WEDNESDAY);
        String id = scenario.incident().id();
        scenario.perform(new IncidentAction.Acknowledge("unknown", "dhiller"))
                .perform(new IncidentAction.Snooze(id, "dhiller", WEDNESDAY.minusSeconds(1)))
                .perform(new IncidentAction.Reassign(id, "dhiller", "nobody-we-know", null))
                .perform(new IncidentAction.Reassign(id, "dhiller", null, "no-such-area"));

        assertThat(scenario.decisions())
                .filteredOn(Decision.Reject.class::isInstance)
                .hasSize(4)
                .allSatisfy(rejection -> assertThat(rejection.reasons()).isNotEmpty());
    }

    @Test
    void everyDecisionHasReasons() {
        EngineScenario scenario = broken(SATURDAY).waits(Duration.ofDays(10));

        assertThat(scenario.decisions())
                .allSatisfy(decision -> assertThat(decision.reasons()).isNotEmpty());
        assertThat(scenario.decisions()).anySatisfy(decision -> assertThat(decision.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("deferred for dhiller until 2026-07-20T07:00:00Z")));
    }

    private static EngineScenario broken(Instant at) {
        return broken(new EngineScenario(at));
    }

    private static EngineScenario broken(EngineScenario scenario) {
        return scenario.finishes(Run.red("post", JobType.POSTSUBMIT)).waits(HOLD);
    }

    private static @Nullable String person(Notification notification) {
        return notification.to() == null ? null : notification.to().handle();
    }

    private static List<Object> levels(EngineScenario scenario) {
        return scenario.interruptions().stream()
                .map(notification -> (Object) notification.to().level())
                .filter(java.util.Objects::nonNull)
                .toList();
    }
}
