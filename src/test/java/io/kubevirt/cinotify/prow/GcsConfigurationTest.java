// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcsConfigurationTest {

    private static final GcsConfiguration ARTIFACTS =
            new GcsConfiguration(Bucket.parse("artifacts"), null, null, null, null, null);

    private static final Repository REPOSITORY = Repository.of("org/repo");

    @ParameterizedTest
    @CsvSource({
        "PRESUBMIT, pr-logs/pull/org_repo/42/job/77",
        "BATCH, pr-logs/pull/batch/job/77",
        "POSTSUBMIT, logs/job/77",
        "PERIODIC, logs/job/77"
    })
    void theArtifactDirectoryDependsOnTheJobType(JobType type, String directory) {
        List<Pull> pulls = type == JobType.PRESUBMIT ? List.of(Pull.numbered(42)) : List.of();
        JobRun run = JobRun.builder("job", type, JobState.FAILURE)
                .repository(REPOSITORY)
                .pulls(pulls)
                .build("77", null)
                .build();
        RunDirectory found = ARTIFACTS.directory(run).orElseThrow();
        assertThat(found).hasToString("gs://artifacts/" + directory);
    }

    @Test
    void aRunWithoutABuildHasNoArtifacts() {
        JobRun run = JobRun.builder("job", JobType.PERIODIC, JobState.TRIGGERED).build();
        assertThat(ARTIFACTS.directory(run)).isEmpty();
    }

    @Test
    void aPresubmitWithoutItsPullRequestHasNoUrl() {
        JobRun run = JobRun.builder("job", JobType.PRESUBMIT, JobState.FAILURE)
                .repository(REPOSITORY)
                .build("77", null)
                .build();
        assertThat(ARTIFACTS.directory(run)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"../../other, 77", "a/../b, 77", "job, ../77", "job, x", "'', 77", "job, ''"})
    void aRunWithInvalidNamesHasNoUrl(String job, String build) {
        JobRun run = JobRun.builder(job, JobType.PERIODIC, JobState.FAILURE)
                .build(build, null)
                .build();
        assertThat(ARTIFACTS.directory(run)).isEmpty();
    }
}
