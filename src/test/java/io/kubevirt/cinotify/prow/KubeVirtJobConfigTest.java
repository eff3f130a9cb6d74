// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real job configuration files of KubeVirt; the figures are counted independently. */
class KubeVirtJobConfigTest {

    private static final Path JOBS = Path.of("src/test/resources/kubevirt/jobs");

    private static JobConfig config = JobConfig.EMPTY;

    @BeforeAll
    static void readAll() throws IOException {
        try (Stream<Path> files = Files.walk(JOBS)) {
            config = JobConfig.of(files.filter(path -> path.toString().endsWith(".yaml"))
                    .map(path -> JobConfigFile.parse(path.toString(), content(path)))
                    .toList());
        }
    }

    @Test
    void everyEntryIsReadWithoutAProblem() {
        assertThat(config.problems()).isEmpty();
        assertThat(config.all()).hasSize(89);
        assertThat(config.counts())
                .isEqualTo(Map.of(JobType.PRESUBMIT, 61, JobType.POSTSUBMIT, 8, JobType.PERIODIC, 20));
    }

    @Test
    void namesOccurAsOftenAsCounted() {
        Map<String, Long> byName =
                config.all().stream().collect(Collectors.groupingBy(Job::name, Collectors.counting()));
        assertThat(byName).hasSize(62);
        assertThat(byName.values()).filteredOn(count -> count > 1).hasSize(18);
    }

    @Test
    void clustersOfMergedJobsAreKnown() {
        assertThat(config.all())
                .filteredOn(job -> job.cluster().equals("default"))
                .isEmpty();
        assertThat(config.all())
                .filteredOn(job -> job.cluster().equals("prow-workloads"))
                .hasSize(64);
    }

    @Test
    void flagsAreAsCounted() {
        assertThat(config.all()).filteredOn(Job::isRequired).hasSize(56);
        assertThat(config.all())
                .filteredOn(job -> job.type() == JobType.POSTSUBMIT && job.skipReport())
                .hasSize(1);
        assertThat(config.all()).filteredOn(job -> job.trigger().cron() != null).hasSize(16);
        assertThat(config.all())
                .filteredOn(job -> job.trigger().interval() != null)
                .hasSize(4);
        assertThat(config.all())
                .filteredOn(job -> job.env().containsKey("GIMME_GO_VERSION"))
                .hasSize(17);
        assertThat(config.all())
                .filteredOn(job -> job.type() == JobType.PERIODIC && job.repository() != null)
                .hasSize(11);
    }

    @Test
    void everyPeriodicHasASchedule() {
        Instant now = Instant.parse("2026-11-22T13:30:00Z");
        assertThat(config.periodics()).hasSize(20).allSatisfy(periodic -> assertThat(
                        periodic.schedule().nextAfter(now))
                .as(periodic.job().name())
                .isAfter(now)
                .isBefore(now.plus(Duration.ofDays(95))));
    }

    @Test
    void theBranchDecidesBetweenJobsOfOneName() {
        Map<String, Long> ambiguous = config.all().stream()
                .filter(job -> config.named(job.name()).size() > 1
                        && !job.branches().included().isEmpty())
                .filter(job -> job.branches().included().stream().allMatch(branch -> branch.matches("[a-z0-9./-]+")))
                .filter(job -> config.byName(
                                        job.name(),
                                        job.repository(),
                                        job.branches().included().getFirst())
                                .orElseThrow()
                        != job)
                .collect(Collectors.groupingBy(Job::name, Collectors.counting()));
        assertThat(ambiguous).isEmpty();
    }

    private static byte[] content(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
