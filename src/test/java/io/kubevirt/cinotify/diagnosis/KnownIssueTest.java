// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.TrustedHosts;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import io.kubevirt.cinotify.yaml.ConfigValidator.KnownNames;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known issues explain a run only if they explain all of its failures. */
class KnownIssueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disk              | disk                     | 1  | true",
                "disk              | disk; network            | 2  | false",
                "disk              | disk hot; disk cold      | 2  | true",
                "disk              | disk                     | 2  | false",
                "disk/network      | disk; network            | 2  | true",
                "disk/network      | disk; network; compute   | 3  | false",
                "the message      | disk                     | 1  | true",
                "the message      | disk; network            | 2  | false",
                "the message      | [SynchronizedBeforeSuite]; [AfterSuite] | 2 | true",
                "the message      | [SynchronizedBeforeSuite]; disk         | 2 | false",
                "the message      | ''                       | 0  | true",
                "another line      | ''                       | 0  | false",
            })
    void aRunIsExplainedIfEveryFailedTestIs(String patterns, String tests, int failed, boolean explained) {
        List<KnownIssue> issues =
                Arrays.stream(patterns.split("/")).map(KnownIssueTest::issue).toList();

        assertThat(KnownIssue.explain(issues, symptoms(tests, failed))).isEqualTo(explained);
    }

    @Test
    void aTruncatedSignatureProvesNothingAboutSeveralTests() {
        Symptoms symptoms = new Symptoms("test: disk + network", List.of(), null, List.of("disk", "network"), 2, null);

        assertThat(issue("disk").matches(symptoms)).isTrue();
        assertThat(KnownIssue.explain(List.of(issue("test: disk")), symptoms)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disk | https://a.example/1 | https://prow.example.org/view/gs/a/logs/job/7 | | ''",
                "disk | https://a.example/1 | | the disk is gone | ''",
                "disk | a.example/1         | | the disk is gone | link: \"a.example/1\" is not a URL",
                "d*   | https://a.example/1 | | the disk is gone | pattern: matches every failure",
                "disk | https://a.example/1 | | the net is gone  | example: the pattern does not match it",
                "disk | https://a.example/1 | |                  | name: \"x\" has neither build nor example, so nothing shows that its pattern works",
                "disk | https://a.example/1 | https://evil.example.org/view/gs/a/logs/job/7 | | build: \"https://evil.example.org/view/gs/a/logs/job/7\" is not the URL of a run on a trusted host (host)",
            })
    void whatMakesNoSenseIsReported(String pattern, String link, String build, String example, String problem)
            throws Exception {
        ConfigValidator check = new ConfigValidator(YamlDocument.parse("known-issues.yaml", "{}"), KnownNames.NONE);
        LocalDate until = LocalDate.parse("2026-12-24");

        new KnownIssue("x", Pattern.compile(pattern), "me", link, until, false, build, example)
                .check(check, new RunUrlReader(TrustedHosts.of(List.of("prow.example.org"), List.of("a"))));

        assertThat(String.join(
                        "; ",
                        check.problems().stream().map(ConfigProblem::problem).toList()))
                .isEqualTo(problem);
    }

    private static Symptoms symptoms(String tests, int failed) {
        return new Symptoms(
                "x: y",
                List.of("before", "the message"),
                null,
                tests.isEmpty() ? List.of() : List.of(tests.split("; ")),
                failed,
                null);
    }

    private static KnownIssue issue(String pattern) {
        return new KnownIssue(
                pattern,
                Pattern.compile(pattern),
                "somebody",
                "https://example.org/1",
                LocalDate.of(2026, 7, 15),
                true,
                null,
                "x");
    }
}
