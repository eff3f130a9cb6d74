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
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.bump.BumpPull;
import io.kubevirt.cinotify.bump.BumpPull.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The bumps of a period. */
final class BumpSection {

    private static final int MOST = 10;

    private final Facts facts;

    BumpSection(Facts facts) {
        this.facts = facts;
    }

    /** Those that are open, oldest first; then those that were merged, newest first. */
    Page.Section bumps() {
        Instant now = facts.period().until();
        List<BumpPull> open = facts.bumps().stream()
                .filter(pull -> !pull.openedAt().isAfter(now)
                        && (pull.endedAt() == null || pull.endedAt().isAfter(now)))
                .sorted(Comparator.comparing(BumpPull::openedAt).thenComparing(BumpPull::name))
                .toList();
        List<BumpPull> merged = facts.bumps().stream()
                .filter(pull -> pull.mergeSha() != null && facts.period().has(pull.endedAt()))
                .sorted(Comparator.comparing((BumpPull pull) -> Objects.requireNonNull(pull.endedAt()))
                        .reversed()
                        .thenComparing(BumpPull::name))
                .toList();
        List<Line> lines = new ArrayList<>();
        open.forEach(pull -> lines.add(about(pull)
                .and(", open for " + Figures.time(Duration.between(pull.openedAt(), now)) + ", " + state(pull))));
        merged.forEach(pull -> lines.add(about(pull)
                .and(", merged after "
                        + Figures.time(Duration.between(pull.openedAt(), Objects.requireNonNull(pull.endedAt()))))));
        return Page.Section.of("Bumps: " + open.size() + " open, " + merged.size() + " merged", lines, MOST);
    }

    private static Line about(BumpPull pull) {
        return Line.link(pull.name(), pull.url()).and(" (").outside(pull.of()).and(")");
    }

    private static String state(BumpPull pull) {
        return pull.phase() == Phase.RED
                ? Figures.count(pull.red().size(), "required job") + " red"
                : switch (pull.phase()) {
                    case TESTING -> "its jobs run";
                    case GREEN -> "all green";
                    case CONFLICTS -> "in conflict with its base";
                    case RED, MERGED, CLOSED -> "ended since";
                };
    }
}
