/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.evidence.ArtifactFile;
import io.kubevirt.cinotify.evidence.CloneFailure;
import io.kubevirt.cinotify.evidence.Evidence;
import io.kubevirt.cinotify.evidence.Finish;
import io.kubevirt.cinotify.evidence.PodFacts;
import io.kubevirt.cinotify.prow.JobRun;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Judges what a run left behind, in the order of design.md section 6; the first thing that decides wins. */
final class EvidenceReading {

    private final EvidenceRules rules;
    private final Routing routing;
    private final Map<Cause, String> areas;

    EvidenceReading(EvidenceRules rules, Routing routing, Map<Cause, String> areas) {
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
    Optional<Diagnosis> read(JobRun run, Evidence evidence, Route lane, List<String> trace) {
        evidence.unread().stream()
                .map(ArtifactFile::toString)
                .map(file -> "artifact " + file)
                .forEach(trace::add);
        if (evidence.isEmpty()) {
            trace.add("without evidence: none of the artifacts of the run could be read");
            return Optional.empty();
        }
        SymptomReading symptoms = new SymptomReading(rules.lines(), run, evidence);
        Verdict verdict = new Verdict(lane, trace);
        return sources(evidence, symptoms, verdict)
                .or(() -> pod(evidence, symptoms, verdict))
                .or(() -> tests(evidence, symptoms, verdict))
                .or(() -> line(evidence, symptoms, verdict))
                .or(() -> noTests(run, evidence, symptoms, verdict));
    }

    private Optional<Diagnosis> sources(Evidence evidence, SymptomReading symptoms, Verdict verdict) {
        CloneFailure clone = evidence.cloneFailure();
        if (clone == null) {
            return Optional.empty();
        }
        String repository = clone.repository();
        return Optional.of(
                clone.conflict()
                        ? verdict.ofLane(Cause.BUILD, "merge-conflict", "the change does not fit onto " + repository)
                                .with(symptoms.ofWords("merge-conflict", clone.said()))
                        : verdict.ofNobody(
                                        Cause.INFRASTRUCTURE,
                                        area(Cause.INFRASTRUCTURE, verdict),
                                        "clone-failure",
                                        "the sources of " + repository + " could not be fetched")
                                .with(symptoms.ofWords("clone-failure", clone.said())));
    }

    private Optional<Diagnosis> pod(Evidence evidence, SymptomReading symptoms, Verdict verdict) {
        Optional<PodFacts.Trouble> trouble = evidence.pod().troubles().stream().findFirst();
        if (trouble.isPresent()) {
            return Optional.of(ofTrouble(trouble.get(), evidence, verdict).with(symptoms.ofTrouble(trouble.get())));
        }
        Finish finish = evidence.finish();
        return finish != null && finish.byCrier()
                ? Optional.of(verdict.ofNobody(
                                Cause.INFRASTRUCTURE,
                                area(Cause.INFRASTRUCTURE, verdict),
                                "pod-never-finished",
                                "Prow had to write finished.json itself, because the pod never did")
                        .with(symptoms.ofWords("pod-never-finished", finish.result())))
                : Optional.empty();
    }

    private Diagnosis ofTrouble(PodFacts.Trouble trouble, Evidence evidence, Verdict verdict) {
        String node = evidence.pod().node() == null
                ? "a node that is not told"
                : "node " + evidence.pod().node();
        String said = trouble.message().isEmpty() ? "" : ": " + trouble.message();
        return switch (trouble.kind()) {
            case NODE ->
                verdict.ofNobody(
                        Cause.INFRASTRUCTURE,
                        Objects.requireNonNullElse(rules.nodeArea(), area(Cause.INFRASTRUCTURE, verdict)),
                        "node",
                        node + " ended the pod: " + trouble.reason() + said);
            case MEMORY ->
                verdict.ofNobody(
                        Cause.CONFIG,
                        area(Cause.CONFIG, verdict),
                        "out-of-memory",
                        "a container took more memory than its job gives it: " + trouble.reason() + said);
        };
    }

    private Optional<Diagnosis> tests(Evidence evidence, SymptomReading symptoms, Verdict verdict) {
        FailingTests tests = new FailingTests(evidence.tests().failed());
        if (tests.names().isEmpty() || tests.areSetupOnly()) {
            return Optional.empty();
        }
        Diagnosis diagnosis = routing.route(tests)
                .map(verdict::of)
                .orElseGet(() -> verdict.ofLane(
                        Cause.TEST,
                        "untagged-tests",
                        evidence.tests().failedCount() + " failing tests are tagged for no SIG; they are the lane's"));
        return Optional.of(diagnosis.with(symptoms.ofTests()));
    }

    private Optional<Diagnosis> line(Evidence evidence, SymptomReading symptoms, Verdict verdict) {
        Optional<CauseLine> found = LogReading.find(rules.lines(), evidence.log());
        LineRule rule = found.map(CauseLine::rule).orElse(null);
        if (found.isEmpty() || rule == null) {
            return Optional.empty();
        }
        Cause cause = Objects.requireNonNullElse(rule.cause(), Cause.INFRASTRUCTURE);
        String because = rule.words() + " (line: " + found.get().text().strip() + ")";
        Confidence confidence = rule.kind() == LineKind.HINT ? Confidence.MEDIUM : Confidence.HIGH;
        boolean ofLane = rule.sig() == null && (cause == Cause.TEST || cause == Cause.BUILD);
        Diagnosis diagnosis = ofLane
                ? verdict.ofLane(cause, rule.name(), because)
                : verdict.ofNobody(cause, area(cause, verdict), rule.name(), because);
        return Optional.of(diagnosis
                .to(
                        Objects.requireNonNullElse(rule.sig(), diagnosis.sig()),
                        Objects.requireNonNullElse(rule.area(), diagnosis.area()))
                .sure(confidence)
                .with(symptoms.ofLine(found.get())));
    }

    private Optional<Diagnosis> noTests(JobRun run, Evidence evidence, SymptomReading symptoms, Verdict verdict) {
        boolean suite = new FailingTests(evidence.tests().failed()).areSetupOnly();
        boolean before = evidence.hasNoTests() && rules.expectTestsOf(run.job());
        Symptoms shown = suite && !evidence.tests().said().isEmpty()
                ? symptoms.ofSuite()
                : LogReading.find(rules.lines(), evidence.log())
                        .map(symptoms::ofLine)
                        .orElseGet(symptoms::ofNothing);
        if (suite) {
            return Optional.of(verdict.ofLane(
                            Cause.SETUP, "suite", "none of its tests failed, but what runs before or after all of them")
                    .sure(Confidence.MEDIUM)
                    .with(shown));
        }
        if (before) {
            return Optional.of(verdict.unclear(Objects.requireNonNullElse(
                            rules.setupArea(), verdict.lane().area()))
                    .with(shown));
        }
        return Optional.of(verdict.of(verdict.lane()).with(shown));
    }

    private String area(Cause cause, Verdict verdict) {
        return areas.getOrDefault(cause, verdict.lane().area());
    }
}
