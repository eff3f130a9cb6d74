// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.JobThresholds;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.Thresholds;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which threshold holds for a lane: the job's own word, then the settings for the job, for the repository, for all. */
final class ThresholdResolver {

    private final Thresholds thresholds;

    ThresholdResolver(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** How many failures the job of a run asks for by itself, or by running so seldom. */
    @Nullable
    Integer declared(ObservedRun event, GroupKey lane) {
        JobThresholds jobThresholds = event.jobThresholds();
        if (jobThresholds.failures() != null || !jobThresholds.daily()) {
            return jobThresholds.failures();
        }
        return override(lane, Thresholds.Override::failures)
                .orElse(thresholds.inARow().dailyPeriodic());
    }

    /** Distinct pull requests of a presubmit, or failures in a row of any other. */
    int failures(GroupKey lane, @Nullable Integer declared) {
        return declared != null
                ? declared
                : override(lane, Thresholds.Override::failures).orElseGet(() -> defaultFailures(lane));
    }

    private int defaultFailures(GroupKey lane) {
        return switch (lane.type()) {
            case PRESUBMIT -> thresholds.presubmits().pulls();
            case PERIODIC -> thresholds.inARow().periodic();
            case POSTSUBMIT -> thresholds.inARow().postsubmit();
            case BATCH -> thresholds.inARow().batch();
        };
    }

    /** Distinct pull requests of a family. */
    int familyPulls(GroupKey family) {
        return Optional.ofNullable(thresholds.repositories().get(family.repository()))
                .map(Thresholds.Override::failures)
                .orElse(thresholds.families().pulls());
    }

    /** Whether so many red runs beside so many green ones are enough; without any green one, nothing speaks against. */
    boolean isShareMet(GroupKey lane, int red, int green) {
        int share = override(lane, Thresholds.Override::share)
                .orElse(thresholds.presubmits().share());
        return green == 0 || red * 100L >= (long) share * (red + green);
    }

    /** Distinct green pull requests, or successes of another type, that end it. */
    int greenToClose(GroupKey lane) {
        return lane.isPresubmit()
                ? override(lane, Thresholds.Override::closePulls)
                        .orElse(thresholds.closing().pulls())
                : 1;
    }

    /** Until when the lane is to be silent; empty for not at all. */
    Optional<Instant> mutedUntil(ObservedRun event, GroupKey lane) {
        return Stream.of(
                        Optional.ofNullable(event.jobThresholds().muteUntil()),
                        override(lane, Thresholds.Override::muteUntil))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    private <T> Optional<T> override(GroupKey lane, Function<Thresholds.Override, @Nullable T> value) {
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
