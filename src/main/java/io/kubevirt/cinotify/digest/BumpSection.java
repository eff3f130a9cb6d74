// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.bump.TrackedBump.Phase;
import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The section about bumps. */
final class BumpSection {
    private static final int MOST = 10;

    private final DigestData data;

    BumpSection(DigestData data) {
        this.data = data;
    }

    /** Open bumps, oldest first; then merged ones, newest first. */
    Digest.Section bumps() {
        Instant now = data.period().until();
        List<TrackedBump> open = data.bumps().stream()
                .filter(pull -> !pull.openedAt().isAfter(now)
                        && (pull.endedAt() == null || pull.endedAt().isAfter(now)))
                .sorted(Comparator.comparing(TrackedBump::openedAt).thenComparing(TrackedBump::name))
                .toList();
        List<TrackedBump> merged = data.bumps().stream()
                .filter(pull -> pull.mergeSha() != null && data.period().contains(pull.endedAt()))
                .sorted(Comparator.comparing((TrackedBump pull) -> Objects.requireNonNull(pull.endedAt()))
                        .reversed()
                        .thenComparing(TrackedBump::name))
                .toList();
        List<DigestLine> lines = new ArrayList<>();
        open.forEach(pull -> lines.add(about(pull)
                .text(", open for " + StatsFormat.duration(Duration.between(pull.openedAt(), now)) + ", "
                        + state(pull))));
        merged.forEach(pull -> lines.add(about(pull)
                .text(", merged after "
                        + StatsFormat.duration(
                                Duration.between(pull.openedAt(), Objects.requireNonNull(pull.endedAt()))))));
        return Digest.Section.of("Bumps: " + open.size() + " open, " + merged.size() + " merged", lines, MOST);
    }

    private static DigestLine about(TrackedBump pull) {
        return DigestLine.link(pull.name(), pull.url())
                .text(" (")
                .untrusted(pull.className())
                .text(")");
    }

    private static String state(TrackedBump pull) {
        return pull.phase() == Phase.RED
                ? Plural.of(pull.failedJobs().size(), "required job") + " failing"
                : switch (pull.phase()) {
                    case TESTING -> "jobs are running";
                    case GREEN -> "all jobs passed";
                    case CONFLICTS -> "merge conflict";
                    case RED, MERGED, CLOSED -> "closed since";
                };
    }
}
