// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.prow.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When a bump is suspected as the cause of an incident. */
class SuspectFinderTest {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");
    private static final String REPOSITORY = "kubevirt/kubevirtci";
    private static final List<String> LANES = List.of("check-up", "check-provision", "check-network");

    private static final Duration COUNTED = Duration.ofHours(24);

    private static SuspectFinder suspects;

    @BeforeAll
    static void preset() throws Exception {
        suspects = new SuspectFinder(new BumpConfig(
                "prow",
                new ConfigLoader(Path.of("config"), null).load().bumpClasses().all(),
                "operations",
                Duration.ofHours(2),
                Duration.ofHours(24),
                List.of()));
    }

    private static Optional<String> find(List<TrackedBump> merged, Map<String, Instant> firstRed) {
        return find(REPOSITORY, merged, firstRed);
    }

    private static Optional<String> find(
            @Nullable String repository, List<TrackedBump> merged, Map<String, Instant> firstRed) {
        return suspects.find(
                new SuspectFinder.Breakage(NOON, COUNTED, LANES, repository), merged, (lanes, from, until) -> {
                    Map<String, Instant> within = new TreeMap<>(firstRed);
                    within.values().removeIf(red -> red.isBefore(from) || red.isAfter(until));
                    return within;
                });
    }

    @Test
    void theLastBumpIsNamedWithTheHoursUntilTheFirstFailure() {
        List<TrackedBump> merged =
                List.of(merged(2, NOON.minus(Duration.ofHours(3))), merged(1, NOON.minus(Duration.ofHours(20))));

        assertThat(find(merged, Map.of()))
                .contains("started 3 h after kubevirt/kubevirtci#2 (kubevirtci-centos-bump) was merged");
        assertThat(find(merged, Map.of("check-up", NOON.minus(Duration.ofMinutes(150)))))
                .contains("started 30 min after kubevirt/kubevirtci#2 (kubevirtci-centos-bump) was merged");
    }

    @Test
    void aBumpIsNotSuspectedIfMostLanesFailedBeforeIt() {
        Instant before = NOON.minus(Duration.ofHours(4));
        List<TrackedBump> merged = List.of(merged(2, NOON.minus(Duration.ofHours(3))));

        assertThat(find(merged, Map.of("check-up", before, "check-network", before)))
                .isEmpty();
        assertThat(find(merged, Map.of("check-up", before))).isPresent();
    }

    @Test
    void anEarlierBumpIsSuspectedIfTheLastCameTooLate() {
        List<TrackedBump> merged =
                List.of(merged(1, NOON.minus(Duration.ofHours(5))), merged(2, NOON.minus(Duration.ofHours(1))));
        Map<String, Instant> red =
                Map.of("check-up", NOON.minus(Duration.ofHours(4)), "check-network", NOON.minus(Duration.ofHours(3)));

        assertThat(find(merged, red))
                .hasValueSatisfying(words -> assertThat(words).startsWith("started 1 h after kubevirt/kubevirtci#1"));
    }

    @Test
    void aLaterOldOrUnrelatedBumpIsNotSuspected() {
        assertThat(find(List.of(merged(1, NOON.plusSeconds(1)), merged(2, NOON.minus(Duration.ofHours(25)))), Map.of()))
                .isEmpty();
        assertThat(find("kubevirt/kubevirt", List.of(merged(2, NOON)), Map.of()))
                .isEmpty();
        assertThat(find(null, List.of(merged(2, NOON)), Map.of())).isEmpty();
    }

    @Test
    void theFirstFailureCountsAndNotTheDetection() {
        List<TrackedBump> merged = List.of(merged(1, NOON.minus(Duration.ofHours(27))));
        Map<String, Instant> slowly = Map.of(
                "check-up",
                NOON.minus(Duration.ofHours(5)),
                "check-network",
                NOON.minus(Duration.ofHours(1)),
                "check-provision",
                NOON);

        assertThat(find(merged, slowly))
                .hasValueSatisfying(words -> assertThat(words).startsWith("started 22 h after kubevirt/kubevirtci#1"));
        assertThat(find(merged, Map.of("check-up", NOON.minus(Duration.ofHours(2)))))
                .as("the incident started 25 h after the merge")
                .isEmpty();
    }

    @Test
    void aFailureBeforeTheCountingWindowIsNotTheStart() {
        List<TrackedBump> merged = List.of(merged(1, NOON.minus(Duration.ofHours(30))));

        assertThat(find(merged, Map.of("check-up", NOON.minus(Duration.ofHours(26)))))
                .as("a flake of the day before is not counted")
                .isEmpty();
    }

    private static TrackedBump merged(int number, Instant at) {
        return new TrackedBump(
                Repository.of("kubevirt/kubevirtci"),
                number,
                "kubevirtci-centos-bump",
                "Automatic bump of CentOS Stream to latest",
                "https://github.example.org/" + number,
                "cafe",
                at.minusSeconds(3600),
                at.minusSeconds(3600),
                null,
                Map.of(),
                at,
                "f00d",
                null);
    }
}
