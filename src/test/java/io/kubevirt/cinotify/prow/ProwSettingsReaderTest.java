// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProwSettingsReaderTest {
    private static final String CONFIG = """
        prowjob_namespace: prow
        unknown_key_of_a_newer_prow: {a: [1]}
        plank:
          JOB_URL_PREFIX_CONFIG:
            '*': https://prow.example.org/view/
            private: https://internal.example.org/view/
          default_decoration_config_entries:
          - config: {gcs_configuration: {bucket: 's3://logs', path_strategy: legacy, default_org: o, default_repo: r}}
          - {repo: private, config: {gcs_configuration: {bucket: 'gs://private-logs/prow'}}}
        deck:
          hidden_repos: [private, o/secret]
          additional_allowed_buckets: [old-logs]
          spyglass:
            bucket_aliases: {older-logs: old-logs}
            lenses:
            - {lens: {name: junit}, required_files: [artifacts/junit.*], optional_files: null}
        slack_reporter_configs:
          '*': {channel: ci, job_states_to_report: [failure]}
          o/r: {channel: r, report: false}
        github_reporter: {no_comment_repos: [o/quiet]}
        in_repo_config: {enabled: {'*': false, o: true}}
        presets:
        - {labels: {preset-target: 'true', size: 4}, env: [{name: TARGET, value: k8s-1.34}, {name: SECRET, valueFrom: {}}]}
        """;

    private static ProwSettings read(String yaml) {
        return ProwSettingsReader.read("config.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everythingUsedIsReadAndTheRestIgnored() {
        ProwSettings prow = read(CONFIG);

        assertThat(prow.problems()).isEmpty();
        assertThat(prow.namespaces().prowJobs() + " " + prow.namespaces().pods())
                .isEqualTo("prow default");
        assertThat(prow.isHidden(Repository.of("o/secret"))).isTrue();
        assertThat(prow.isHidden(Repository.of("private/x"))).isTrue();
        assertThat(prow.isHidden(Repository.of("o/r"))).isFalse();
        assertThat(prow.presets()).singleElement().satisfies(preset -> {
            assertThat(preset.env()).isEqualTo(Map.of("TARGET", "k8s-1.34"));
            assertThat(preset.appliesTo(Map.of("preset-target", "true", "size", "4", "x", "y")))
                    .isTrue();
            assertThat(preset.appliesTo(Map.of("size", "4"))).isFalse();
        });
    }

    /** As Prow reads it, with sigs.k8s.io/yaml. */
    @ParameterizedTest
    @ValueSource(
            strings = {"%s---\n", "%s---\na: [\n", "---\n%s", "pod_namespace: first\n%s", "a:\tb\n%s", "a: {}\t# c\n%s"
            })
    void whatProwAcceptsLosesNothing(String text) {
        ProwSettings prow =
                read(text.formatted("pod_namespace: pods\nplank:\n  job_url_prefix_config: {'*': 'https://h/'}\n"));

        assertThat(prow.problems()).isEmpty();
        assertThat(prow.namespaces().pods()).isEqualTo("pods");
        assertThat(prow.pages().byRepository()).containsOnlyKeys("*");
    }

    @ParameterizedTest
    @CsvSource({
        "https://prow.example.org/view/s3/logs/pr-logs/pull/5/unit/7, s3://logs/pr-logs/pull/5/unit/7",
        "https://internal.example.org/view/gs/private-logs/prow/logs/x/7, gs://private-logs/prow/logs/x/7",
        "https://prow.example.org/view/gs/older-logs/logs/x/7, gs://old-logs/logs/x/7",
        "https://prow.example.org/view/gs/private-logs/other/logs/x/7, ",
        "https://prow.example.org/view/gs/logs/logs/x/7, ",
        "https://prow.example.org/view/prowjob/unit/7, "
    })
    void theHostsAndBucketsInItAreTrusted(String url, String directory) {
        RunUrlReader reader = new RunUrlReader(TrustedHosts.of(List.of(), List.of()), read(CONFIG));

        assertThat(reader.read(url).found().map(RunUrl::directory).map(RunDirectory::toString))
                .isEqualTo(Optional.ofNullable(directory));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plank: {job_url_prefix_config: {o: 'a b'}} | plank.job_url_prefix_config.o: \"a b\" is not the beginning"
                        + " of a URL",
                "plank: {job_url_prefix_config: {o: 'http://h/', '*': 'https://h/'}} | plank.job_url_prefix_config.*:"
                        + " the prefixes of h conflict: one begins with http, one with https",
                "plank: {default_decoration_config_entries: [{config: {gcs_configuration: {bucket: 'file:///x'}}}]} |"
                        + " plank.default_decoration_config_entries[0].config.gcs_configuration.bucket: \"file:///x\" is"
                        + " not a bucket",
                "plank: {default_decoration_configs: {'*': {gcs_configuration: {bucket: 'azure://x'}}}} |"
                        + " plank.default_decoration_configs.*.gcs_configuration.bucket: the artifacts in \"azure://x\""
                        + " cannot be read: unknown scheme azure",
                "plank: {default_decoration_configs: {'*': {gcs_configuration: {path_strategy: new}}}} |"
                        + " plank.default_decoration_configs.*.gcs_configuration.path_strategy: unknown path strategy"
                        + " \"new\"",
                "plank: {default_decoration_configs: {'*': {}}, default_decoration_config_entries: [{}]} |"
                        + " plank.default_decoration_configs: default_decoration_configs is ignored beside"
                        + " default_decoration_config_entries",
                "presets: {a: b} | presets: an invalid value",
                "plank: [a] | plank: an invalid value",
                "[a] | an invalid value",
                "'a: [' | not valid YAML: expected the node content, but found '<stream end>'"
            })
    void aBadValueIsOneProblemWithItsLineAndTheRestWorks(String yaml, String problem) {
        ProwSettings prow = read(yaml.startsWith("[") || yaml.startsWith("a:") ? yaml : "pod_namespace: pods\n" + yaml);

        assertThat(prow.problems())
                .singleElement()
                .extracting(ConfigProblem::problem)
                .isEqualTo(problem);
        assertThat(prow.problems().getFirst().line()).isNotNull();
        if (yaml.contains("plank") || yaml.contains("presets")) {
            assertThat(prow.namespaces().pods()).isEqualTo("pods");
            assertThat(prow.problems().getFirst().line()).isEqualTo(2);
        }
    }

    /** The ProwJob wins over the default, its URL over both. */
    @Test
    void theStorageOfAProwJobDecidesWhereItsArtifactsAre() throws IOException {
        RunUrlReader reader = new RunUrlReader(TrustedHosts.of(List.of(), List.of()), read(CONFIG));
        String prowJob = """
            {"spec": {"job": "unit", "type": "presubmit", "refs": {"org": "o", "repo": "r", "pulls": [{"number": 5}]},
              "decoration_config": {"gcs_configuration": {"bucket": "%s", "path_strategy": "single",
                "default_org": "o", "default_repo": "other", "job_url_prefix": "%s"}}},
             "status": {"state": "failure", "build_id": "7", "url": "%s"}}""";

        assertThat(page(reader, prowJob.formatted("old-logs", "", "https://jenkins.example.org/job/7")))
                .isEqualTo("https://prow.example.org/view/gs/old-logs/pr-logs/pull/o_r/5/unit/7");
        assertThat(page(reader, prowJob.formatted("old-logs", "", "https://prow.example.org/view/s3/logs/logs/a/7")))
                .isEqualTo("https://prow.example.org/view/s3/logs/logs/a/7");
        assertThat(page(reader, prowJob.formatted("evil", "", "")))
                .as("of an untrusted bucket")
                .isNull();
        assertThat(page(reader, prowJob.formatted("old-logs", "https://evil.org/", "")))
                .as("on an untrusted host")
                .isNull();
        assertThat(page(reader, prowJob.formatted("old-logs", "a%zz b", ""))).isNotNull();
    }

    private static String page(RunUrlReader urls, String prowJob) throws IOException {
        RunParseResult read = new ProwJobReader(urls).read(new ObjectMapper().readTree(prowJob), Instant.EPOCH);
        return ((RunParseResult.Run) read).run().url();
    }
}
