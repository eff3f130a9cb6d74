// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.digest;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.digest.CiDigest;
import io.kubevirt.cinotify.digest.DigestData;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.IncidentHistory;
import io.kubevirt.cinotify.digest.LaneStatsCollector;
import io.kubevirt.cinotify.digest.LaneStatsCollector.LaneStats;
import io.kubevirt.cinotify.digest.TestStats;
import io.kubevirt.cinotify.engine.KnownIssueList;
import io.kubevirt.cinotify.engine.TestRanking;
import io.kubevirt.cinotify.engine.VisibilityResolver;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.VisibilityPolicy;
import io.kubevirt.cinotify.prow.Lane;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.roster.RosterCheck;
import io.kubevirt.cinotify.roster.RosterProblem;
import io.kubevirt.cinotify.store.DigestQuery.DigestIncident;
import io.kubevirt.cinotify.store.TestFilter;
import io.kubevirt.cinotify.store.Transaction;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

public final class DigestDataLoader {
    private static final Set<RosterProblem.Kind> GAPS = Set.of(
            RosterProblem.Kind.NO_MEMBER,
            RosterProblem.Kind.GAP,
            RosterProblem.Kind.AWAY,
            RosterProblem.Kind.NEVER_AVAILABLE);

    private DigestDataLoader() {}

    /**
     * What an audience may see, and the number of incidents that it may not.
     *
     * @param sig whose tests are wanted; null for none
     */
    public static DigestData load(
            Transaction transaction, Config config, DigestPeriod period, Audience audience, @Nullable String sig) {
        VisibilityResolver visibility = new VisibilityResolver(config, transaction);
        VisibilityPolicy.Selection<DigestIncident> incidents = VisibilityPolicy.select(
                audience,
                transaction.digests().incidents(period.from(), period.until()).stream()
                        .filter(seen -> !isBump(seen.incident()))
                        .toList(),
                seen -> transaction.visibility().scope(seen.incident().id()));
        Predicate<Repository> repositories =
                repository -> VisibilityPolicy.mayShow(audience, visibility.scopeOf(repository));
        Predicate<Lane> lanes = remembering(lane -> VisibilityPolicy.mayShow(audience, visibility.ofJob(lane)));
        List<LaneStats> ofLanes = lanes(transaction, config, period, lanes);
        return new DigestData(
                period,
                incidents.shown().stream()
                        .map(seen -> new IncidentHistory(seen.incident(), seen.notifiedAt(), seen.acknowledgedAt()))
                        .toList(),
                transaction.digests().interruptions(period.from(), period.until()).stream()
                        .filter(call -> VisibilityPolicy.mayShow(
                                audience, transaction.visibility().scope(call.incident())))
                        .flatMap(call -> call.people().stream()
                                .map(person -> new DigestData.Notification(call.at(), person, call.incident())))
                        .toList(),
                ofLanes,
                sig == null ? List.of() : tests(new TestRanking(transaction, audience), config, period, sig, ofLanes),
                transaction.bumps().current(period.from()).stream()
                        .filter(pull ->
                                !pull.className().isEmpty() && !pull.openedAt().isAfter(period.until()))
                        .filter(pull -> repositories.test(pull.repository()))
                        .toList(),
                KnownIssueList.load(config, transaction, repositories).issues(),
                transaction.evidence().knownIssues(period.from(), period.until(), lanes),
                rosterGaps(config, period.until(), config.digests().zone()),
                incidents.note().stream().toList());
    }

    private static List<TestStats> tests(
            TestRanking ranking, Config config, DigestPeriod period, String sig, List<LaneStats> lanes) {
        return ranking
                .find(
                        TestFilter.of(TestFilter.Order.FAILED, sig),
                        period,
                        LaneStats.finished(lanes),
                        CiDigest.MOST_TESTS)
                .stream()
                .map(test -> test.withRuns(
                        test.firstSeen(), config.links().test(test.test().id()).orElse(test.url())))
                .toList();
    }

    /** A period has many runs of a lane. */
    private static Predicate<Lane> remembering(Predicate<Lane> condition) {
        Map<Lane, Boolean> known = new HashMap<>();
        return lane -> known.computeIfAbsent(lane, condition::test);
    }

    /**
     * Open pull requests are in the section of bumps, not among the incidents. Problems after the merge, and missing bumps,
     * have no conversation and stay incidents.
     */
    private static boolean isBump(IncidentView incident) {
        return incident.kind() == IncidentKind.BUMP && incident.conversation() != null;
    }

    private static List<LaneStats> lanes(
            Transaction transaction, Config config, DigestPeriod period, Predicate<Lane> shown) {
        LaneStatsCollector lanes = new LaneStatsCollector();
        transaction.endedRuns().forEach(period.from(), period.until().minusMillis(1), ended -> {
            if (!config.diagnoser().isPluginRun(ended.run())
                    && shown.test(ended.run().lane())) {
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
