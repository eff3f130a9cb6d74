// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The plugin follows {@link ArchitectureRules}, and each rule finds the example that breaks it. */
class ArchitectureTest {

    private static final String ROOT = "io.kubevirt.cinotify";
    private static final String VIOLATIONS = ROOT + ".architecture.violations";

    @TestFactory
    Stream<DynamicTest> thePluginFollowsEachRule() {
        JavaClasses plugin = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
        return each(new ArchitectureRules(ROOT).all(), rule -> rule.check(plugin));
    }

    @TestFactory
    Stream<DynamicTest> eachRuleFindsItsViolation() {
        JavaClasses violations = new ClassFileImporter().importPackages(VIOLATIONS);
        return each(
                new ArchitectureRules(VIOLATIONS).all(),
                rule -> assertThat(rule.evaluate(violations).hasViolation()).isTrue());
    }

    @Test
    void aChannelMayNotUseAnother() {
        JavaClasses violations = new ClassFileImporter().importPackages(VIOLATIONS + ".notify");

        assertThat(new ArchitectureRules(VIOLATIONS)
                        .all()
                        .get("packages are ordered")
                        .evaluate(violations)
                        .getFailureReport()
                        .getDetails())
                .anySatisfy(
                        found -> assertThat(found).contains("notify.here.UsesAChannel", "notify.there.OtherChannel"));
    }

    private static Stream<DynamicTest> each(Map<String, ArchRule> rules, java.util.function.Consumer<ArchRule> check) {
        return rules.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> check.accept(rule.getValue())));
    }
}
