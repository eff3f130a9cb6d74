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

/** Finds the bump that may have caused an incident. A hint with figures, not a proof. */
public final class SuspectFinder {
    private final BumpClasses classes;
    private final Duration window;

    public SuspectFinder(BumpConfig rules) {
        this.classes = rules.bumpClasses();
        this.window = rules.suspectWindow();
    }

    /** The incident to explain; it starts with the first failed run in the counting window before its detection. */
    public record Breakage(
            Instant detectedAt,
            Duration countingWindow,
            List<String> lanes,
            @Nullable String repository) {
        Instant countingStart() {
            return detectedAt.minus(countingWindow);
        }
    }

    /** Looks up when lanes failed. */
    @FunctionalInterface
    public interface RedRuns {
        /** The first failure of each lane in {@code [from, until]}; lanes without one are missing. */
        Map<String, Instant> first(Collection<String> lanes, Instant from, Instant until);
    }

    /**
     * The last bump merged within the window before the first failure, as a sentence without full stop; none if at
     * least half of the lanes already failed before the merge.
     */
    public Optional<String> find(Breakage incident, List<TrackedBump> merged, RedRuns redRuns) {
        return merged.stream()
                .filter(pull -> mayBeInTime(pull, incident) && affects(pull, incident.repository()))
                .sorted(Comparator.comparing(SuspectFinder::mergedAt).reversed())
                .flatMap(pull -> suspect(pull, incident, redRuns).stream())
                .findFirst();
    }

    /** A cheap check before runs are looked up. */
    private boolean mayBeInTime(TrackedBump pull, Breakage incident) {
        return pull.phase() == TrackedBump.Phase.MERGED
                && !mergedAt(pull).isAfter(incident.detectedAt())
                && !mergedAt(pull).plus(window).isBefore(incident.countingStart());
    }

    /** A bump affects its own repository, or all repositories if its class says {@code everywhere}. */
    private boolean affects(TrackedBump pull, @Nullable String repository) {
        return classes.classOf(pull)
                .filter(BumpClass::bump)
                .filter(bumpClass -> bumpClass.affectsAllRepositories()
                        || pull.repository().fullName().equals(repository))
                .isPresent();
    }

    private Optional<String> suspect(TrackedBump pull, Breakage incident, RedRuns redRuns) {
        Instant merge = mergedAt(pull);
        Instant start = firstFailure(incident, merge, redRuns);
        if (start.isAfter(merge.plus(window))) {
            return Optional.empty();
        }
        long before = redRuns.first(incident.lanes(), merge.minus(window), incident.detectedAt()).values().stream()
                .filter(red -> red.isBefore(merge))
                .count();
        if (before * 2 >= Math.max(1, incident.lanes().size())) {
            return Optional.empty();
        }
        return Optional.of("started " + text(Duration.between(merge, start)) + " after " + pull.name() + " ("
                + pull.className() + ") was merged");
    }

    /** Detection takes several failed runs, so the start may be up to one counting window earlier. */
    private static Instant firstFailure(Breakage incident, Instant merge, RedRuns redRuns) {
        Instant from = merge.isAfter(incident.countingStart()) ? merge : incident.countingStart();
        return redRuns.first(incident.lanes(), from, incident.detectedAt()).values().stream()
                .min(Comparator.naturalOrder())
                .orElse(incident.detectedAt());
    }

    private static Instant mergedAt(TrackedBump pull) {
        return Objects.requireNonNull(pull.endedAt());
    }

    private static String text(Duration passed) {
        return passed.toHours() > 0 ? passed.toHours() + " h" : passed.toMinutes() + " min";
    }
}
