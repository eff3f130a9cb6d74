// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.digest;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.digest.DigestData;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.IncidentHistory;
import io.kubevirt.cinotify.digest.LaneStatsCollector;
import io.kubevirt.cinotify.digest.LaneStatsCollector.LaneStats;
import io.kubevirt.cinotify.engine.KnownIssueList;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.roster.RosterCheck;
import io.kubevirt.cinotify.roster.RosterProblem;
import io.kubevirt.cinotify.store.Transaction;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;

public final class DigestDataLoader {
    private static final Set<RosterProblem.Kind> GAPS = Set.of(
            RosterProblem.Kind.NO_MEMBER,
            RosterProblem.Kind.GAP,
            RosterProblem.Kind.AWAY,
            RosterProblem.Kind.NEVER_AVAILABLE);

    private DigestDataLoader() {}

    public static DigestData load(Transaction transaction, Config config, DigestPeriod period) {
        return new DigestData(
                period,
                transaction.digests().incidents(period.from(), period.until()).stream()
                        .filter(seen -> !isBump(seen.incident()))
                        .map(seen -> new IncidentHistory(seen.incident(), seen.notifiedAt(), seen.acknowledgedAt()))
                        .toList(),
                transaction.digests().interruptions(period.from(), period.until()).stream()
                        .flatMap(call -> call.people().stream()
                                .map(person -> new DigestData.Notification(call.at(), person, call.incident())))
                        .toList(),
                lanes(transaction, config, period),
                transaction.bumps().current(period.from()).stream()
                        .filter(pull ->
                                !pull.className().isEmpty() && !pull.openedAt().isAfter(period.until()))
                        .toList(),
                KnownIssueList.load(config, transaction).issues(),
                transaction.evidence().knownIssues(period.from(), period.until()),
                rosterGaps(config, period.until(), config.digests().zone()),
                List.of());
    }

    /**
     * Open pull requests are in the section of bumps, not among the incidents. Problems after the merge, and missing bumps,
     * have no conversation and stay incidents.
     */
    private static boolean isBump(IncidentView incident) {
        return incident.kind() == IncidentKind.BUMP && incident.conversation() != null;
    }

    private static List<LaneStats> lanes(Transaction transaction, Config config, DigestPeriod period) {
        LaneStatsCollector lanes = new LaneStatsCollector();
        transaction.endedRuns().forEach(period.from(), period.until().minusMillis(1), ended -> {
            if (!config.diagnoser().isPluginRun(ended.run())) {
                lanes.add(
                        ended.run(),
                        ended.run().state().isRed()
                                ? config.diagnoser().diagnose(ended.run()).sig()
                                : null);
            }
        });
        return lanes.stats();
    }

    /** Times of the coming week at which nobody is on duty; on a Monday, of the week that begins. */
    public static List<RosterProblem> rosterGaps(Config config, Instant now, ZoneId zone) {
        Instant week = now.atZone(zone)
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY))
                .toInstant();
        return new RosterCheck(config.roster(), config.memberOverrides(), config.sigs(), config.aliases(), List.of())
                .problems(week).stream()
                        .filter(finding -> GAPS.contains(finding.kind()))
                        .toList();
    }
}
