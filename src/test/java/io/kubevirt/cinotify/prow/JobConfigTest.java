// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobConfigTest {

    private static final Repository REPOSITORY = Repository.of("a/b");

    private final JobConfig config = JobConfig.of(List.of(
            JobConfigFile.parse("z.yaml", """
                presubmits:
                  a/b:
                  - {name: unit, cluster: main, branches: [main]}
                  - {name: unit, cluster: old, branches: ["release-1\\\\.[0-5]$"]}
                  - {name: unit, cluster: rest, skip_branches: [release, main]}
                """),
            JobConfigFile.parse("y.yaml", "periodics:\n- {name: livez, extra_refs: [{org: c, repo: d}]}\n- {}\n")));

    @ParameterizedTest
    @CsvSource({
        ", main",
        "main, main",
        "release-1.5, old",
        "release-1.55, main",
        "release-2.0, main",
        "feature, rest",
        "my-main-line, main"
    })
    void theBranchDecidesBetweenJobsOfOneNameAndElseTheFirst(String branch, String cluster) {
        assertThat(config.byName("unit", REPOSITORY, branch)).map(Job::cluster).contains(cluster);
    }

    @Test
    void aPresubmitOfAnotherRepositoryIsNotTheJob() {
        assertThat(config.byName("unit", Repository.of("a/other"), null)).isEmpty();
        assertThat(config.byName("unit")).isPresent();
    }

    @Test
    void aPeriodicIsFoundWhateverItsRunNames() {
        assertThat(config.byName("livez", null, null)).isPresent();
        assertThat(config.byName("livez", REPOSITORY, "main")).isPresent();
    }

    @Test
    void anUnknownNameHasNoJob() {
        assertThat(config.byName("other")).isEmpty();
        assertThat(config.named("other")).isEmpty();
        assertThat(JobConfig.EMPTY.byName("unit")).isEmpty();
    }

    @Test
    void jobsAndProblemsAreSortedAndCounted() {
        assertThat(config.all()).extracting(Job::file).containsExactly("y.yaml", "z.yaml", "z.yaml", "z.yaml");
        assertThat(config.counts()).isEqualTo(Map.of(JobType.PRESUBMIT, 3, JobType.PERIODIC, 1));
        assertThat(config.problems()).singleElement().satisfies(problem -> assertThat(problem.line())
                .isEqualTo(3));
    }
}
