// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Orders the runs of a lane by their end: the failure of a long run counts although a shorter run, started later, has
 * already passed. Runs with the same or an unknown end are ordered by build id, which increases with time
 * (prow-contract §6).
 */
public final class RunOrder {

    /** By end, then by start. */
    public static final Comparator<JobRun> BY_END = Comparator.<JobRun, Instant>comparing(
                    run -> Objects.requireNonNullElse(run.lastChange(), Instant.EPOCH))
            .thenComparing(RunOrder::position)
            .thenComparing(RunOrder::identity);

    /** Build ids are snowflakes: milliseconds since this epoch, then 22 bits (failure-history §8). */
    private static final long EPOCH = 1_288_834_974_657L;

    private static final int SEQUENCE_BITS = 22;
    private static final int MOST_DIGITS = 40;

    private RunOrder() {}

    /**
     * Identifies a run among those of its job: the build id; without one the name of its ProwJob; without both its
     * creation time.
     */
    public static String identity(JobRun run) {
        String build = run.buildId();
        if (build != null && !build.isEmpty()) {
            return build;
        }
        return run.prowJob() != null ? run.prowJob() : position(run).toString();
    }

    /** Whether two observations are of the same run, given that both are of one lane. */
    public static boolean same(JobRun one, JobRun other) {
        return identity(one).equals(identity(other));
    }

    private static BigInteger position(JobRun run) {
        String build = run.buildId();
        if (build != null
                && !build.isEmpty()
                && build.length() <= MOST_DIGITS
                && build.chars().allMatch(RunOrder::isDigit)) {
            return new BigInteger(build);
        }
        Instant started = Objects.requireNonNullElse(run.lastChange(), Instant.EPOCH);
        Instant created = Objects.requireNonNullElse(run.times().started(), started);
        return BigInteger.valueOf(created.toEpochMilli() - EPOCH).shiftLeft(SEQUENCE_BITS);
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
