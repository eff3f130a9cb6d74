// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.EvidenceConfig.Log;
import io.kubevirt.cinotify.diagnosis.LineRule.LineKind;
import io.kubevirt.cinotify.routing.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BuiltInLogRulesTest {
    private static final String QUOTA = "Error: pods \"a\" is forbidden: exceeded quota: compute-resources";

    @Test
    void eachRuleMatchesItsExamplesBeforeAnyOther() {
        LineRules rules = BuiltInLogRules.with(Log.DEFAULTS, null, null);
        List<String> wrong = new ArrayList<>();
        for (LineRule rule : BuiltInLogRules.all()) {
            for (String line : rule.matches()) {
                String found = (rule.kind() == LineKind.ENVIRONMENT ? rules.environmentIn(line) : rules.ruleFor(line))
                        .map(LineRule::name)
                        .orElse("none");
                if (!found.equals(rule.name())) {
                    wrong.add(found + " instead of " + rule.name() + ": " + line);
                }
            }
            rule.nonMatches().stream()
                    .filter(line -> rules.ruleFor(line).map(LineRule::name).equals(Optional.of(rule.name())))
                    .forEach(line -> wrong.add(rule.name() + ": " + line));
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void eachRuleHasWhatASettingNeeds() {
        assertThat(BuiltInLogRules.all()).allSatisfy(rule -> {
            assertThat(rule.matches()).isNotEmpty();
            assertThat(rule.patterns()).isNotEmpty();
            assertThat(rule.kind() == LineKind.NOISE || rule.cause() != null && rule.summary() != null)
                    .isTrue();
        });
        assertThat(BuiltInLogRules.all()).extracting(LineRule::name).doesNotHaveDuplicates();
    }

    @Test
    void aRuleOfTheSettingsComesFirstAndReplacesTheOneOfItsName() {
        LineRules rules =
                with(null, rule("quota", LineKind.NOISE, "quota"), rule("mine", LineKind.CAUSE, "lint failed"));

        assertThat(rules.ruleFor(QUOTA)).map(LineRule::kind).contains(LineKind.NOISE);
        assertThat(rules.ruleFor("code: QUOTA_EXCEEDED")).isEmpty();
        assertThat(rules.ruleFor("lint failed: toomanyrequests: x"))
                .map(LineRule::name)
                .contains("mine");
        assertThat(rules.ruleFor("+ make test").isPresent()).isFalse();
        assertThat(rules.begins("+ make test")).isTrue();
    }

    @Test
    void aHintOfTheSettingsComesAfterTheBuiltInCauses() {
        LineRules rules = with(null, rule("mine", LineKind.HINT, "Error"));

        assertThat(rules.ruleFor(QUOTA)).map(LineRule::name).contains("quota");
        assertThat(rules.ruleFor("Error: something")).map(LineRule::name).contains("mine");
    }

    @Test
    void theSettingsCanSwitchTheBuiltInRulesOff() {
        assertThat(with(false).ruleFor(QUOTA)).isEmpty();
        assertThat(with(false).begins("+ make test")).isFalse();
    }

    @Test
    void areasAreThoseOfTheSettings() {
        LineRules rules = BuiltInLogRules.with(Log.DEFAULTS, "metal", "clusters");

        assertThat(rules.ruleFor("kernel: NVRM: Xid (PCI:0000:65:00): 79").map(LineRule::area))
                .contains("metal");
        assertThat(rules.ruleFor("ERROR: failed to create cluster: x").map(LineRule::area))
                .contains("clusters");
        assertThat(rules.ruleFor(QUOTA)).map(LineRule::area).isEmpty();
    }

    private static LineRules with(@Nullable Boolean builtIn, LineRule... rules) {
        return BuiltInLogRules.with(new Log(List.of(), List.of(), List.of(rules), builtIn), null, null);
    }

    private static LineRule rule(String name, LineKind kind, String pattern) {
        return new LineRule(
                name,
                kind,
                List.of(Pattern.compile(pattern)),
                Cause.INFRASTRUCTURE,
                null,
                null,
                "words",
                null,
                List.of(),
                List.of());
    }
}
