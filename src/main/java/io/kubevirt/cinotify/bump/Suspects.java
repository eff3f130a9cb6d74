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
public final class Suspects {

    private final BumpClasses classes;
    private final Duration window;

    /** @param rules that say of which classes there are bumps, and how long one may be the reason */
    public Suspects(BumpRules rules) {
        this.classes = rules.classes();
        this.window = rules.suspicion();
    }

    /**
     * What broke.
     *
     * @param since when it was found out
     * @param counted over how long red runs were counted to find it out: the first of them is its beginning
     * @param lanes the jobs that are red
     * @param repository whose lanes they are, as org/repo; null if of none
     */
    public record Broken(
            Instant since,
            Duration counted,
            List<String> lanes,
            @Nullable String repository) {
        Instant countedFrom() {
            return since.minus(counted);
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
    public Optional<String> of(Broken broken, List<BumpPull> merged, RedRuns redRuns) {
        return merged.stream()
                .filter(pull -> mayBeInTime(pull, broken) && reaches(pull, broken.repository()))
                .sorted(Comparator.comparing(Suspects::merge).reversed())
                .flatMap(pull -> suspicion(pull, broken, redRuns).stream())
                .findFirst();
    }

    /** Nothing that is counted is older than the first run that is. */
    private boolean mayBeInTime(BumpPull pull, Broken broken) {
        return pull.phase() == BumpPull.Phase.MERGED
                && !merge(pull).isAfter(broken.since())
                && !merge(pull).plus(window).isBefore(broken.countedFrom());
    }

    /** What one repository takes in breaks its own lanes; only some things are everybody's. */
    private boolean reaches(BumpPull pull, @Nullable String repository) {
        return classes.of(pull)
                .filter(BumpClass::isBump)
                .filter(known ->
                        known.isEverybodys() || pull.repository().fullName().equals(repository))
                .isPresent();
    }

    private Optional<String> suspicion(BumpPull pull, Broken broken, RedRuns redRuns) {
        Instant merge = merge(pull);
        Instant began = began(broken, merge, redRuns);
        if (began.isAfter(merge.plus(window))) {
            return Optional.empty();
        }
        long before = redRuns.first(broken.lanes(), merge.minus(window), broken.since()).values().stream()
                .filter(red -> red.isBefore(merge))
                .count();
        if (before * 2 >= Math.max(1, broken.lanes().size())) {
            return Optional.empty();
        }
        return Optional.of("started " + words(Duration.between(merge, began)) + " after " + pull.name() + " ("
                + pull.of() + ") was merged");
    }

    /** It takes some red runs to find it out, which can take as long as they are counted. */
    private static Instant began(Broken broken, Instant merge, RedRuns redRuns) {
        Instant from = merge.isAfter(broken.countedFrom()) ? merge : broken.countedFrom();
        return redRuns.first(broken.lanes(), from, broken.since()).values().stream()
                .min(Comparator.naturalOrder())
                .orElse(broken.since());
    }

    private static Instant merge(BumpPull pull) {
        return Objects.requireNonNull(pull.endedAt());
    }

    private static String words(Duration passed) {
        return passed.toHours() > 0 ? passed.toHours() + " h" : passed.toMinutes() + " min";
    }
}
