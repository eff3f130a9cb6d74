// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.ArtifactFile;
import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.Evidence.CloneFailure;
import io.kubevirt.cinotify.artifacts.Evidence.FinishedMetadata;
import io.kubevirt.cinotify.artifacts.Evidence.TestMessage;
import io.kubevirt.cinotify.artifacts.PodInfo;
import io.kubevirt.cinotify.diagnosis.Diagnosis.Ambiguity;
import io.kubevirt.cinotify.diagnosis.EvidenceConfig.EvidenceRules;
import io.kubevirt.cinotify.diagnosis.LogAnalyzer.CauseLine;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobType;
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

/** Diagnoses a run by its artifacts, in the order of design.md section 6; the first step that finds a cause wins. */
final class ArtifactDiagnoser {
    /** What Git says of a commit that was replaced, or has not arrived at a replica. */
    private static final Pattern MISSING_COMMIT = Pattern.compile(
            "(?i)not our ref|couldn't find remote ref|reference is not a tree|unable to read tree|bad object"
                    + "|pathspec .* did not match|not something we can merge|invalid reference"
                    + "|unadvertised object");

    private static final int MANY_TESTS = 5;

    /** Enough if they are of several SIGs, which share little but the cluster. */
    private static final int SEVERAL_TESTS = 3;

    private final EvidenceRules rules;
    private final Routing routing;
    private final Map<Cause, String> areas;

    ArtifactDiagnoser(EvidenceRules rules, Routing routing, Map<Cause, String> areas) {
        this.rules = rules;
        this.routing = routing;
        this.areas = areas;
    }

    /** The diagnosis of a run whose description does not explain the failure; empty if no artifact could be read. */
    Optional<Diagnosis> diagnose(JobRun run, Evidence evidence, Route lane, List<String> trace) {
        evidence.unread().stream()
                .map(ArtifactFile::toString)
                .map(file -> "artifact " + file)
                .forEach(trace::add);
        if (evidence.isEmpty()) {
            trace.add("no evidence: none of the artifacts of the run could be read");
            return Optional.empty();
        }
        SymptomExtractor symptoms = new SymptomExtractor(rules.lines(), run, evidence);
        DiagnosisFactory factory = new DiagnosisFactory(lane, trace);
        return sourcesProblem(evidence, symptoms, factory)
                .or(() -> pod(evidence, symptoms, factory))
                .or(() -> tests(evidence, symptoms, factory))
                .or(() -> afterPassedTests(evidence, symptoms, factory))
                .or(() -> line(evidence, symptoms, factory))
                .or(() -> noTests(run, evidence, symptoms, factory));
    }

    private Optional<Diagnosis> sourcesProblem(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        CloneFailure clone = evidence.cloneFailure();
        if (clone == null) {
            return Optional.empty();
        }
        String repository = clone.repository();
        if (MISSING_COMMIT.matcher(clone.gitOutput()).find()) {
            String area = area(Cause.INFRASTRUCTURE, factory);
            return Optional.of(factory.withoutSig(
                            Cause.INFRASTRUCTURE, area, "commit-missing", "a commit of " + repository + " is not there")
                    .unclear(
                            "a server of the repository that is behind (area " + area + ")",
                            "the author, who replaced the commit")
                    .with(symptoms.ofMessage("commit-missing", clone.gitOutput())));
        }
        return Optional.of(
                clone.conflict()
                        ? factory.bySigOfLane(Cause.BUILD, "merge-conflict", "the change conflicts with " + repository)
                                .with(symptoms.ofMessage("merge-conflict", clone.gitOutput()))
                        : factory.withoutSig(
                                        Cause.INFRASTRUCTURE,
                                        area(Cause.INFRASTRUCTURE, factory),
                                        "clone-failure",
                                        "the sources of " + repository + " could not be fetched")
                                .with(symptoms.ofMessage("clone-failure", clone.gitOutput())));
    }

    private Optional<Diagnosis> pod(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        Optional<PodInfo.PodProblem> problem =
                evidence.pod().problems().stream().findFirst();
        if (problem.isPresent()) {
            return Optional.of(podProblem(problem.get(), evidence, factory).with(symptoms.ofPodProblem(problem.get())));
        }
        FinishedMetadata finish = evidence.finished();
        if (finish != null && finish.result().equals("ABORTED")) {
            return Optional.of(factory.withoutSig(
                            Cause.ABORTED,
                            area(Cause.INFRASTRUCTURE, factory),
                            "aborted",
                            "finished.json reports ABORTED, so the run was stopped from outside")
                    .with(symptoms.ofMessage("aborted", finish.result())));
        }
        return finish != null && finish.writtenByCrier()
                ? Optional.of(factory.withoutSig(
                                Cause.INFRASTRUCTURE,
                                area(Cause.INFRASTRUCTURE, factory),
                                "pod-never-finished",
                                "Prow wrote finished.json itself, because the pod never finished")
                        .with(symptoms.ofMessage("pod-never-finished", finish.result())))
                : Optional.empty();
    }

    private Diagnosis podProblem(PodInfo.PodProblem problem, Evidence evidence, DiagnosisFactory factory) {
        String node = evidence.pod().node() == null
                ? "an unknown node"
                : "node " + evidence.pod().node();
        String message = problem.message().isEmpty() ? "" : ": " + problem.message();
        return switch (problem.kind()) {
            case NODE ->
                factory.withoutSig(
                        Cause.INFRASTRUCTURE,
                        Objects.requireNonNullElse(rules.nodeArea(), area(Cause.INFRASTRUCTURE, factory)),
                        "node",
                        node + " ended the pod: " + problem.reason() + message);
            case MEMORY ->
                factory.withoutSig(
                        Cause.CONFIG,
                        area(Cause.CONFIG, factory),
                        "out-of-memory",
                        container(problem) + " exceeded its memory limit: " + problem.reason() + message);
            case WAITING -> neverStarted(problem, factory);
        };
    }

    private Diagnosis neverStarted(PodInfo.PodProblem problem, DiagnosisFactory factory) {
        Optional<LineRule> rule = rules.lines()
                .ruleFor(problem.message())
                .filter(known -> known.cause() == Cause.CONFIG || known.cause() == Cause.INFRASTRUCTURE);
        Cause cause = rule.map(LineRule::cause).orElse(Cause.INFRASTRUCTURE);
        return factory.withoutSig(
                cause,
                rule.map(LineRule::area).orElseGet(() -> area(cause, factory)),
                rule.map(LineRule::name).orElse("pod-waiting"),
                "the pod did not start: " + problem.message());
    }

    private static String container(PodInfo.PodProblem problem) {
        return problem.container() == null
                ? "a container"
                : (problem.isOfProw() ? "Prow's own container " : "the container ") + problem.container();
    }

    /** Tests that failed for good; those that passed when they ran again are no cause if anything else is. */
    private Optional<Diagnosis> tests(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
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

    private Diagnosis byTags(FailingTests tests, DiagnosisFactory factory) {
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

    /** Tests that all complain about the cluster under test do not prove that the fault is theirs. */
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
        if (complaints.size() < texts.size() || texts.size() == 1) {
            return Optional.of(byTags(tests, factory)
                    .withConfidence(Confidence.MEDIUM)
                    .because(complaints.size() + " of them may fail because " + rule.summary()));
        }
        String area = Objects.requireNonNullElse(
                rule.area(), Objects.requireNonNullElse(rules.setupArea(), area(Cause.INFRASTRUCTURE, factory)));
        Route owner = routing.route(tests).orElse(factory.lane());
        return Optional.of(factory.withoutSig(
                        Objects.requireNonNullElse(rule.cause(), Cause.INFRASTRUCTURE),
                        area,
                        rule.name(),
                        "the messages of all failing tests (" + texts.size() + ") show that " + rule.summary())
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
        return "a slow cluster (area "
                + Objects.requireNonNullElse(rules.setupArea(), area(Cause.INFRASTRUCTURE, factory)) + ")";
    }

    /** Of a run whose tests all passed, some of them when they ran again. */
    private Optional<Diagnosis> afterPassedTests(
            Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        if (evidence.tests().ran() == 0
                || !new FailingTests(evidence.tests().failedForGood()).areStepsOnly()
                || evidence.hasUnreadTests()) {
            return Optional.empty();
        }
        FailingTests flaky = new FailingTests(evidence.tests().flaky());
        Optional<CauseLine> line = LogAnalyzer.findCause(rules.lines(), evidence.log());
        Optional<Cause> cause = line.map(CauseLine::rule).map(LineRule::cause);
        Optional<CauseLine> teardown =
                line.isPresent() ? Optional.empty() : LogAnalyzer.findTeardown(rules.lines(), evidence.log());
        if (teardown.isEmpty()
                && !flaky.names().isEmpty()
                && (line.isEmpty() || cause.equals(Optional.of(Cause.TEST)))) {
            return Optional.of(byTags(flaky, factory)
                    .withConfidence(Confidence.MEDIUM)
                    .because("the tests passed when they ran again, and nothing else failed")
                    .with(symptoms.ofTests()));
        }
        return teardown.map(failed -> teardown(failed, factory).with(symptoms.ofLine(failed)));
    }

    private Diagnosis teardown(CauseLine line, DiagnosisFactory factory) {
        LineRule rule = Objects.requireNonNull(line.rule());
        Cause cause = Objects.requireNonNullElse(rule.cause(), Cause.INFRASTRUCTURE);
        return factory.withoutSig(
                        cause,
                        Objects.requireNonNullElse(rule.area(), area(cause, factory)),
                        rule.name(),
                        "all tests passed, and then the teardown failed")
                .withConfidence(Confidence.MEDIUM);
    }

    private Optional<Diagnosis> line(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        Optional<CauseLine> found = LogAnalyzer.findCause(rules.lines(), evidence.log());
        LineRule rule = found.map(CauseLine::rule).orElse(null);
        if (found.isEmpty() || rule == null) {
            return Optional.empty();
        }
        Cause cause = Objects.requireNonNullElse(rule.cause(), Cause.INFRASTRUCTURE);
        CauseLine survived = found.get().survived();
        String because = rule.summary() + " (line: " + found.get().text().strip() + ")"
                + (survived == null ? "" : "; before it: " + survived.text().strip());
        Confidence confidence = found.get().isSure() ? Confidence.HIGH : Confidence.MEDIUM;
        boolean ofLane = rule.sig() == null && (cause == Cause.TEST || cause == Cause.BUILD);
        Diagnosis diagnosis = ofLane
                ? factory.bySigOfLane(cause, rule.name(), because)
                : factory.withoutSig(cause, area(cause, factory), rule.name(), because);
        diagnosis = diagnosis
                .withSigAndArea(
                        Objects.requireNonNullElse(rule.sig(), diagnosis.sig()),
                        Objects.requireNonNullElse(rule.area(), diagnosis.area()))
                .withConfidence(confidence)
                .with(symptoms.ofLine(found.get()));
        if (rule.otherwise() == null) {
            return Optional.of(diagnosis);
        }
        return Optional.of(
                ofLane
                        ? diagnosis.unclear(rule.otherwise(), Ambiguity.describeChange(factory.lane()))
                        : diagnosis.unclear(rule.summary() + " (area " + diagnosis.area() + ")", rule.otherwise()));
    }

    private Optional<Diagnosis> noTests(
            JobRun run, Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        boolean suite = new FailingTests(evidence.tests().failedForGood()).areSetupOnly();
        boolean before = evidence.hasNoTests() && rules.expectTestsOf(run.job());
        Symptoms shown = suite && !evidence.tests().failureMessage().isEmpty()
                ? symptoms.ofSuite()
                : LogAnalyzer.findCause(rules.lines(), evidence.log())
                        .map(symptoms::ofLine)
                        .orElseGet(symptoms::ofNothing);
        if (suite && new FailingTests(evidence.tests().failedForGood()).areTeardownOnly()) {
            String area = Objects.requireNonNullElse(rules.setupArea(), area(Cause.INFRASTRUCTURE, factory));
            return Optional.of(factory.withoutSig(
                            Cause.INFRASTRUCTURE, area, "teardown", "no test failed, and then the teardown failed")
                    .withConfidence(Confidence.MEDIUM)
                    .with(shown));
        }
        if (suite) {
            return Optional.of(
                    factory.bySigOfLane(Cause.SETUP, "suite", "no test failed, only the setup or teardown of the suite")
                            .withConfidence(Confidence.MEDIUM)
                            .with(shown));
        }
        if (before) {
            return Optional.of(factory.diedBeforeTests(Objects.requireNonNullElse(
                            rules.setupArea(), factory.lane().area()))
                    .with(shown));
        }
        Diagnosis byLane = factory.byRoute(factory.lane()).with(shown);
        boolean unexplained = (run.type() == JobType.PRESUBMIT || run.type() == JobType.BATCH)
                && !evidence.log().lines().isEmpty()
                && rules.lines() != LineRules.NONE
                && (byLane.cause() == Cause.TEST || byLane.cause() == Cause.BUILD);
        return Optional.of(
                unexplained
                        ? byLane.unclear(
                                "something that its lanes share (area " + area(Cause.INFRASTRUCTURE, factory) + ")",
                                Ambiguity.describeChange(factory.lane()))
                        : byLane);
    }

    private String area(Cause cause, DiagnosisFactory factory) {
        return areas.getOrDefault(cause, factory.lane().area());
    }
}
