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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where else the same failure was seen.
 *
 * @param lanes on how many lanes, this one included
 * @param pulls on how many pull requests
 * @param since when it was first seen
 * @param isNew whether it was not seen before, for so long that it is forgotten
 */
public record SameFailure(int lanes, int pulls, Instant since, boolean isNew) {

    /** What was not seen for so long is new when it is seen again. */
    public static final Duration FORGOTTEN = Duration.ofDays(21);

    /** What others have in common with a failure; those after it and those that are forgotten do not count. */
    public static SameFailure of(SeenFailure failure, Collection<SeenFailure> seen) {
        List<SeenFailure> same = seen.stream()
                .filter(failure::isSameFailure)
                .filter(other -> !other.run().equals(failure.run()))
                .filter(other -> !other.at().isAfter(failure.at()))
                .sorted(Comparator.comparing(SeenFailure::at).reversed())
                .toList();
        Instant since = failure.at();
        int counted = 0;
        while (counted < same.size() && same.get(counted).at().isAfter(since.minus(FORGOTTEN))) {
            since = same.get(counted).at();
            counted++;
        }
        List<SeenFailure> counting = same.subList(0, counted);
        return new SameFailure(
                (int) counting.stream()
                                .filter(other -> !other.job().equals(failure.job()))
                                .map(SeenFailure::job)
                                .distinct()
                                .count()
                        + 1,
                (int) Stream.concat(counting.stream(), Stream.of(failure))
                        .filter(other -> other.pull() != null)
                        .map(other -> other.repository() + "#" + Objects.requireNonNull(other.pull()))
                        .distinct()
                        .count(),
                since,
                counted == 0);
    }

    /** What a message says of it. */
    public String sentence() {
        return isNew
                ? "new: this failure was not seen in the last " + FORGOTTEN.toDays() + " days"
                : "the same failure on " + counted(lanes, "lane") + ", " + counted(pulls, "pull request") + " since "
                        + since.truncatedTo(ChronoUnit.MINUTES);
    }

    private static String counted(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
