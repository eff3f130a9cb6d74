// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.ArtifactFile;
import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.Evidence.CloneFailure;
import io.kubevirt.cinotify.artifacts.Evidence.FinishedMetadata;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Diagnoses a run by its artifacts, in the order of design.md section 6; the first step that finds a cause wins. */
final class ArtifactDiagnoser {
    /** What Git says of a commit that was replaced, or has not arrived at a replica. */
    private static final Pattern MISSING_COMMIT = Pattern.compile(
            "(?i)not our ref|couldn't find remote ref|reference is not a tree|unable to read tree|bad object"
                    + "|pathspec .* did not match|not something we can merge|invalid reference"
                    + "|unadvertised object");

    private final EvidenceRules rules;
    private final TestDiagnoser tests;
    private final Map<Cause, String> areas;

    ArtifactDiagnoser(EvidenceRules rules, Routing routing, Map<Cause, String> areas) {
        this.rules = rules;
        this.tests = new TestDiagnoser(rules, routing, areas);
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
                .or(() -> brokeAfterTests(evidence, symptoms, factory))
                .or(() -> tests.diagnose(evidence, symptoms, factory))
                .or(() -> afterPassedTests(evidence, symptoms, factory))
                .or(() -> line(evidence, symptoms, factory))
                .or(() -> suite(evidence, symptoms, factory))
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

    /** Of a run whose tests all passed at last: also where they are repeated to find flakes, what failed later is the cause. */
    private Optional<Diagnosis> brokeAfterTests(
            Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        List<String> failed = evidence.tests().failed();
        return failed.isEmpty() || !evidence.tests().passedToo().containsAll(failed)
                ? Optional.empty()
                : LogAnalyzer.findAfterTests(rules.lines(), evidence.log())
                        .map(line -> byLine(line, Objects.requireNonNull(line.rule()), symptoms, factory));
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
            return Optional.of(tests.byTags(flaky, factory)
                    .withConfidence(Confidence.MEDIUM)
                    .because("the tests passed when they ran again, and nothing else failed")
                    .with(symptoms.ofTests(flaky.names())));
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
        boolean onlySetupFailed = new FailingTests(evidence.tests().failedForGood()).areSetupOnly();
        return onlySetupFailed && rule.cause() == Cause.TEST
                ? Optional.empty()
                : Optional.of(byLine(found.get(), rule, symptoms, factory));
    }

    private Diagnosis byLine(CauseLine line, LineRule rule, SymptomExtractor symptoms, DiagnosisFactory factory) {
        Cause cause = Objects.requireNonNullElse(rule.cause(), Cause.INFRASTRUCTURE);
        CauseLine survived = line.survived();
        String because = rule.summary() + " (line: " + line.text().strip() + ")"
                + (survived == null ? "" : "; before it: " + survived.text().strip());
        boolean ofLane = rule.sig() == null && (cause == Cause.TEST || cause == Cause.BUILD);
        Diagnosis byCause = ofLane
                ? factory.bySigOfLane(cause, rule.name(), because)
                : factory.withoutSig(cause, area(cause, factory), rule.name(), because);
        Diagnosis diagnosis = byCause.withSigAndArea(
                        Objects.requireNonNullElse(rule.sig(), byCause.sig()),
                        Objects.requireNonNullElse(rule.area(), byCause.area()))
                .withConfidence(line.isSure() ? Confidence.HIGH : Confidence.MEDIUM)
                .with(symptoms.ofLine(line));
        if (rule.otherwise() == null) {
            return diagnosis;
        }
        return ofLane
                ? diagnosis.unclear(rule.otherwise(), Ambiguity.describeChange(factory.lane()))
                : diagnosis.unclear(rule.summary() + " (area " + diagnosis.area() + ")", rule.otherwise());
    }

    /** Of a run in which no test failed, only what is around them. */
    private Optional<Diagnosis> suite(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        FailingTests failed = new FailingTests(evidence.tests().failedForGood());
        if (!failed.areSetupOnly()) {
            return Optional.empty();
        }
        Diagnosis diagnosis = failed.areTeardownOnly()
                ? factory.withoutSig(
                                Cause.INFRASTRUCTURE,
                                Objects.requireNonNullElse(rules.setupArea(), area(Cause.INFRASTRUCTURE, factory)),
                                "teardown",
                                "no test failed, and then the teardown failed")
                        .withConfidence(Confidence.MEDIUM)
                : factory.unclearSetup(
                        setupArea(factory), "suite", "no test failed, only the setup or teardown of the suite");
        return Optional.of(diagnosis.with(
                evidence.tests().failureMessage().isEmpty() ? ofLog(evidence, symptoms) : symptoms.ofSuite()));
    }

    private Symptoms ofLog(Evidence evidence, SymptomExtractor symptoms) {
        return LogAnalyzer.findCause(rules.lines(), evidence.log())
                .map(symptoms::ofLine)
                .orElseGet(symptoms::ofNothing);
    }

    private String setupArea(DiagnosisFactory factory) {
        return Objects.requireNonNullElse(rules.setupArea(), factory.lane().area());
    }

    private Optional<Diagnosis> noTests(
            JobRun run, Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        Symptoms shown = ofLog(evidence, symptoms);
        if (evidence.hasNoTests() && rules.expectTestsOf(run.job())) {
            return Optional.of(factory.unclearSetup(
                            setupArea(factory),
                            "died-before-tests",
                            "the upload finished without a JUnit file, so the run failed before its tests")
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
