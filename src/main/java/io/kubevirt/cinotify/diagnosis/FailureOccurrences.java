// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Occurrences of the same failure, this run included; {@code unseenDays} is null unless the failure is new. */
public record FailureOccurrences(
        int runs,
        int lanes,
        int pulls,
        Instant since,
        @Nullable Integer unseenDays) {
    /** A failure counts as new for this long after it was first seen. */
    private static final Duration NEW = Duration.ofDays(1);

    /** Counts earlier occurrences, back to a gap of {@code forgotten}; failures are recorded since {@code watched}. */
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

    /** Where it was seen, as text: {@code on 4 lanes, 3 pull requests}. */
    public String where() {
        return runs == 1
                ? "nowhere else so far"
                : "on " + Plural.of(lanes, "lane") + (pulls == 0 ? "" : ", " + Plural.of(pulls, "pull request"));
    }

    /** Text for a new failure; empty otherwise. */
    public String novelty() {
        if (unseenDays == null) {
            return "";
        }
        return unseenDays == 0
                ? "new: not seen before, but watched for less than a day"
                : "new: not seen in the " + Plural.of(unseenDays, "day") + " before";
    }

    public String sentence() {
        String begin = runs == 1 ? "" : " since " + since.truncatedTo(ChronoUnit.MINUTES);
        return "the same failure " + where() + begin + (novelty().isEmpty() ? "" : "; " + novelty());
    }
}
