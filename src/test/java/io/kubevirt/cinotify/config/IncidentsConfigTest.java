// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.incident.ObservedRun.JobThresholds;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The block {@code incidents} of the settings. */
class IncidentsConfigTest {

    private static final Path PRESET = Path.of("config");

    @TempDir
    Path folder;

    @Test
    void thePresetWritesOutTheDefaults() throws InvalidConfigException {
        assertThat(new ConfigLoader(PRESET, null).load().thresholds()).isEqualTo(Thresholds.DEFAULTS);
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        Thresholds read = load("  presubmits: {pulls: 4}\n  closing: {presubmitsAfter: 72h}\n");

        assertThat(read.presubmits()).isEqualTo(new Thresholds.Presubmits(4, Duration.ofHours(24), 30));
        assertThat(read.closing().presubmitsAfter()).isEqualTo(Duration.ofHours(72));
        assertThat(read.burst()).isEqualTo(Thresholds.DEFAULTS.burst());
    }

    @Test
    void aRepositoryAndAJobMayDiffer() throws Exception {
        Thresholds read = load("  repositories:\n    example/thing: {failures: 5}\n"
                + "  jobs:\n    pull-unit: {share: 60, mute: {until: 2026-12-24, because: new nodes}}\n");

        assertThat(read.repositories()).containsEntry("example/thing", new Thresholds.Override(5, null, null, null));
        assertThat(read.jobs().get("pull-unit").muteUntil()).isEqualTo(Instant.parse("2026-12-24T00:00:00Z"));
        assertThat(read.jobs())
                .containsEntry(
                        "pull-unit",
                        new Thresholds.Override(null, 60, null, new Thresholds.Mute("2026-12-24", "new nodes")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "presubmits: {window: 0}                 | presubmits.window: must be longer than 0s",
                "presubmits: {window: soon}              | \"soon\" is not a duration",
                "presubmits: {pulls: 0}                  | presubmits.pulls: is 0",
                "presubmits: {share: 0}                  | presubmits.share: is 0, must be a percentage",
                "presubmits: {share: 101}                | presubmits.share: is 101, must be a percentage",
                "closing: {pulls: 3}                     | must be less than the 3 pull requests",
                "closing: {presubmitsAfter: 6h}                    | closing.presubmitsAfter: is shorter than"
                        + " families.window",
                "families: {window: 48h}                 | families.window: is longer than presubmits.window",
                "hold: {time: 4h}                        | hold.time: is longer than outages.endAfter",
                "onePull: {lanes: 2}                     | onePull.lanes: must be greater than burst.lanesEach",
                "burst: {window: 30h}                    | burst.window: is longer than presubmits.window",
                "escalation: {primary: 0}                | escalation.primary: must be longer than 0s",
                "jobs: {pull-unit: {mute: {}}}           | jobs.pull-unit.mute: has no end",
                "jobs: {pull-unit: {mute: {until: x}}}   | is not a date",
                "jobs: {pull-unit: {closePulls: 3}}      | jobs.pull-unit.closePulls: is 3",
                "jobs: {pull-unit: {failures: 0}}        | jobs.pull-unit.failures: is 0",
                "repositories: {o/r: {share: 200}}       | repositories.o/r.share: is 200",
                "burts: {window: 3h}                     | unknown key \"burts\"",
            })
    void invalidThresholdsAreRefusedWithLineAndHint(String written, String reason) {
        assertThatThrownBy(() -> load("  " + written.strip() + "\n"))
                .isInstanceOfSatisfying(InvalidConfigException.class, refused -> assertThat(refused.problems())
                        .singleElement()
                        .satisfies(problem -> {
                            assertThat(problem.problem()).contains(reason);
                            assertThat(problem.line()).isGreaterThan(1);
                            assertThat(problem.hint()).isNotBlank();
                        }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "closing: {quiet: 48h}        | the key \"quiet\" was renamed to \"presubmitsAfter\"",
                "hold: {pileUp: 5}            | the key \"pileUp\" was renamed to \"outageFamilies\"",
            })
    void anOldKeyIsRefusedWithItsNewName(String written, String problem) {
        assertThatThrownBy(() -> load("  " + written.strip() + "\n")).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "example.org/failures-to-notify, 4, PERIODIC, 4",
        "testgrid-num-failures-to-alert, 7, PERIODIC, 7",
        "testgrid-num-failures-to-alert, 7, PRESUBMIT,",
        "example.org/failures-to-notify, many, PERIODIC,",
        "example.org/failures-to-notify, 0, PERIODIC,",
    })
    void aJobSaysByAnnotationHowManyFailuresItTakes(String key, String value, JobType type, Integer failures) {
        assertThat(thresholds(key, value, type).failures()).isEqualTo(failures);
    }

    @ParameterizedTest
    @CsvSource({"2026-12-24, 2026-12-24T00:00:00Z", "2026-12-24T10:00:00Z, 2026-12-24T10:00:00Z", "forever,"})
    void aJobIsMutedByAnnotationUntilADateOnly(String value, Instant until) {
        assertThat(thresholds("example.org/mute-until", value, JobType.PERIODIC).muteUntil())
                .isEqualTo(until);
    }

    private static JobThresholds thresholds(String key, String value, JobType type) {
        JobRun run = JobRun.builder("job", type, JobState.FAILURE)
                .annotations(Map.of(key, value))
                .build();
        return new JobAnnotations("example.org").thresholds(run, Optional.empty());
    }

    private Thresholds load(String block) throws InvalidConfigException, IOException {
        try (Stream<Path> files = Files.list(PRESET)) {
            files.forEach(this::copy);
        }
        Path file = folder.resolve(ConfigLoader.FILE);
        String preset = Files.readString(file);
        int begin = preset.indexOf("\nincidents:\n");
        int end = preset.indexOf("\n# The SIG and the area of a failing job");
        Files.writeString(file, preset.substring(0, begin) + "\nincidents:\n" + block + preset.substring(end));
        return new ConfigLoader(folder, null).load().thresholds();
    }

    private void copy(Path file) {
        try {
            Files.copy(file, folder.resolve(file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
