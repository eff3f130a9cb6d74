// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where and how often a test failed in a period.
 *
 * @param failed runs in which it failed
 * @param flaky of those, runs whose lane also passed on the commit, or whose report also has a pass of the test
 * @param runs finished runs of the lanes on which it failed; 0 if they are not counted
 * @param lanes those on which it failed, the most failures first
 * @param pulls number of pull requests on which it failed
 * @param firstSeen first failure that is stored, also before the period
 * @param url of the newest failed run, or of the test; null if unknown
 */
public record TestStats(
        KnownTest test,
        long failed,
        long flaky,
        long runs,
        List<LaneFailures> lanes,
        int pulls,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable String url) {
    private static final double PERCENT = 100;

    /** Copies the lanes. */
    public TestStats {
        lanes = List.copyOf(lanes);
    }

    /**
     * @param id in the store; 0 in a replay
     * @param name the same on every branch; untrusted
     * @param sig of its tag, or else of its newest failure
     * @param quarantined whether its newest failure was marked so
     */
    public record KnownTest(long id, String name, String sig, boolean quarantined) {
        /** The SIG; empty if none, or more than one, owns the test. */
        public String owner() {
            return sig.equals(Diagnosis.NO_SIG) || sig.equals(Diagnosis.SEVERAL_SIGS) ? "" : sig;
        }
    }

    /** The failures of a test on a lane. */
    public record LaneFailures(String lane, long failed, long flaky) {}

    /**
     * Failures of a test on a lane and a pull request.
     *
     * @param pull null for none
     * @param failed in the period; 0 if it failed only before
     */
    public record PullFailures(
            String lane, @Nullable Integer pull, long failed, long flaky, Instant first, Instant last) {
        private static final Comparator<LaneFailures> MOST =
                Comparator.comparing(LaneFailures::failed).reversed().thenComparing(LaneFailures::lane);

        private static List<LaneFailures> lanes(Map<String, List<PullFailures>> byLane) {
            return byLane.entrySet().stream()
                    .map(lane -> new LaneFailures(
                            lane.getKey(),
                            lane.getValue().stream()
                                    .mapToLong(PullFailures::failed)
                                    .sum(),
                            lane.getValue().stream()
                                    .mapToLong(PullFailures::flaky)
                                    .sum()))
                    .sorted(MOST)
                    .toList();
        }

        /** A lane begins with its repository. */
        private static int pulls(Map<String, List<PullFailures>> byLane) {
            return byLane.entrySet().stream()
                    .collect(Collectors.groupingBy(
                            lane -> lane.getKey()
                                    .substring(0, Math.max(0, lane.getKey().indexOf(' '))),
                            Collectors.flatMapping(
                                    lane -> lane.getValue().stream()
                                            .map(PullFailures::pull)
                                            .filter(Objects::nonNull),
                                    Collectors.toSet())))
                    .values()
                    .stream()
                    .mapToInt(Set::size)
                    .sum();
        }
    }

    /**
     * @param failures at least one
     * @param finished runs of each lane in the period
     */
    public static TestStats of(KnownTest test, List<PullFailures> failures, Map<String, Long> finished) {
        Map<String, List<PullFailures>> byLane =
                failures.stream().filter(each -> each.failed() > 0).collect(Collectors.groupingBy(PullFailures::lane));
        List<LaneFailures> lanes = PullFailures.lanes(byLane);
        return new TestStats(
                test,
                lanes.stream().mapToLong(LaneFailures::failed).sum(),
                lanes.stream().mapToLong(LaneFailures::flaky).sum(),
                lanes.stream()
                        .mapToLong(lane -> finished.getOrDefault(lane.lane(), 0L))
                        .sum(),
                lanes,
                PullFailures.pulls(byLane),
                failures.stream()
                        .map(PullFailures::first)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                failures.stream()
                        .map(PullFailures::last)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                null);
    }

    public TestStats withRuns(Instant first, @Nullable String newest) {
        return new TestStats(test, failed, flaky, runs, lanes, pulls, first, lastSeen, newest);
    }

    /** Failed of finished runs of its lanes, in percent; null if those are not counted. */
    public @Nullable Double failureShare() {
        return runs < failed ? null : PERCENT * failed / runs;
    }

    /** Flaky ones of its failures, in percent. */
    public double flakeShare() {
        return failed == 0 ? 0 : PERCENT * flaky / failed;
    }
}
