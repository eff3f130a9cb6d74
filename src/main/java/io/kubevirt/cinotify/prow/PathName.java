// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.stream.Stream;

/**
 * Validates the parts of a run URL: repositories, jobs, buckets. GitHub and Prow allow only letters, digits and {@code
 * . _ -} in them, so a name that needs escaping is invalid (prow-contract §6, {@code spec.job}).
 */
final class PathName {
    private static final int MAX_LENGTH = 255;

    /** Longer than any job name in practice; bounds the size of messages. */
    private static final int MAX_JOB_LENGTH = 1_000;

    private static final int MAX_BUILD_DIGITS = 20;
    private static final int MAX_PULL_DIGITS = 9;

    private PathName() {}

    static boolean isValid(String name) {
        return name.length() <= MAX_LENGTH && isPlain(name);
    }

    /** Whether it may be the name of a job: those of Jenkins may be in folders (prow-addresses §1). */
    static boolean isJob(String name) {
        return name.length() <= MAX_JOB_LENGTH && Stream.of(name.split("/", -1)).allMatch(PathName::isPlain);
    }

    /** As {@link #isValid}, without the length limit: for names that are not part of a path. */
    static boolean isPlain(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().allMatch(PathName::isAllowed);
    }

    /** Whether it is one part of a path, after decoding: any text that leads to no other directory. */
    static boolean isSegment(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    /** A build id is an unsigned 64-bit number. */
    static boolean isBuild(String name) {
        return name.length() <= MAX_BUILD_DIGITS && isDigits(name);
    }

    /** A pull request number; never zero. */
    static boolean isPull(String name) {
        return name.length() <= MAX_PULL_DIGITS && isDigits(name) && name.charAt(0) != '0';
    }

    private static boolean isDigits(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }
}
