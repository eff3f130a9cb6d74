// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which bump may be the reason of what broke after it. A hint with its figures, never a verdict on who opened it. */
public final class SuspectFinder {

    private final BumpClasses classes;
    private final Duration window;

    /** @param rules that say of which classes there are bumps, and how long one may be the reason */
    public SuspectFinder(BumpRules rules) {
        this.classes = rules.classes();
        this.window = rules.suspicion();
    }

    /**
     * What broke.
     *
     * @param detectedAt when it was found out
     * @param countingWindow over how long red runs were counted to find it out: the first of them is its beginning
     * @param lanes the jobs that are red
     * @param repository whose lanes they are, as org/repo; null if of none
     */
    public record Breakage(
            Instant detectedAt,
            Duration countingWindow,
            List<String> lanes,
            @Nullable String repository) {
        Instant countingStart() {
            return detectedAt.minus(countingWindow);
        }
    }

    /** When lanes failed. */
    @FunctionalInterface
    public interface RedRuns {
        /** When each was first red in {@code [from, until]}; one that was not is missing. */
        Map<String, Instant> first(Collection<String> lanes, Instant from, Instant until);
    }

    /**
     * The last bump merged within the window before the first red run of what broke, unless as many of the same lanes
     * were red before it as were not.
     *
     * @param merged the bumps that were merged lately
     * @return a sentence without the final stop
     */
    public Optional<String> find(Breakage broken, List<TrackedBump> merged, RedRuns redRuns) {
        return merged.stream()
                .filter(pull -> mayBeInTime(pull, broken) && affects(pull, broken.repository()))
                .sorted(Comparator.comparing(SuspectFinder::mergedAt).reversed())
                .flatMap(pull -> suspect(pull, broken, redRuns).stream())
                .findFirst();
    }

    /** Nothing that is counted is older than the first run that is. */
    private boolean mayBeInTime(TrackedBump pull, Breakage broken) {
        return pull.phase() == TrackedBump.Phase.MERGED
                && !mergedAt(pull).isAfter(broken.detectedAt())
                && !mergedAt(pull).plus(window).isBefore(broken.countingStart());
    }

    /** What one repository takes in breaks its own lanes; only some things are everybody's. */
    private boolean affects(TrackedBump pull, @Nullable String repository) {
        return classes.classOf(pull)
                .filter(BumpClass::isBump)
                .filter(known -> known.affectsAllRepositories()
                        || pull.repository().fullName().equals(repository))
                .isPresent();
    }

    private Optional<String> suspect(TrackedBump pull, Breakage broken, RedRuns redRuns) {
        Instant merge = mergedAt(pull);
        Instant began = firstFailure(broken, merge, redRuns);
        if (began.isAfter(merge.plus(window))) {
            return Optional.empty();
        }
        long before = redRuns.first(broken.lanes(), merge.minus(window), broken.detectedAt()).values().stream()
                .filter(red -> red.isBefore(merge))
                .count();
        if (before * 2 >= Math.max(1, broken.lanes().size())) {
            return Optional.empty();
        }
        return Optional.of("started " + text(Duration.between(merge, began)) + " after " + pull.name() + " ("
                + pull.className() + ") was merged");
    }

    /** It takes some red runs to find it out, which can take as long as they are counted. */
    private static Instant firstFailure(Breakage broken, Instant merge, RedRuns redRuns) {
        Instant from = merge.isAfter(broken.countingStart()) ? merge : broken.countingStart();
        return redRuns.first(broken.lanes(), from, broken.detectedAt()).values().stream()
                .min(Comparator.naturalOrder())
                .orElse(broken.detectedAt());
    }

    private static Instant mergedAt(TrackedBump pull) {
        return Objects.requireNonNull(pull.endedAt());
    }

    private static String text(Duration passed) {
        return passed.toHours() > 0 ? passed.toHours() + " h" : passed.toMinutes() + " min";
    }
}
