// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * The order in which runs of a lane spoke. A run speaks when it ends: a long one that failed is news although a short one
 * that was started later has passed. Runs that ended together, or at times unknown, are ordered by their build ids, which
 * grow (prow-contract §6).
 */
public final class RunOrder {

    /** By end, then by start. */
    public static final Comparator<JobRun> BY_END = Comparator.<JobRun, Instant>comparing(
                    run -> Objects.requireNonNullElse(run.lastChange(), Instant.EPOCH))
            .thenComparing(RunOrder::position)
            .thenComparing(RunOrder::identity);

    /** Build ids are snowflakes: milliseconds since this instant, then 22 bits (failure-history §8). */
    private static final long EPOCH = 1_288_834_974_657L;

    private static final int SEQUENCE_BITS = 22;
    private static final int MOST_DIGITS = 40;

    private RunOrder() {}

    /**
     * What tells a run from the others of its job: its build id; for a run without one the name of its ProwJob, or where no
     * door has told that the instant of its creation.
     */
    public static String identity(JobRun run) {
        String build = run.buildId();
        if (build != null && !build.isEmpty()) {
            return build;
        }
        return run.prowJob() != null ? run.prowJob() : position(run).toString();
    }

    /** Whether two are the same run of one lane, in whatever words each is remembered. */
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
