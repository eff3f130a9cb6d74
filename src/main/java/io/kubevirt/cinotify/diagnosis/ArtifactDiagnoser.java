// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.artifacts.ArtifactFile;
import io.kubevirt.cinotify.artifacts.CloneFailure;
import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.FinishedMetadata;
import io.kubevirt.cinotify.artifacts.PodInfo;
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

/** Judges what a run left behind, in the order of design.md section 6; the first thing that decides wins. */
final class ArtifactDiagnoser {

    private final EvidenceRules rules;
    private final Routing routing;
    private final Map<Cause, String> areas;

    ArtifactDiagnoser(EvidenceRules rules, Routing routing, Map<Cause, String> areas) {
        this.rules = rules;
        this.routing = routing;
        this.areas = areas;
    }

    /**
     * What the evidence makes of a run that Prow itself says nothing of; empty if it tells nothing either.
     *
     * @param lane where the run's job belongs
     * @param trace gets a reason for each step
     */
    Optional<Diagnosis> diagnose(JobRun run, Evidence evidence, Route lane, List<String> trace) {
        evidence.unread().stream()
                .map(ArtifactFile::toString)
                .map(file -> "artifact " + file)
                .forEach(trace::add);
        if (evidence.isEmpty()) {
            trace.add("without evidence: none of the artifacts of the run could be read");
            return Optional.empty();
        }
        SymptomExtractor symptoms = new SymptomExtractor(rules.lines(), run, evidence);
        DiagnosisFactory verdict = new DiagnosisFactory(lane, trace);
        return sourcesProblem(evidence, symptoms, verdict)
                .or(() -> pod(evidence, symptoms, verdict))
                .or(() -> tests(evidence, symptoms, verdict))
                .or(() -> line(evidence, symptoms, verdict))
                .or(() -> noTests(run, evidence, symptoms, verdict));
    }

    private Optional<Diagnosis> sourcesProblem(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory verdict) {
        CloneFailure clone = evidence.cloneFailure();
        if (clone == null) {
            return Optional.empty();
        }
        String repository = clone.repository();
        return Optional.of(
                clone.conflict()
                        ? verdict.bySigOfLane(
                                        Cause.BUILD, "merge-conflict", "the change does not fit onto " + repository)
                                .with(symptoms.ofMessage("merge-conflict", clone.gitOutput()))
                        : verdict.withoutSig(
                                        Cause.INFRASTRUCTURE,
                                        area(Cause.INFRASTRUCTURE, verdict),
                                        "clone-failure",
                                        "the sources of " + repository + " could not be fetched")
                                .with(symptoms.ofMessage("clone-failure", clone.gitOutput())));
    }

    private Optional<Diagnosis> pod(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory verdict) {
        Optional<PodInfo.PodProblem> trouble =
                evidence.pod().problems().stream().findFirst();
        if (trouble.isPresent()) {
            return Optional.of(podProblem(trouble.get(), evidence, verdict).with(symptoms.ofPodProblem(trouble.get())));
        }
        FinishedMetadata finish = evidence.finished();
        return finish != null && finish.writtenByCrier()
                ? Optional.of(verdict.withoutSig(
                                Cause.INFRASTRUCTURE,
                                area(Cause.INFRASTRUCTURE, verdict),
                                "pod-never-finished",
                                "Prow had to write finished.json itself, because the pod never did")
                        .with(symptoms.ofMessage("pod-never-finished", finish.result())))
                : Optional.empty();
    }

    private Diagnosis podProblem(PodInfo.PodProblem trouble, Evidence evidence, DiagnosisFactory verdict) {
        String node = evidence.pod().node() == null
                ? "a node that is not told"
                : "node " + evidence.pod().node();
        String said = trouble.message().isEmpty() ? "" : ": " + trouble.message();
        return switch (trouble.kind()) {
            case NODE ->
                verdict.withoutSig(
                        Cause.INFRASTRUCTURE,
                        Objects.requireNonNullElse(rules.nodeArea(), area(Cause.INFRASTRUCTURE, verdict)),
                        "node",
                        node + " ended the pod: " + trouble.reason() + said);
            case MEMORY ->
                verdict.withoutSig(
                        Cause.CONFIG,
                        area(Cause.CONFIG, verdict),
                        "out-of-memory",
                        "a container took more memory than its job gives it: " + trouble.reason() + said);
        };
    }

    private Optional<Diagnosis> tests(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory verdict) {
        FailingTests tests = new FailingTests(evidence.tests().failed());
        if (tests.names().isEmpty() || tests.areSetupOnly()) {
            return Optional.empty();
        }
        Diagnosis diagnosis = routing.route(tests)
                .map(verdict::byRoute)
                .orElseGet(() -> verdict.bySigOfLane(
                        Cause.TEST,
                        "untagged-tests",
                        evidence.tests().failedCount() + " failing tests are tagged for no SIG; they are the lane's"));
        return Optional.of(diagnosis.with(symptoms.ofTests()));
    }

    private Optional<Diagnosis> line(Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory verdict) {
        Optional<CauseLine> found = LogAnalyzer.findCause(rules.lines(), evidence.log());
        LineRule rule = found.map(CauseLine::rule).orElse(null);
        if (found.isEmpty() || rule == null) {
            return Optional.empty();
        }
        Cause cause = Objects.requireNonNullElse(rule.cause(), Cause.INFRASTRUCTURE);
        String because = rule.words() + " (line: " + found.get().text().strip() + ")";
        Confidence confidence = rule.kind() == LineKind.HINT ? Confidence.MEDIUM : Confidence.HIGH;
        boolean ofLane = rule.sig() == null && (cause == Cause.TEST || cause == Cause.BUILD);
        Diagnosis diagnosis = ofLane
                ? verdict.bySigOfLane(cause, rule.name(), because)
                : verdict.withoutSig(cause, area(cause, verdict), rule.name(), because);
        return Optional.of(diagnosis
                .withSigAndArea(
                        Objects.requireNonNullElse(rule.sig(), diagnosis.sig()),
                        Objects.requireNonNullElse(rule.area(), diagnosis.area()))
                .withConfidence(confidence)
                .with(symptoms.ofLine(found.get())));
    }

    private Optional<Diagnosis> noTests(
            JobRun run, Evidence evidence, SymptomExtractor symptoms, DiagnosisFactory verdict) {
        boolean suite = new FailingTests(evidence.tests().failed()).areSetupOnly();
        boolean before = evidence.hasNoTests() && rules.expectTestsOf(run.job());
        Symptoms shown = suite && !evidence.tests().failureMessage().isEmpty()
                ? symptoms.ofSuite()
                : LogAnalyzer.findCause(rules.lines(), evidence.log())
                        .map(symptoms::ofLine)
                        .orElseGet(symptoms::ofNothing);
        if (suite) {
            return Optional.of(verdict.bySigOfLane(
                            Cause.SETUP, "suite", "none of its tests failed, but what runs before or after all of them")
                    .withConfidence(Confidence.MEDIUM)
                    .with(shown));
        }
        if (before) {
            return Optional.of(verdict.diedBeforeTests(Objects.requireNonNullElse(
                            rules.setupArea(), verdict.lane().area()))
                    .with(shown));
        }
        return Optional.of(verdict.byRoute(verdict.lane()).with(shown));
    }

    private String area(Cause cause, DiagnosisFactory verdict) {
        return areas.getOrDefault(cause, verdict.lane().area());
    }
}
