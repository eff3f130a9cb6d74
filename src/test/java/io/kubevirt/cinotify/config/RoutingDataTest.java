// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobRun.JobRunBuilder;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Routing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Compares the routing rules for KubeVirt with a manual review of its jobs. */
class RoutingDataTest {

    private static final Path PRESET = Path.of("config");
    private static final Path REVIEWED = Path.of("src/test/resources/kubevirt/reviewed-jobs.tsv");
    private static final Path JOBS = Path.of("src/test/resources/kubevirt/jobs");

    /** A reviewed job with all acceptable SIGs and areas. */
    private record Row(
            String job,
            JobType type,
            String repository,
            String cluster,
            List<String> sigs,
            List<String> areas,
            boolean sure) {

        static Row of(String line) {
            String[] fields = line.split("\t", -1);
            return new Row(
                    fields[0],
                    JobType.named(fields[1]).orElseThrow(),
                    fields[2],
                    fields[3],
                    words(fields[4], fields[7]),
                    words(fields[5], fields[8]),
                    fields[6].equals("high"));
        }

        private static List<String> words(String one, String others) {
            return List.of((one + "," + others).split("[,/ ]+"));
        }

        boolean isRight(Diagnosis diagnosis) {
            return sigs.contains(diagnosis.sig()) && areas.contains(diagnosis.area());
        }
    }

    @Test
    void almostEveryReviewedJobIsRoutedCorrectly() throws Exception {
        Config settings = Preset.settings();
        List<Row> rows = Files.readAllLines(REVIEWED).stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(Row::of)
                .toList();
        Predicate<Row> right =
                row -> row.isRight(diagnose(settings, row.job(), row.type(), row.repository(), row.cluster()));
        List<Row> wrong = rows.stream().filter(right.negate()).toList();
        long sure = rows.stream().filter(Row::sure).count();
        double ofSure = 1 - (double) wrong.stream().filter(Row::sure).count() / sure;
        double ofAll = 1 - (double) wrong.size() / rows.size();

        System.out.printf(
                "SIG and area right: %.2f %% of %d sure rows, %.2f %% of all %d%n",
                100 * ofSure, sure, 100 * ofAll, rows.size());
        assertThat(ofSure).as("wrong: " + wrong).isGreaterThanOrEqualTo(0.99);
        assertThat(ofAll).as("wrong: " + wrong).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void fewJobsAreRoutedByTheDefault() throws Exception {
        Config settings = new ConfigLoader(PRESET, JOBS).load();
        List<Job> jobs = settings.jobs().all();
        long byDefault = jobs.stream()
                .filter(job -> settings.diagnoser()
                        .route(run(job.name(), job.type(), job.repository())
                                .cluster(job.cluster())
                                .build())
                        .rule()
                        .equals(Routing.DEFAULT_RULE))
                .count();

        assertThat(settings.jobs().problems()).isEmpty();
        assertThat(jobs).hasSizeGreaterThan(50);
        assertThat(byDefault).isLessThanOrEqualTo(jobs.size() / 10);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/kubevirt/routing.csv", numLinesToSkip = 1)
    void jobsOfEveryKindAreRoutedWithoutTheirConfiguration(
            String job, String type, String repository, String cluster, String sig, String area) throws Exception {
        Diagnosis diagnosis =
                diagnose(Preset.settings(), job, JobType.named(type).orElseThrow(), repository, cluster);

        assertThat(diagnosis.sig()).as("SIG by rule " + diagnosis.rule()).isEqualTo(sig);
        assertThat(diagnosis.area()).as("area by rule " + diagnosis.rule()).isEqualTo(area);
    }

    private static Diagnosis diagnose(Config settings, String job, JobType type, String repository, String cluster) {
        Repository known =
                repository == null ? null : Repository.parse(repository).orElse(null);
        return settings.diagnoser()
                .diagnose(run(job, type, known)
                        .cluster(cluster == null || cluster.isEmpty() ? null : cluster)
                        .description("Job failed.")
                        .build());
    }

    private static JobRunBuilder run(String job, JobType type, Repository repository) {
        return JobRun.builder(job, type, JobState.FAILURE).repository(repository);
    }
}
