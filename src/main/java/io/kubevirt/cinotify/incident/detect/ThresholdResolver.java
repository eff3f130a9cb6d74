// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.ObservedRun.JobThresholds;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.Thresholds.Override;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the threshold of a lane: from the job itself, the settings for the job, the settings for the repository, or
 * the defaults.
 */
final class ThresholdResolver {
    private final Thresholds thresholds;

    ThresholdResolver(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** The number of failures that the job requires itself, or because it runs at most once a day. */
    @Nullable Integer declared(ObservedRun event, GroupKey lane) {
        JobThresholds jobThresholds = event.jobThresholds();
        if (jobThresholds.failures() != null || !jobThresholds.daily()) {
            return jobThresholds.failures();
        }
        return override(lane, Override::failures).orElse(thresholds.inARow().dailyPeriodic());
    }

    /** Distinct pull requests for a presubmit, failures in a row for other types. */
    int failures(GroupKey lane, @Nullable Integer declared) {
        return declared != null ? declared : override(lane, Override::failures).orElseGet(() -> defaultFailures(lane));
    }

    private int defaultFailures(GroupKey lane) {
        return switch (lane.type()) {
            case PRESUBMIT -> thresholds.presubmits().pulls();
            case PERIODIC -> thresholds.inARow().periodic();
            case POSTSUBMIT -> thresholds.inARow().postsubmit();
            case BATCH -> thresholds.inARow().batch();
        };
    }

    int familyPulls(GroupKey family) {
        return Optional.ofNullable(thresholds.repositories().get(family.repository()))
                .map(Override::failures)
                .orElse(thresholds.families().pulls());
    }

    /** Whether enough of the runs failed; always true without a passing run. */
    boolean isShareMet(GroupKey lane, int red, int green) {
        int share =
                override(lane, Override::share).orElse(thresholds.presubmits().share());
        return green == 0 || red * 100L >= (long) share * (red + green);
    }

    /** The number of distinct passing pull requests, or of passes for other types, that closes the incident. */
    int greenToClose(GroupKey lane) {
        return lane.isPresubmit()
                ? override(lane, Override::closePulls)
                        .orElse(thresholds.closing().pulls())
                : 1;
    }

    Optional<Instant> mutedUntil(ObservedRun event, GroupKey lane) {
        return Stream.of(Optional.ofNullable(event.jobThresholds().muteUntil()), override(lane, Override::muteUntil))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    private <T> Optional<T> override(GroupKey lane, Function<Override, @Nullable T> value) {
        return Stream.of(
                        thresholds.jobs().get(lane.name()),
                        thresholds.repositories().get(lane.repository()))
                .filter(Objects::nonNull)
                .map(value)
                .filter(Objects::nonNull)
                .map(found -> (T) found)
                .findFirst();
    }
}
