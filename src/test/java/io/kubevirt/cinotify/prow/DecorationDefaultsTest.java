// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DecorationDefaultsTest {
    private static final String ENTRIES = """
        plank:
          default_decoration_config_entries:
          - config: {gcs_configuration: {bucket: base, path_strategy: explicit}}
          - {cluster: build1, config: {gcs_configuration: {bucket: c1}}}
          - {repo: org, config: {gcs_configuration: {bucket: orgb, path_strategy: legacy, default_org: org}}}
          - {repo: org/repo, cluster: build1, config: {gcs_configuration: {bucket: both}}}
          - {repo: '*', cluster: '*', config: {gcs_configuration: {default_org: last}}}
        """;

    private static final String MAP = """
        plank:
          default_decoration_configs:
            foo.googlesource.com: {gcs_configuration: {bucket: gerr}}
            org/repo: {gcs_configuration: {bucket: repob}}
            org: {gcs_configuration: {bucket: orgb}}
            '*': {gcs_configuration: {bucket: base, path_strategy: explicit}}
        """;

    private final DecorationDefaults entries = read(ENTRIES);
    private final DecorationDefaults map = read(MAP);

    private static DecorationDefaults read(String yaml) {
        ProwSettings settings = ProwSettingsReader.read("config.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(settings.problems()).isEmpty();
        return settings.decoration();
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "/addresses/decoration.tsv",
            delimiter = '\t',
            numLinesToSkip = 1,
            emptyValue = "",
            quoteCharacter = '\0')
    void entriesMergeInOrder(
            String form, String inOrder, String repo, String cluster, String bucket, String strategy, String org) {
        GcsConfiguration found = (form.equals("map") ? map : entries).resolve(repo, cluster);

        assertThat(found.bucket()).isEqualTo(Bucket.parse(bucket));
        assertThat(String.valueOf(found.pathStrategy())).isEqualToIgnoringCase(strategy);
        assertThat(found.defaultOrg()).isEqualTo(org);
    }
}
