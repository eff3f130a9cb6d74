// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import io.kubevirt.cinotify.yaml.ConfigValidator.KnownNames;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The block {@code evidence}: what it reports, and what becomes of it. */
class EvidenceBlockTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addDeserializer(Pattern.class, new BuiltInLogRules.PatternReader()))
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
    private static final KnownNames NAMES =
            new KnownNames(Set.of("metal", "operations"), Set.of("storage"), "sigs.yaml", Set.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {}                                                    |
        {nodeArea: metal, setupArea: operations}              |
        {endpoint: storage.example}                           | endpoint: "storage.example" is not the URL of an object store, such as https://storage.example.org
        {nodeArea: moon}                                      | nodeArea: unknown area "moon"
        {setupArea: moon}                                     | setupArea: unknown area "moon"
        {breadth: {lanes: 1}}                                 | breadth.lanes: is 1, must be at least 2
        {stores: [{bucket: a}, {bucket: 'file://b'}]}         | stores[1]: "file://b" is neither in Google Cloud Storage nor in S3
        {stores: [{bucket: a}, {bucket: a}]}                  | stores[1].bucket: another store has the bucket "a" (line 1)
        {log: {rules: [{name: a, patterns: [disk], matches: [the disk], cause: config, summary: s}]}} |
        {log: {rules: [{name: a, patterns: [disk], matches: [the disk], kind: noise}, {name: a, patterns: [cpu], matches: [cpu], kind: noise}]}} | log.rules[1].name: another rule has the name "a" (line 1)
        {log: {rules: [{name: a, patterns: [disk], matches: [the disk], kind: noise}, {name: b, patterns: [], matches: [cpu], kind: noise}]}} | log.rules[1].patterns: rule "b" has no pattern; log.rules[1].matches[0]: this line is matched by no rule instead of rule "b"
        {log: {rules: [{name: a, patterns: [disk], matches: [], kind: noise}]}} | log.rules[0].matches: rule "a" has no example, so nothing detects a change that breaks it
        {log: {rules: [{name: a, patterns: [disk], matches: [disk]}]}} | log.rules[0]: rule "a" has no cause or no summary
        {log: {rules: [{name: a, patterns: [disk], matches: [disk], cause: setup}]}} | log.rules[0]: rule "a" has no cause or no summary
        {log: {rules: [{name: a, patterns: [disk], matches: [disk], kind: environment}]}} | log.rules[0]: rule "a" has no cause or no summary
        {log: {rules: [{name: a, patterns: [disk], matches: [disk], kind: teardown, area: moon, sig: net}]}} | log.rules[0].area: unknown area "moon"; log.rules[0].sig: unknown SIG "net"
        {log: {rules: [{name: a, patterns: [disk], matches: [disk], kind: noise}, {name: b, patterns: [disk], matches: [cpu disk, disk], kind: noise}]}} | log.rules[1].matches[0]: this line is matched by rule "a" instead of rule "b"; log.rules[1].matches[1]: this line is matched by rule "a" instead of rule "b"
        {log: {rules: [{name: a, patterns: [disk], matches: [disk], nonMatches: [cpu, no disk], kind: noise}]}} | log.rules[0].nonMatches[1]: rule "a" matches this line, but must not
        {log: {rules: [{name: a, patterns: [disk], matches: [disk], kind: environment, cause: infrastructure, summary: s}]}} |
        """)
    void whatMakesNoSenseIsReportedWithItsPlace(String yaml, String problems) throws Exception {
        YamlDocument document = YamlDocument.parse("evidence.yaml", yaml);
        ConfigValidator check = new ConfigValidator(document, NAMES);

        config(yaml).check(check);

        assertThat(check.problems().stream().map(ConfigProblem::problem).collect(Collectors.joining("; ")))
                .isEqualTo(problems == null ? "" : problems);
        assertThat(check.problems())
                .allSatisfy(problem -> assertThat(problem.hint()).isNotEmpty());
    }

    @Test
    void itsRulesAreThoseOfTheSettingsAndTheBuiltInOnes() throws Exception {
        EvidenceConfig.EvidenceRules rules = config("""
                nodeArea: metal
                setupArea: operations
                testLanes: -e2e-
                log: {rules: [{name: own, patterns: [own line], matches: [own line], kind: noise}]}
                """).rules();

        assertThat(rules.expectTestsOf("pull-e2e-sig-storage")).isTrue();
        assertThat(rules.expectTestsOf("pull-unit")).isFalse();
        assertThat(rules.nodeArea()).isEqualTo("metal");
        assertThat(rules.setupArea()).isEqualTo("operations");
        assertThat(rules.lines().ruleFor("an own line").map(LineRule::name)).contains("own");
        assertThat(rules.lines().ruleFor("qemu-kvm: /dev/kvm: No such file or directory"))
                .hasValueSatisfying(rule -> {
                    assertThat(rule.name()).isEqualTo("hardware");
                    assertThat(rule.area()).isEqualTo("metal");
                });
    }

    @Test
    void withoutABlockOfLogsOnlyTheBuiltInRulesApplyAndWithoutThoseNone() throws Exception {
        assertThat(config("{}").rules().lines().ruleFor("toomanyrequests: rate limit"))
                .isPresent();
        assertThat(config("{}").rules().expectTestsOf("pull-e2e")).isFalse();
        assertThat(config("{log: {builtIn: false}}").rules().lines().ruleFor("toomanyrequests: rate limit"))
                .isEmpty();
    }

    private static EvidenceConfig config(String yaml) throws Exception {
        return MAPPER.treeToValue(YamlDocument.parse("evidence.yaml", yaml).root(), EvidenceConfig.class);
    }
}
