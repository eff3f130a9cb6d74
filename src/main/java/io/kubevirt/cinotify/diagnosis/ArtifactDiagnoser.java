// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.artifacts.ArtifactFile;
import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.Evidence.CloneFailure;
import io.kubevirt.cinotify.artifacts.Evidence.FinishedMetadata;
import io.kubevirt.cinotify.artifacts.PodInfo;
import io.kubevirt.cinotify.diagnosis.Diagnosis.Ambiguity;
import io.kubevirt.cinotify.diagnosis.EvidenceConfig.EvidenceRules;
import io.kubevirt.cinotify.diagnosis.LineRule.LineKind;
import io.kubevirt.cinotify.diagnosis.LogAnalyzer.CauseLine;
import io.kubevirt.cinotify.prow.JobRun;
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
                .or(() -> line(evidence, symptoms, factory))
                .or(() -> noTests(run, evidence, symptoms, factory));
    }

    private Optional<Diagnosis> sourcesProblem(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        CloneFailure clone = evidence.cloneFailure();
        if (clone == null) {
            return Optional.empty();
        }
        String repository = clone.repository();
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
                        "a container exceeded its memory limit: " + problem.reason() + message);
        };
    }

    private Optional<Diagnosis> tests(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        FailingTests tests = new FailingTests(evidence.tests().failed());
        if (tests.names().isEmpty() || tests.areSetupOnly()) {
            return Optional.empty();
        }
        Diagnosis diagnosis = routing.route(tests)
                .map(factory::byRoute)
                .orElseGet(() -> factory.bySigOfLane(
                        Cause.TEST,
                        "untagged-tests",
                        evidence.tests().failedCount() == 1
                                ? "the failing test has no SIG tag; it belongs to the SIG of the lane"
                                : evidence.tests().failedCount()
                                        + " failing tests have no SIG tag; they belong to the SIG of the lane"));
        return Optional.of(diagnosis.with(symptoms.ofTests()));
    }

    private Optional<Diagnosis> line(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        Optional<CauseLine> found = LogAnalyzer.findCause(rules.lines(), evidence.log());
        LineRule rule = found.map(CauseLine::rule).orElse(null);
        if (found.isEmpty() || rule == null) {
            return Optional.empty();
        }
        Cause cause = Objects.requireNonNullElse(rule.cause(), Cause.INFRASTRUCTURE);
        String because = rule.summary() + " (line: " + found.get().text().strip() + ")";
        Confidence confidence = rule.kind() == LineKind.HINT ? Confidence.MEDIUM : Confidence.HIGH;
        boolean ofLane = rule.sig() == null && (cause == Cause.TEST || cause == Cause.BUILD);
        Diagnosis diagnosis = ofLane
                ? factory.bySigOfLane(cause, rule.name(), because)
                : factory.withoutSig(cause, area(cause, factory), rule.name(), because);
        return Optional.of(diagnosis
                .withSigAndArea(
                        Objects.requireNonNullElse(rule.sig(), diagnosis.sig()),
                        Objects.requireNonNullElse(rule.area(), diagnosis.area()))
                .withConfidence(confidence)
                .with(symptoms.ofLine(found.get())));
    }

    private Optional<Diagnosis> noTests(
            JobRun run, Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory factory) {
        boolean suite = new FailingTests(evidence.tests().failed()).areSetupOnly();
        boolean before = evidence.hasNoTests() && rules.expectTestsOf(run.job());
        Symptoms shown = suite && !evidence.tests().failureMessage().isEmpty()
                ? symptoms.ofSuite()
                : LogAnalyzer.findCause(rules.lines(), evidence.log())
                        .map(symptoms::ofLine)
                        .orElseGet(symptoms::ofNothing);
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
        return Optional.of(factory.byRoute(factory.lane()).with(shown));
    }

    private String area(Cause cause, DiagnosisFactory factory) {
        return areas.getOrDefault(cause, factory.lane().area());
    }

    /** Creates diagnoses and adds their reasons to the trace. */
    private record DiagnosisFactory(Route lane, List<String> trace) {
        /** By a route that determines everything. */
        Diagnosis byRoute(Route route) {
            if (!route.equals(lane)) {
                trace.add("rule " + lane.rule() + " alone would give " + lane.sig());
            }
            trace.add("rule " + route.rule() + ": " + route.because());
            return new Diagnosis(route.cause(), route.sig(), route.area(), route.confidence(), route.rule(), trace);
        }

        /** A failure that belongs to the SIG of the lane. */
        Diagnosis bySigOfLane(Cause cause, String rule, String because) {
            trace.add("rule " + rule + ": " + because + "; the lane belongs to " + lane.sig());
            return new Diagnosis(cause, lane.sig(), lane.area(), Confidence.HIGH, rule, trace);
        }

        /** A failure that no SIG can fix. */
        Diagnosis withoutSig(Cause cause, String area, String rule, String because) {
            trace.add("rule " + rule + ": " + because + "; the lane itself belongs to " + lane.sig());
            return new Diagnosis(cause, Diagnosis.NO_SIG, area, Confidence.HIGH, rule, trace);
        }

        /** A failure before the tests with an unknown reason. */
        Diagnosis diedBeforeTests(String area) {
            trace.add("rule died-before-tests: the upload finished without a JUnit file, so the run failed before its"
                    + " tests");
            return new Diagnosis(Cause.SETUP, Diagnosis.NO_SIG, area, Confidence.LOW, "died-before-tests", trace)
                    .withAmbiguity(new Ambiguity(
                            "the setup of its cluster (area " + area + ")", Ambiguity.describeChange(lane)));
        }
    }
}
