/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
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
    public static Breadth around(SeenFailure failure, Collection<SeenFailure> seen, BreadthRules rules) {
        List<SeenFailure> near = seen.stream()
                .filter(other -> !other.run().equals(failure.run()))
                .filter(other -> apart(failure, other).compareTo(rules.near()) <= 0)
                .toList();
        List<SeenFailure> mine = near.stream()
                .filter(other -> other.isSamePull(failure))
                .filter(other -> apart(failure, other).compareTo(rules.batch()) <= 0)
                .toList();
        List<SeenFailure> others = near.stream()
                .filter(other -> other.pull() != null && !other.isSamePull(failure))
                .toList();
        return new Breadth(
                lanes(mine.stream(), failure),
                pulls(others.stream()),
                pulls(others.stream().filter(failure::isSameFailure)),
                lanes(mine.stream().filter(failure::isSameFailure), failure));
    }

    private static Duration apart(SeenFailure one, SeenFailure other) {
        return Duration.between(one.at(), other.at()).abs();
    }

    private static int lanes(Stream<SeenFailure> failures, SeenFailure own) {
        return (int) Stream.concat(failures, Stream.of(own))
                .map(SeenFailure::job)
                .distinct()
                .count();
    }

    private static int pulls(Stream<SeenFailure> failures) {
        return (int) failures.map(other -> other.repository() + "#" + other.pull())
                .distinct()
                .count();
    }
}
