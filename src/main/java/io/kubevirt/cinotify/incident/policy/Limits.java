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
package io.kubevirt.cinotify.incident.policy;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which threshold holds for a lane: the job's own word, then the settings for the job, for the repository, for all. */
final class Limits {

    private final Thresholds thresholds;

    Limits(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** How many failures the job of a run asks for by itself, or by running so seldom. */
    @Nullable Integer declared(RunFinished event, StreamKey lane) {
        OwnThresholds own = event.own();
        if (own.failures() != null || !own.daily()) {
            return own.failures();
        }
        return override(lane, Thresholds.Own::failures)
                .orElse(thresholds.inARow().dailyPeriodic());
    }

    /** Distinct pull requests of a presubmit, or failures in a row of any other. */
    int failures(StreamKey lane, @Nullable Integer declared) {
        return declared != null
                ? declared
                : override(lane, Thresholds.Own::failures).orElseGet(() -> usual(lane));
    }

    private int usual(StreamKey lane) {
        return switch (lane.type()) {
            case PRESUBMIT -> thresholds.presubmits().pulls();
            case PERIODIC -> thresholds.inARow().periodic();
            case POSTSUBMIT -> thresholds.inARow().postsubmit();
            case BATCH -> thresholds.inARow().batch();
        };
    }

    /** Distinct pull requests of a family. */
    int familyPulls(StreamKey family) {
        return Optional.ofNullable(thresholds.repositories().get(family.repository()))
                .map(Thresholds.Own::failures)
                .orElse(thresholds.families().pulls());
    }

    /** Whether so many red runs beside so many green ones are enough; without any green one, nothing speaks against. */
    boolean isShareMet(StreamKey lane, int red, int green) {
        int share = override(lane, Thresholds.Own::share)
                .orElse(thresholds.presubmits().share());
        return green == 0 || red * 100L >= (long) share * (red + green);
    }

    /** Distinct green pull requests, or successes of another type, that end it. */
    int greenToClose(StreamKey lane) {
        return lane.isPresubmit()
                ? override(lane, Thresholds.Own::closePulls)
                        .orElse(thresholds.closing().pulls())
                : 1;
    }

    /** Until when the lane is to be silent; empty for not at all. */
    Optional<Instant> mutedUntil(RunFinished event, StreamKey lane) {
        return Stream.of(Optional.ofNullable(event.own().muteUntil()), override(lane, Thresholds.Own::muteUntil))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    private <T> Optional<T> override(StreamKey lane, Function<Thresholds.Own, @Nullable T> value) {
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
