// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.roster.Availability;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.MemberOverride;
import io.kubevirt.cinotify.roster.MemberOverrides;
import io.kubevirt.cinotify.roster.MemberZone;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.RosterDocument;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.roster.WorkingHours;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A lane whose job becomes required while the notification waits. Erin works around the clock in Prague (UTC+2), with quiet
 * hours 22:00-07:00; the people of the other roster have no duty on a Saturday.
 */
class StartsToBlockTest {

    private static final Instant BEFORE_NIGHT = Instant.parse("2026-06-02T19:40:00Z");
    private static final Instant NIGHT = Instant.parse("2026-06-02T20:30:00Z");
    private static final Instant MORNING = Instant.parse("2026-06-03T05:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-07-18T09:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);

    @Test
    void whatWaitsForTheEndOfQuietHoursIsSentAtOnce() {
        EngineScenario scenario = broken(quietNights(NIGHT)).answering();
        assertThat(scenario.interruptions()).extracting(Notification::at).containsExactly(MORNING);

        scenario.restart().afterHours(1).required().finishes(post());
        Instant required = scenario.now();
        scenario.until(MORNING.plus(Duration.ofHours(8)));

        assertThat(scenario.withdrawn()).hasSize(1);
        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> {
            assertThat(notification.kind()).isEqualTo(NotificationKind.OPENED);
            assertThat(notification.at()).isEqualTo(required);
            assertThat(notification.incident().blocking()).isTrue();
        });
    }

    @Test
    void whileNobodyIsAtWorkTheChannelSeesItAtOnce() {
        EngineScenario scenario = broken(new EngineScenario(SATURDAY));

        scenario.afterHours(1).required().finishes(post());

        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> {
            assertThat(notification.firstSeenAt()).isEqualTo(scenario.now());
            assertThat(notification.at()).isAfter(scenario.now());
        });
    }

    @Test
    void whatDoesNotBlockKeepsWaitingHoweverOftenItFails() {
        EngineScenario scenario = broken(quietNights(NIGHT));

        scenario.afterHours(1).finishes(post()).artifactsShow("a test fails").until(MORNING.minusSeconds(1));

        assertThat(scenario.withdrawn()).isEmpty();
        assertThat(scenario.interruptions()).extracting(Notification::at).containsExactly(MORNING);
    }

    @Test
    void whatBlocksNoMoreKeepsItsTimeAndIsNotSentAgainWhenItBlocksAgain() {
        EngineScenario scenario = broken(new EngineScenario(SATURDAY).required());
        Instant due = scenario.interruptions().getFirst().at();

        scenario.afterHours(1).optional().finishes(post()).artifactsShow("a test fails");
        assertThat(scenario.incident().blocking()).isFalse();
        scenario.afterHours(1).required().finishes(post());
        assertThat(scenario.incident().blocking()).isTrue();

        assertThat(scenario.withdrawn()).isEmpty();
        assertThat(scenario.interruptions()).extracting(Notification::at).containsExactly(due);
    }

    @Test
    void aLaneOfAGroupThatWaitsIsSentByItself() {
        EngineScenario scenario = new EngineScenario(SATURDAY);
        for (int run = 0; run < 9; run++) {
            scenario.finishes(Run.red("pull-burst-" + run, 10 + run / 3));
        }
        scenario.afterHours(2).finishes(Run.red("pull-c", 40)).afterHours(1);
        for (int run = 0; run < 3; run++) {
            scenario.after(Duration.ofMinutes(20)).finishes(Run.red("pull-a", 50 + run));
            scenario.finishes(Run.red("pull-b", 60 + run));
        }
        scenario.waits(Duration.ofHours(2));
        Notification group = scenario.interruptions().getLast();
        assertThat(group.text()).contains("still failing", "pull-a", "pull-b");
        assertThat(group.firstSeenAt()).isAfter(scenario.now());

        String covered = group.incident().lanes().contains("pull-a") ? "pull-b" : "pull-a";
        scenario.required().finishes(Run.red(covered, 70));

        assertThat(scenario.withdrawn()).doesNotContain(group.id());
        assertThat(scenario.interruptions().getLast()).satisfies(notification -> {
            assertThat(notification.incident().lanes()).containsExactly(covered);
            assertThat(notification.firstSeenAt()).isEqualTo(scenario.now());
        });
    }

    @Test
    void quietHoursNoLongerDelayTheEscalation() {
        EngineScenario scenario = broken(quietNights(BEFORE_NIGHT));
        assertThat(scenario.interruptions()).extracting(Notification::at).containsExactly(BEFORE_NIGHT.plus(HOLD));

        scenario.afterHours(1).required().finishes(post()).until(MORNING);

        assertThat(scenario.interruptions())
                .extracting(Notification::kind)
                .containsExactly(NotificationKind.OPENED, NotificationKind.ESCALATED);
        assertThat(scenario.interruptions().getLast().decidedAt())
                .isEqualTo(BEFORE_NIGHT.plus(HOLD).plus(Duration.ofHours(4)));
    }

    private static Run post() {
        return Run.red("post", JobType.POSTSUBMIT);
    }

    private static EngineScenario broken(EngineScenario scenario) {
        return scenario.finishes(post()).waits(HOLD);
    }

    private static EngineScenario quietNights(Instant at) {
        Availability days = Availability.parse("Mon-Sun").orElseThrow();
        MemberZone prague = MemberZone.of(ZoneId.of("Europe/Prague"));
        RosterDocument table = new RosterDocument(
                "group.md",
                List.of("sig-support"),
                List.of(new RosterDocument.Row("Erin", "erin", days, prague, Map.of("sig-support", Level.PRIMARY), 7)));
        MemberOverride erin = new MemberOverride(
                "erin",
                null,
                null,
                null,
                WorkingHours.parse("00:00-24:00").orElseThrow(),
                WorkingHours.parse("22:00-07:00").orElseThrow(),
                null,
                List.of(),
                List.of(),
                Map.of());
        Roster roster = Roster.of(table, new MemberOverrides("ci-notify.yaml", WorkingHours.OFFICE, List.of(erin)));
        return new EngineScenario(
                at, new EngineConfig(Thresholds.DEFAULTS, roster, SigDirectory.empty(), "operations"));
    }
}
