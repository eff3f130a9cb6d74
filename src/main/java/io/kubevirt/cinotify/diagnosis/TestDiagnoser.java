// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.Evidence.TestMessage;
import io.kubevirt.cinotify.diagnosis.Diagnosis.Ambiguity;
import io.kubevirt.cinotify.diagnosis.EvidenceConfig.EvidenceRules;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.FailingTests;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.Routing;
import io.kubevirt.cinotify.text.Plural;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Diagnoses a run by the tests that failed: whose they are, unless their messages show that something else failed them. */
final class TestDiagnoser {
    private static final int MANY_TESTS = 5;

    /** Enough if they are of several SIGs, which share little but the cluster. */
    private static final int SEVERAL_TESTS = 3;

    private final EvidenceRules rules;
    private final Routing routing;
    private final Map<Cause, String> areas;

    TestDiagnoser(EvidenceRules rules, Routing routing, Map<Cause, String> areas) {
        this.rules = rules;
        this.routing = routing;
        this.areas = areas;
    }

    /** Tests that failed for good; those that passed when they ran again are no cause if anything else is. */
    Optional<Diagnosis> diagnose(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        FailingTests tests = new FailingTests(evidence.tests().failedForGood()).withoutSuite();
        if (tests.names().isEmpty() || tests.areSetupOnly()) {
            return Optional.empty();
        }
        return Optional.of(environment(evidence, tests, factory)
                .or(() -> stopped(evidence, tests, factory))
                .orElseGet(() -> brokenNode(evidence, oneMessage(evidence, tests, byTags(tests, factory))))
                .with(symptoms.ofTests()));
    }

    /** Guests print such lines as well. */
    private Diagnosis brokenNode(Evidence evidence, Diagnosis byTags) {
        return LogAnalyzer.findCause(rules.lines(), evidence.log())
                .map(line -> Objects.requireNonNullElse(line.survived(), line))
                .filter(line -> line.isSure() && isOfNode(line.rule()))
                .map(line -> byTags.withConfidence(Confidence.MEDIUM)
                        .because("the node may be broken (line: " + line.text().strip() + ")"))
                .orElse(byTags);
    }

    private boolean isOfNode(@Nullable LineRule rule) {
        return rule != null
                && rule.cause() == Cause.INFRASTRUCTURE
                && rule.area() != null
                && rule.area().equals(rules.nodeArea());
    }

    Diagnosis byTags(FailingTests tests, DiagnosisFactory factory) {
        return routing.route(tests)
                .map(factory::byRoute)
                .orElseGet(() -> factory.bySigOfLane(
                        Cause.TEST,
                        "untagged-tests",
                        tests.names().size() == 1
                                ? "the failing test has no SIG tag; it belongs to the SIG of the lane"
                                : tests.names().size()
                                        + " failing tests have no SIG tag; they belong to the SIG of the lane"));
    }

    /** Many tests that fail with the same words may share a cause that no rule knows. */
    private Diagnosis oneMessage(Evidence evidence, FailingTests tests, Diagnosis byTags) {
        List<TestMessage> messages = evidence.tests().messages().stream()
                .filter(message -> tests.names().contains(message.test()))
                .toList();
        long failed = messages.stream().map(TestMessage::test).distinct().count();
        long texts = messages.stream()
                .map(message -> SignatureNormalizer.normalize(message.text().strip()))
                .distinct()
                .count();
        return failed < (routing.sigsOf(tests) > 1 ? SEVERAL_TESTS : MANY_TESTS) || texts > 1
                ? byTags
                : byTags.withConfidence(Confidence.MEDIUM)
                        .because("all " + Plural.of(failed, "failing test")
                                + " have the same message, so they may share a cause outside of them");
    }

    /** Tests that all, or nearly all, complain about the cluster under test do not prove that the fault is theirs. */
    private Optional<Diagnosis> environment(Evidence evidence, FailingTests tests, DiagnosisFactory factory) {
        List<String> texts = evidence.tests().messages().stream()
                .filter(message -> tests.names().contains(message.test()))
                .map(TestMessage::text)
                .toList();
        Map<String, List<LineRule>> bySignature = texts.stream()
                .flatMap(text -> rules.lines().environmentIn(text).stream()
                        .map(rule -> Map.entry(rule.name() + rules.lines().detail(rule, text), rule)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        List<LineRule> complaints = bySignature.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
        if (complaints.isEmpty() || complaints.size() * 2 < texts.size()) {
            return Optional.empty();
        }
        LineRule rule = complaints.getFirst();
        int complaining = bySignature.values().stream().mapToInt(List::size).sum();
        // What follows from an outage has other words, so a few may differ.
        boolean most = complaining >= SEVERAL_TESTS && complaining * 5 > texts.size() * 4;
        boolean all = texts.size() > 1 && complaints.size() == texts.size();
        if (!most && !all) {
            return Optional.of(byTags(tests, factory)
                    .withConfidence(Confidence.MEDIUM)
                    .because(complaints.size() + " of them may fail because " + rule.summary()));
        }
        String area =
                Objects.requireNonNullElse(rule.area(), Objects.requireNonNullElse(rules.setupArea(), area(factory)));
        Route owner = routing.route(tests).orElse(factory.lane());
        return Optional.of(factory.withoutSig(
                        Objects.requireNonNullElse(rule.cause(), Cause.INFRASTRUCTURE),
                        area,
                        rule.name(),
                        "the messages of "
                                + (all
                                        ? "all failing tests (" + texts.size() + ")"
                                        : complaining + " of " + Plural.of(texts.size(), "failing test"))
                                + " show that " + rule.summary())
                .unclear("the cluster under test (area " + area + ")", Ambiguity.describeChange(owner)));
    }

    /** Tests during which the suite ran out of time. */
    private Optional<Diagnosis> stopped(Evidence evidence, FailingTests tests, DiagnosisFactory factory) {
        Set<String> stopped = evidence.tests().messages().stream()
                .filter(TestMessage::stopped)
                .map(TestMessage::test)
                .collect(Collectors.toSet());
        List<String> finished =
                tests.names().stream().filter(name -> !stopped.contains(name)).toList();
        if (stopped.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                finished.isEmpty()
                        ? factory.bySigOfLane(Cause.TEST, "stopped-tests", "the suite ended while its tests still ran")
                                .unclear(slowCluster(factory), Ambiguity.describeChange(factory.lane()))
                        : byTags(new FailingTests(finished), factory));
    }

    private String slowCluster(DiagnosisFactory factory) {
        return "a slow cluster (area " + Objects.requireNonNullElse(rules.setupArea(), area(factory)) + ")";
    }

    private String area(DiagnosisFactory factory) {
        return areas.getOrDefault(Cause.INFRASTRUCTURE, factory.lane().area());
    }
}
