// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.S3SignatureCheck;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactLocatorTest {
    private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-05-24T00:00:00Z"));

    /** The strategy leaves out the default organization, and Prow escapes nothing in the bucket but its page. */
    private static final String DIRECTORY = "team+a~1/x/pr-logs/pull/r#1 x%y?é+~@:/5/unit/7";

    private static final String PAGE = "https://prow.example.org/view/s3/artifacts/team+a~1/x/pr-logs/pull/";

    @TempDir
    private Path folder;

    private Config config(String endpoint) throws Exception {
        ConfigFixture files = ConfigFixture.in(folder.resolve("config"));
        files.write(
                "keys.json",
                "{\"access_key\":\"%s\",\"secret_key\":\"%s\",\"region\":\"us-east-1\"}".formatted(KEY, SECRET));
        Files.writeString(files.path().resolve("ci-notify.yaml"), """
            evidence:
              stores: [{bucket: 's3://artifacts', endpoint: '%s', pathStyle: true, credentialsFile: keys.json}]
            """.formatted(endpoint), StandardOpenOption.APPEND);
        Path prow = Files.writeString(folder.resolve("config.yaml"), """
            plank:
              job_url_prefix_config: {'*': https://prow.example.org/view/}
              default_decoration_config_entries:
              - config:
                  gcs_configuration:
                    {bucket: 's3://artifacts', path_prefix: team+a~1/x, path_strategy: legacy, default_org: o, default_repo: r}
            """);
        return new ConfigLoader(files.path(), null, prow).load();
    }

    /** From the page, from a page that names only the run, and before there is a page. */
    @ParameterizedTest
    @CsvSource({PAGE + "r%231%20x%25y%3F%C3%A9+~@:/5/unit/7", "https://prow.example.org/view/prowjob/unit/7", "''"})
    void theDirectoryThatProwWroteIsRead(String page) throws Exception {
        @Nullable String url = page.isEmpty() ? null : page;
        JobRun run = JobRun.builder("unit", JobType.PRESUBMIT, JobState.FAILURE)
                .repository(new Repository("o", "r#1 x%y?é+~@:"))
                .pulls(List.of(Pull.numbered(5)))
                .build("7", url)
                .build();
        try (FakeArtifactStore store = new FakeArtifactStore().add(DIRECTORY, ArtifactTree.TESTS.tree())) {
            store.authorize(new S3SignatureCheck(KEY, SECRET, "us-east-1"));
            Config config = config(store.address());
            try (ArtifactLocator locator = new ArtifactLocator(config, null, Duration.ofMinutes(30), CLOCK)) {
                Evidence evidence = locator.read(config, run).orElseThrow();

                assertThat(evidence.unread()).isEmpty();
                assertThat(evidence.tests().failedCount()).isEqualTo(3);
            }
        }
    }

    @Test
    void startedJsonShowsTheTestedCommit() throws Exception {
        JobRun run = unit("7");
        String commit = "a".repeat(40);
        try (FakeArtifactStore store = new FakeArtifactStore()
                .add(DIRECTORY, Map.of("started.json", ("{\"repo-commit\": \"" + commit + "\"}").getBytes(UTF_8)))) {
            store.authorize(new S3SignatureCheck(KEY, SECRET, "us-east-1"));
            Config config = config(store.address());
            try (ArtifactLocator locator = new ArtifactLocator(config, null, Duration.ofMinutes(30), CLOCK)) {
                assertThat(locator.repoCommit(config, run)).hasValue(commit);
                assertThat(locator.repoCommit(config, unit("8")))
                        .as("a run without started.json")
                        .hasValue("");
                store.close();
                assertThat(locator.repoCommit(config, run)).as("later").isEmpty();
            }
        }
    }

    private static JobRun unit(String build) {
        return JobRun.builder("unit", JobType.PRESUBMIT, JobState.SUCCESS)
                .repository(new Repository("o", "r#1 x%y?é+~@:"))
                .pulls(List.of(Pull.numbered(5)))
                .build(build, null)
                .build();
    }
}
