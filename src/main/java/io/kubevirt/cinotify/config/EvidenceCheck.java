// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.diagnosis.BreadthRules;
import io.kubevirt.cinotify.diagnosis.EvidenceRules;
import io.kubevirt.cinotify.diagnosis.LineRule;
import io.kubevirt.cinotify.diagnosis.LineRule.LineKind;
import io.kubevirt.cinotify.diagnosis.LineRules;
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tries the rules of evidence on the examples that stand beside them, and makes of them what the diagnosis takes. */
final class EvidenceCheck {

    private static final String SECTION = "evidence";
    private static final String BREADTH = "breadth";

    private final ConfigFile file;
    private final ConfigValidator names;

    EvidenceCheck(ConfigFile file, ConfigValidator names) {
        this.file = file;
        this.names = names;
    }

    static EvidenceRules read(ConfigFile file) {
        EvidenceConfig evidence = file.evidence();
        return evidence == null
                ? EvidenceRules.NONE
                : new EvidenceRules(
                        lines(evidence.log()), evidence.testLanes(), evidence.nodeArea(), evidence.setupArea());
    }

    private static LineRules lines(EvidenceConfig.@Nullable Log log) {
        return log == null
                ? LineRules.NONE
                : new LineRules(
                        log.rules(),
                        Objects.requireNonNullElse(log.begins(), List.of()),
                        Objects.requireNonNullElse(log.ends(), List.of()));
    }

    List<ConfigProblem> problems() {
        EvidenceConfig evidence = file.evidence();
        if (evidence == null) {
            return names.problems();
        }
        address(evidence);
        names.area(evidence.nodeArea(), SECTION, "nodeArea");
        names.area(evidence.setupArea(), SECTION, "setupArea");
        if (evidence.breadth() != null) {
            breadth(evidence.breadth());
        }
        if (evidence.log() != null) {
            rules(evidence.log().rules(), lines(evidence.log()));
        }
        return names.problems();
    }

    private void address(EvidenceConfig evidence) {
        try {
            evidence.address();
        } catch (IllegalArgumentException e) {
            names.report(String.valueOf(e.getMessage()), "mend the address", SECTION, "endpoint");
        }
    }

    private void breadth(BreadthBlock written) {
        BreadthRules rules = written.rules();
        // With less, every failure would be one of many.
        atLeast(rules.lanes(), 2, BreadthRules.DEFAULTS.lanes(), "lanes");
        atLeast(rules.pulls(), 1, BreadthRules.DEFAULTS.pulls(), "pulls");
        atLeast(rules.samePulls(), 1, BreadthRules.DEFAULTS.samePulls(), "samePulls");
        atLeast(rules.sameLanes(), 2, BreadthRules.DEFAULTS.sameLanes(), "sameLanes");
        above(rules.batch(), BreadthRules.DEFAULTS.batch(), "batch");
        above(rules.near(), BreadthRules.DEFAULTS.near(), "near");
        above(rules.forgotten(), BreadthRules.DEFAULTS.forgotten(), "forgotten");
    }

    private void atLeast(int number, int least, int usual, String key) {
        if (number < least) {
            names.report(
                    key + " is " + number + ", but at least " + least + " makes sense",
                    "write " + usual + ", or leave it out",
                    SECTION,
                    BREADTH,
                    key);
        }
    }

    private void above(Duration time, Duration usual, String key) {
        if (!time.isPositive()) {
            names.report(
                    key + " is no time above zero",
                    "write " + GoDuration.format(usual) + ", or leave it out",
                    SECTION,
                    BREADTH,
                    key);
        }
    }

    private void rules(List<LineRule> rules, LineRules all) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < rules.size(); index++) {
            LineRule rule = rules.get(index);
            if (!seen.add(rule.name())) {
                names.report(
                        "two rules are called \"" + rule.name() + "\"",
                        "give each a name of its own",
                        at(index, "name"));
            }
            complete(rule, index);
            names.area(rule.area(), at(index, "area"));
            names.sig(rule.sig(), at(index, "sig"));
            examples(rule, index, all);
        }
    }

    private void complete(LineRule rule, int index) {
        if (rule.patterns().isEmpty()) {
            names.report("rule \"" + rule.name() + "\" has no pattern", "add one to patterns", at(index, "patterns"));
        }
        if (rule.matches().isEmpty()) {
            names.report(
                    "rule \"" + rule.name() + "\" has no example, so that nobody sees when a change breaks it",
                    "add a line from a real log to matches",
                    at(index, "matches"));
        }
        if (rule.isCause() && (rule.cause() == null || rule.words() == null)) {
            names.report(
                    "rule \"" + rule.name() + "\" decides, but does not say what",
                    "add cause and words, or make it kind: " + LineKind.NOISE.value(),
                    at(index));
        }
    }

    private void examples(LineRule rule, int index, LineRules all) {
        for (int i = 0; i < rule.matches().size(); i++) {
            Optional<LineRule> found = all.ruleFor(rule.matches().get(i));
            if (!found.equals(Optional.of(rule))) {
                names.report(
                        "rule \"" + rule.name() + "\" does not take its example, but "
                                + found.map(other -> "rule \"" + other.name() + "\" does")
                                        .orElse("none does"),
                        "mend its patterns, their order, or the example",
                        at(index, "matches", i));
            }
        }
        for (int i = 0; i < rule.spares().size(); i++) {
            if (all.ruleFor(rule.spares().get(i)).equals(Optional.of(rule))) {
                names.report(
                        "rule \"" + rule.name() + "\" takes a line that it must leave alone",
                        "make its patterns stricter",
                        at(index, "spares", i));
            }
        }
    }

    private static Object[] at(Object... below) {
        List<Object> steps = new ArrayList<>(List.of(SECTION, "log", "rules"));
        steps.addAll(List.of(below));
        return steps.toArray();
    }
}
