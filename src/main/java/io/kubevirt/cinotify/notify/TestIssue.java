// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an issue about a flaky test shows; stored with its text, so that the next text is compared with it.
 *
 * @param test the whole name; untrusted
 * @param sig the owner; empty if unknown
 * @param flakes in the period that the text covers
 * @param lastSeen its newest failure; null if there is none in the period
 * @param lanes those that the text names
 * @param labels of a new issue
 */
public record TestIssue(
        State state,
        String test,
        String sig,
        boolean quarantined,
        long flakes,
        @Nullable Instant lastSeen,
        List<String> lanes,
        Set<String> labels) {
    /** Begins the id of each message and thread. */
    public static final String PREFIX = "flaky-test-";

    private static final Duration OUTDATED_AFTER = Duration.ofDays(7);
    private static final int HASH_BYTES = 8;

    public enum State {
        /** An issue that a person closed stays closed. */
        OPEN,
        /** The test is flaky again: the issue is opened, whoever closed it. */
        REOPENED,
        CLOSED
    }

    /** Copies the collections. */
    public TestIssue {
        lanes = List.copyOf(lanes);
        labels = Set.copyOf(labels);
    }

    /** The id of the thread, which is in the body of the issue: one for each name of a test. */
    public static String thread(String test) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(test.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether the difference is worth an edit: another owner, a number of flakes that differs by half, a lane that must not be named any more
     * or does not fail, a newest failure that is a week older than the real one.
     *
     * @param failing all lanes on which the test fails now
     */
    public boolean isOutdatedBy(TestIssue now, Set<String> failing) {
        return !sig.equals(now.sig)
                || quarantined != now.quarantined
                || 2 * Math.max(flakes, now.flakes) >= 3 * Math.min(flakes, now.flakes) && flakes != now.flakes
                || !failing.containsAll(lanes)
                || lastSeen != null && now.lastSeen != null && !now.lastSeen.isBefore(lastSeen.plus(OUTDATED_AFTER));
    }
}
