// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kubevirt.cinotify.incident.stale.StalenessThresholds;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section "timeliness", written into the preset. */
class TimelinessConfigTest {

    private static final Path PRESET = Path.of("config");
    private static final String AREAS =
            "  areas: {missingRun: operations, stalledCluster: operations, silentProw: prow}\n";

    @TempDir
    private @Nullable Path folder;

    @Test
    void thePresetWritesOutTheDefaults() throws Exception {
        StalenessThresholds preset = new ConfigLoader(PRESET, null).load().timeliness();

        assertThat(preset).isEqualTo(load("timeliness:\n" + AREAS).timeliness());
        assertThat(preset)
                .isEqualTo(new StalenessThresholds(
                        2,
                        Duration.ofMinutes(10),
                        3,
                        Duration.ofHours(1),
                        Duration.ofHours(6),
                        Map.of(),
                        new StalenessThresholds.Areas("operations", "operations", "prow")));
    }

    @Test
    void timelinessIsOptional() throws Exception {
        assertThat(load("").timeliness()).isNull();
    }

    @Test
    void durationsAreThoseOfGoOrOfIso() throws Exception {
        StalenessThresholds rules = load("timeliness:\n  waitingLimit: PT90M\n  clusters: {small: 1h30m}\n" + AREAS)
                .timeliness();

        assertThat(rules).isNotNull().satisfies(read -> {
            assertThat(read.waitingLimit()).isEqualTo(Duration.ofMinutes(90));
            assertThat(read.clusters()).isEqualTo(Map.of("small", Duration.ofMinutes(90)));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        missedIntervals: 0      | missedIntervals: is 0, must be at least 1 | use 1 or more
        silentPeriodics: 1      | silentPeriodics: is 1, must be at least 2 | use 2 or more
        grace: 0s               | timeliness.grace: must be longer than 0s  | use a duration
        silence: -1h            | timeliness.silence: "-1h" is not a duration | write it as 24h
        waitingLimit: PT-6H     | timeliness.waitingLimit: must be longer than 0s | use a duration
        clusters: {small: 2d}   | timeliness.clusters.small: "2d" is not a duration | write it as 24h
        """)
    void invalidDurationsAndCountsAreReportedWithLineAndHint(String entry, String problem, String hint) {
        InvalidConfigException invalid = catchThrowableOfType(
                InvalidConfigException.class, () -> load("timeliness:\n  " + entry + "\n" + AREAS));

        assertThat(invalid.problems()).singleElement().satisfies(reported -> {
            assertThat(reported.problem()).contains(problem);
            assertThat(reported.hint()).contains(hint);
            assertThat(reported.line()).isNotNull();
        });
    }

    @Test
    void anUnknownAreaIsReportedWithTheClosestOne() {
        InvalidConfigException invalid = catchThrowableOfType(
                InvalidConfigException.class,
                () -> load("timeliness:\n" + AREAS.replace("silentProw: prow", "silentProw: pow")));

        assertThat(invalid.problems()).singleElement().satisfies(reported -> assertThat(reported.toString())
                .contains("timeliness.areas.silentProw: unknown area \"pow\"")
                .contains("did you mean \"prow\"?"));
    }

    /** The preset with another section in place of its own. */
    private Config load(String section) throws IOException, InvalidConfigException {
        Path here = Objects.requireNonNull(folder);
        try (Stream<Path> files = Files.list(PRESET)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(here.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        StringBuilder text = new StringBuilder();
        boolean inSection = false;
        for (String line : Files.readAllLines(PRESET.resolve(ConfigLoader.FILE))) {
            boolean isTopLevel = !line.isEmpty() && !line.startsWith(" ");
            inSection = line.startsWith("timeliness:") || (inSection && !isTopLevel);
            text.append(inSection ? "" : line + "\n");
        }
        Files.writeString(here.resolve(ConfigLoader.FILE), text + section);
        return new ConfigLoader(here, null).load();
    }
}
