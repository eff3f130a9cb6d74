// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import io.kubevirt.cinotify.yaml.ConfigValidator.KnownNames;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The block {@code prow}: what it reports, and what becomes of it. */
class ProwConfigTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {}                                             |
        {hosts: []}                                    | hosts: is empty, so no run would be trusted; add at least one entry
        {hosts: [prow.example.org, https://a/b]}       | hosts[1]: "https://a/b" is not a host; write it as prow.example.org, or with scheme and port as http://localhost:8080
        {buckets: []}                                  | buckets: is empty, so no run would be trusted; add at least one entry
        {buckets: [a, 's3://b/logs', ' ']}             | buckets[2]: " " is not a bucket; write it as name, gs://name or s3://name, optionally with /path
        {logins: [robot, 'app[bot]']}                  |
        {logins: [robot, '@robot']}                    | logins[1]: "@robot" is not a GitHub login; write it without @, and that of an App with [bot] and in quotes, such as "my-app[bot]"
        {annotationPrefix: Example.org}                | annotationPrefix: "Example.org" is not a valid prefix of an annotation; use a DNS name in lower case, such as ci-notify.example.org
        {github: 'https://github.example.com'}         |
        {github: github}                               | github: "github" is not the URL of the pages of a GitHub server; write scheme and host, such as https://github.example.com
        {jobPrefixes: {rehearse-: rehearse}}           |
        {jobPrefixes: {'': rehearse}}                  | jobPrefixes: an empty prefix matches every job; remove it
        """)
    void whatMakesNoSenseIsReportedWithItsPlaceAndAHint(String yaml, String problems) throws Exception {
        YamlDocument document = document(yaml);
        ConfigValidator check = new ConfigValidator(document, KnownNames.NONE);

        config(document).check(check);

        assertThat(check.problems().stream()
                        .map(problem -> problem.problem() + "; " + problem.hint())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(problems == null ? "" : problems);
        assertThat(check.problems()).extracting(ConfigProblem::line).allMatch(line -> line > 0);
    }

    @Test
    void whatItSaysIsApplied() throws Exception {
        ProwConfig config = config(document("""
                {hosts: [prow.example.org], buckets: ['s3://logs'], logins: [Robot], jobPrefixes: {rehearse-: rehearse},
                 pluginJobs: {canary: tide}, github: 'https://github.example.com'}
                """.strip()));

        assertThat(config.trustedHosts()).isEqualTo(TrustedHosts.of(List.of("prow.example.org"), List.of("s3://logs")));
        assertThat(config.gitHubServer().url()).isEqualTo("https://github.example.com");
        assertThat(config(document("{}")).gitHubServer()).isEqualTo(GitHubServer.PUBLIC);
        assertThat(config.isProw("robot")).as("GitHub ignores case").isTrue();
        assertThat(config.isProw("mallory")).isFalse();
        assertThat(config.pluginJobNames())
                .isEqualTo(new PluginJobNames(Map.of("rehearse-", "rehearse"), Map.of("canary", "tide")));
    }

    private static ProwConfig config(YamlDocument document) throws Exception {
        return JsonMapper.builder().build().treeToValue(document.root(), ProwConfig.class);
    }

    /** With what is required. */
    private static YamlDocument document(String yaml) throws Exception {
        StringBuilder whole = new StringBuilder("{");
        for (String required :
                new String[] {"hosts: [a.example.org]", "buckets: [a]", "annotationPrefix: a.example.org"}) {
            if (!yaml.contains(required.substring(0, required.indexOf(':') + 1))) {
                whole.append(required).append(", ");
            }
        }
        return YamlDocument.parse("prow.yaml", whole + yaml.substring(1));
    }
}
