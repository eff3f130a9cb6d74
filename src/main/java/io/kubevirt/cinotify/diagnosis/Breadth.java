// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many other runs failed at about the same time: lanes of the same pull request, this one included, and other pull
 * requests.
 */
public record Breadth(int lanes, int pulls, int samePulls, int sameLanes) {

    /** Counts the failures before and after a run. */
    public static Breadth around(FailureRecord failure, Collection<FailureRecord> seen, BreadthConfig rules) {
        List<FailureRecord> near = seen.stream()
                .filter(other -> !other.run().equals(failure.run()))
                .filter(other -> apart(failure, other).compareTo(rules.near()) <= 0)
                .toList();
        List<FailureRecord> mine = near.stream()
                .filter(other -> other.isSamePull(failure))
                .filter(other -> apart(failure, other).compareTo(rules.batch()) <= 0)
                .toList();
        List<FailureRecord> others = near.stream()
                .filter(other -> other.pull() != null && !other.isSamePull(failure))
                .toList();
        return new Breadth(
                lanes(mine.stream(), failure),
                pulls(others.stream()),
                pulls(others.stream().filter(failure::isSameFailure)),
                lanes(mine.stream().filter(failure::isSameFailure), failure));
    }

    private static Duration apart(FailureRecord one, FailureRecord other) {
        return Duration.between(one.at(), other.at()).abs();
    }

    private static int lanes(Stream<FailureRecord> failures, FailureRecord own) {
        return (int) Stream.concat(failures, Stream.of(own))
                .map(FailureRecord::job)
                .distinct()
                .count();
    }

    private static int pulls(Stream<FailureRecord> failures) {
        return (int) failures.map(other -> other.repository() + "#" + other.pull())
                .distinct()
                .count();
    }
}
