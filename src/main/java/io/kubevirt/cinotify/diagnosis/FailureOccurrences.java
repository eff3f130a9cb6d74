// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where else the same failure was seen.
 *
 * @param runs how many runs failed so, this one included
 * @param lanes on how many lanes
 * @param pulls on how many pull requests
 * @param since when it was first seen
 * @param unseenDays if it is new: for how many days before that it was looked for, and not seen; null if it is known for
 *     longer
 */
public record FailureOccurrences(
        int runs,
        int lanes,
        int pulls,
        Instant since,
        @Nullable Integer unseenDays) {

    /** For so long a failure is called new; a problem that is told of by then was never told of before. */
    private static final Duration NEW = Duration.ofDays(1);

    /**
     * What others have in common with a failure; those after it and those that are forgotten do not count.
     *
     * @param forgotten after how long without being seen
     * @param watched since when failures are remembered
     */
    public static FailureOccurrences of(
            FailureRecord failure, Collection<FailureRecord> seen, Duration forgotten, Instant watched) {
        List<FailureRecord> same = seen.stream()
                .filter(failure::isSameFailure)
                .filter(other -> !other.run().equals(failure.run()))
                .filter(other -> !other.at().isAfter(failure.at()))
                .sorted(Comparator.comparing(FailureRecord::at).reversed())
                .toList();
        Instant since = failure.at();
        int counted = 0;
        while (counted < same.size() && same.get(counted).at().isAfter(since.minus(forgotten))) {
            since = same.get(counted).at();
            counted++;
        }
        List<FailureRecord> all =
                Stream.concat(same.stream().limit(counted), Stream.of(failure)).toList();
        boolean isNew = since.plus(NEW).isAfter(failure.at());
        Duration unseen = watched.isBefore(since) ? Duration.between(watched, since) : Duration.ZERO;
        return new FailureOccurrences(
                all.size(),
                (int) all.stream().map(FailureRecord::job).distinct().count(),
                (int) all.stream()
                        .filter(other -> other.pull() != null)
                        .map(other -> other.repository() + "#" + Objects.requireNonNull(other.pull()))
                        .distinct()
                        .count(),
                since,
                isNew ? (int) Math.min(unseen.toDays(), forgotten.toDays()) : null);
    }

    /** Where it was seen: {@code on 4 lanes, 3 pull requests}. */
    public String where() {
        return runs == 1
                ? "nowhere else so far"
                : "on " + pluralize(lanes, "lane") + (pulls == 0 ? "" : ", " + pluralize(pulls, "pull request"));
    }

    /** That it is new; empty if it is not. */
    public String novelty() {
        if (unseenDays == null) {
            return "";
        }
        return unseenDays == 0
                ? "new: not seen before, but watched for less than a day"
                : "new: not seen in the " + pluralize(unseenDays, "day") + " before";
    }

    /** What a trace says of it. */
    public String sentence() {
        String begin = runs == 1 ? "" : " since " + since.truncatedTo(ChronoUnit.MINUTES);
        return "the same failure " + where() + begin + (novelty().isEmpty() ? "" : "; " + novelty());
    }

    static String pluralize(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
