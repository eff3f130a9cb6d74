// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.artifacts.RunNode;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.FailureRecord;
import io.kubevirt.cinotify.diagnosis.NodeFailure;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.stale.OpenProblems;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which nodes are sick, and which are well again, as the incident core has not heard yet. */
final class NodeHealth {

    private static final String LAST_PASS = "node/well/";

    private final Config config;
    private final Transaction transaction;
    private final Instant now;

    NodeHealth(Config settings, Transaction transaction, Instant now) {
        this.config = settings;
        this.transaction = transaction;
        this.now = now;
    }

    /** Whether the end of one is waited for. */
    static boolean hasOpenIncidents(Transaction transaction) {
        return !transaction.incidents().open(IncidentKind.NODE).isEmpty();
    }

    /** A run has passed on a node. */
    static void recordPass(Transaction transaction, RunNode node, JobRun run, Instant endedAt) {
        @Nullable String cluster = run.cluster() != null ? run.cluster() : node.cluster();
        transaction.watermarks().set(LAST_PASS + subject(node.name(), cluster), new Watermark(run.job(), endedAt));
    }

    /** Two clusters may each have a node of one name. */
    private static String subject(@Nullable String node, @Nullable String cluster) {
        return node + (cluster == null ? "" : " of " + cluster);
    }

    /** What has changed. */
    List<IncidentEvent> changes() {
        List<FailureRecord> seen = transaction.evidence().since(now.minus(NodeFailure.WINDOW)).stream()
                .filter(FailureRecord::mayBeCausedByNode)
                .toList();
        Map<String, IncidentView> open = new TreeMap<>();
        transaction.incidents().open().stream()
                .filter(incident -> incident.kind() == IncidentKind.NODE)
                .forEach(incident -> open.put(incident.title(), incident));
        List<IncidentEvent> inputs = new ArrayList<>();
        for (NodeFailure trouble : NodeFailure.findAll(sinceLastPass(seen))) {
            IncidentView known = open.get(trouble.title());
            if (known == null || !known.why().equals(trouble.sentence())) {
                inputs.add(new IncidentEvent.ProblemRaised(now, problem(trouble)));
            }
        }
        open.keySet().forEach(title -> clearedEvent(title, seen).ifPresent(inputs::add));
        return inputs;
    }

    /** What failed on a node before it was last well is over. */
    private List<FailureRecord> sinceLastPass(List<FailureRecord> seen) {
        Map<String, Instant> over = transaction.incidents().lastClosed(IncidentKind.NODE);
        return seen.stream()
                .filter(failure -> over.entrySet().stream()
                        .noneMatch(end ->
                                isOn(end.getKey(), failure) && !failure.at().isAfter(end.getValue())))
                .toList();
    }

    private Optional<IncidentEvent> clearedEvent(String title, List<FailureRecord> seen) {
        String subject = OpenProblems.subjectOf(IncidentKind.NODE, title);
        Instant last = seen.stream()
                .filter(failure -> isOn(subject, failure))
                .map(FailureRecord::at)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Optional<Watermark> well = transaction
                .watermarks()
                .find(LAST_PASS + subject)
                .filter(mark -> mark.at().isAfter(last));
        if (well.isPresent()) {
            return Optional.of(new IncidentEvent.ProblemCleared(
                    now,
                    title,
                    well.get().value() + " has passed on it at " + well.get().at()));
        }
        Duration quiet = config.thresholds().outages().endAfter();
        return last.plus(quiet).isAfter(now)
                ? Optional.empty()
                : Optional.of(new IncidentEvent.ProblemCleared(
                        now, title, "nothing has died on it for " + quiet.toHours() + " h"));
    }

    private static boolean isOn(String subject, FailureRecord failure) {
        return subject.equals(subject(failure.node(), failure.cluster()));
    }

    private ReportedProblem problem(NodeFailure trouble) {
        Diagnosis diagnosis = new Diagnosis(
                Cause.INFRASTRUCTURE,
                Diagnosis.NO_SIG,
                config.nodeArea(),
                Confidence.HIGH,
                NodeFailure.RULE,
                List.of(trouble.sentence()));
        boolean blocking = config.jobs().all().stream().filter(Job::isRequired).anyMatch(job -> trouble.jobs()
                .contains(job.name()));
        return new ReportedProblem(
                IncidentKind.NODE,
                trouble.title(),
                trouble.title(),
                diagnosis,
                blocking,
                trouble.sentence(),
                trouble.jobs(),
                null,
                null,
                trouble.runs());
    }
}
