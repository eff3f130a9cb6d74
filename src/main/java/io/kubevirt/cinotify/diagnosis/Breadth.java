// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many others failed beside a run: many lanes of one pull request, many pull requests.
 *
 * @param lanes of its pull request in its batch, it included
 * @param pulls other pull requests near it
 * @param samePulls other pull requests with the same failure in that time
 * @param sameLanes lanes of its own pull request with the same failure, it included
 */
public record Breadth(int lanes, int pulls, int samePulls, int sameLanes) {

    /** What failed around a run, before it and after. */
    public static Breadth around(FailureRecord failure, Collection<FailureRecord> seen, BreadthRules rules) {
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
