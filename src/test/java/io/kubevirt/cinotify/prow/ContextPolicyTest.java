// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What blocks merging (blocking.tsv, tide-policy.txt), as Prow's own packages decide it. */
class ContextPolicyTest {
    private static final List<Job> JOBS = jobs("""
        - {name: always, always_run: true}
        - {name: manual}
        - {name: cond, run_if_changed: x}
        - {name: opt, always_run: true, optional: true}
        - {name: silent, always_run: true, skip_report: true}
        - {name: other-branch, always_run: true, branches: [release]}
        """);

    private static final String PROTECTED = """
        branch-protection:
          orgs: {%s: {protect: %s, require_manually_triggered_jobs: true, required_status_checks: {contexts: [dco]}}}
        """;
    private static final String FROM_PROTECTION = "tide: {context_options: {from-branch-protection: true}}\n";

    /** The configurations whose results the file has, in its order. */
    private static final List<String> CONFIGS = List.of(
            "{}",
            PROTECTED.formatted("org", true),
            PROTECTED.formatted("org", true) + FROM_PROTECTION,
            PROTECTED.formatted("other", true) + FROM_PROTECTION,
            PROTECTED.formatted("org", null) + FROM_PROTECTION,
            """
            branch-protection:
              protect-tested-repos: true
              orgs: {org: {required_status_checks: {contexts: [dco]}}}
            """ + FROM_PROTECTION,
            "tide: {context_options: {skip-unknown-contexts: true}}",
            """
            tide:
              context_options:
                required-contexts: [ext-req]
                orgs:
                  org:
                    optional-regex-contexts: [^bot-]
                    repos: {repo: {optional-contexts: [ext-opt], branches: {main: {required-if-present-contexts: [ext-rip]}}}}
            """,
            "tide: {context_options: {skip-unknown-contexts: true, optional-contexts: [always]}}",
            "tide: {context_options: {optional-regex-contexts: [^alw]}}",
            "tide: {context_options: {optional-regex-contexts: [^cond$]}}");

    private static List<Job> jobs(String list) {
        JobConfigFile file = JobConfigFile.parse("jobs.yaml", "presubmits:\n  org/repo:\n" + list.indent(2));
        assertThat(file.problems()).isEmpty();
        return file.jobs();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/addresses/blocking.tsv", delimiter = '\t', numLinesToSkip = 1)
    void aPresubmitBlocksByItsClass(
            boolean always,
            boolean optional,
            boolean skipReport,
            boolean ifChanged,
            boolean unlessOnly,
            boolean beforeMerge,
            boolean requireManual,
            String need,
            boolean contextRequired,
            boolean ifRed,
            boolean ifAbsent) {
        Job job = jobs("- {name: j, always_run: %s, optional: %s, skip_report: %s, run_before_merge: %s%s%s}"
                        .formatted(
                                always,
                                optional,
                                skipReport,
                                beforeMerge,
                                ifChanged ? ", run_if_changed: x" : "",
                                unlessOnly ? ", skip_if_only_changed: x" : ""))
                .getFirst();

        Need found = Need.of(job, requireManual);
        assertThat(found.name().replace('_', '-')).isEqualToIgnoringCase(need);
        assertThat(found.blocks()).isEqualTo(ifRed).isEqualTo(contextRequired);
        assertThat(found == Need.REQUIRED).isEqualTo(ifAbsent);
    }

    record Expected(String name, String config, List<String> lines) {
        @Override
        public String toString() {
            return name;
        }

        Set<String> list(String key) {
            Matcher found = Pattern.compile(key + "=\\[([^]]*)]").matcher(lines.getFirst());
            assertThat(found.find()).isTrue();
            return names(found.group(1));
        }

        static Set<String> names(String blankSeparated) {
            Set<String> names = new TreeSet<>(List.of(blankSeparated.split(" ")));
            names.remove("");
            return names;
        }
    }

    static List<Expected> policies() throws IOException {
        Map<String, List<String>> blocks = new LinkedHashMap<>();
        String last = "";
        for (String line : Files.readAllLines(Path.of("src/test/resources/addresses/tide-policy.txt"))) {
            if (line.startsWith(" ")) {
                blocks.get(last).add(line.strip());
            } else {
                last = line;
                blocks.put(line, new ArrayList<>());
            }
        }
        assertThat(blocks).hasSameSizeAs(CONFIGS);
        List<String> names = List.copyOf(blocks.keySet());
        return names.stream()
                .map(name -> new Expected(name, CONFIGS.get(names.indexOf(name)), blocks.get(name)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void tideWaitsForWhatItsPolicySays(Expected expected) {
        ProwSettings prow =
                ProwSettingsReader.read("config.yaml", expected.config().getBytes(StandardCharsets.UTF_8));
        assertThat(prow.problems()).isEmpty();
        if (expected.lines().isEmpty()) {
            assertThatIllegalArgumentException().isThrownBy(() -> policy(prow));
            return;
        }
        ContextPolicy policy = policy(prow);

        assertThat(policy.required()).isEqualTo(expected.list("required"));
        assertThat(policy.requiredIfPresent()).isEqualTo(expected.list("ifpresent"));
        assertThat(policy.optional()).isEqualTo(expected.list("optional"));
        Matcher blocks = Pattern.compile("([a-z-]+)=(true|false)")
                .matcher(expected.lines().get(1));
        int checked = 0;
        for (; blocks.find(); checked++) {
            assertThat(policy.blocks(blocks.group(1)))
                    .as(blocks.group(1))
                    .isEqualTo(blocks.group(2).equals("true"));
        }
        assertThat(checked).isEqualTo(11);
        assertThat(policy.required())
                .isEqualTo(Expected.names(expected.lines().get(2).replaceAll(".*\\[|]", "")));
    }

    private static ContextPolicy policy(ProwSettings prow) {
        return prow.tide().policy(Repository.of("org/repo"), "main", JOBS);
    }

    @ParameterizedTest
    @CsvSource({
        "PRESUBMIT, is-optional, true, OPTIONAL",
        "PRESUBMIT, is-optional, false, REQUIRED_IF_PRESENT",
        "PRESUBMIT, none, '', UNKNOWN",
        "PRESUBMIT, created-by-tide, true, REQUIRED_IF_PRESENT",
        "PERIODIC, none, '', OPTIONAL"
    })
    void withoutItsJobTheLabelsOfARunDecide(JobType type, String label, String value, Need need) {
        String name = label.equals("is-optional") ? "prow.k8s.io/is-optional" : label;
        JobRun run = JobRun.builder("j", type, JobState.FAILURE)
                .labels(Map.of(name, value))
                .build();

        assertThat(Need.of(run, Optional.empty())).isEqualTo(need);
    }

    @Test
    void theContextOfTideNeverBlocks() {
        Predicate<String> blocks = policy(ProwSettings.NONE)::blocks;
        assertThat(blocks).accepts("always", "unknown").rejects("tide", "opt");
    }
}
