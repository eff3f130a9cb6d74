// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.artifacts.EvidenceReader.RunNode;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.FailureRecord;
import io.kubevirt.cinotify.diagnosis.NodeFailure;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.stale.OpenProblems;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ends node incidents once their nodes recover, checked each minute. Artifacts open them at once. */
@ApplicationScoped
public class NodeHealthMonitor {
    private static final String LAST_PASS = "node/well/";
    private final IncidentService incidentService;
    private final Store store;

    public NodeHealthMonitor(IncidentService incidentService, Store store) {
        this.incidentService = incidentService;
        this.store = store;
    }

    @Scheduled(every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        if (store.read(NodeHealthMonitor::hasOpenIncidents) && incidentService.isLeader()) {
            incidentService.decide(unitOfWork -> {
                List<IncidentEvent> changes = changes(unitOfWork);
                if (!changes.isEmpty()) {
                    unitOfWork.process(changes);
                }
                return true;
            });
        }
    }

    static boolean hasOpenIncidents(Transaction transaction) {
        return !transaction.incidents().open(IncidentKind.NODE).isEmpty();
    }

    static void recordPass(Transaction transaction, RunNode node, JobRun run, Instant endedAt) {
        @Nullable String cluster = run.cluster() != null ? run.cluster() : node.cluster();
        String shown = transaction.visibility().isPublic(ObservedRun.idOf(run)) ? run.job() : "a run";
        transaction.watermarks().set(LAST_PASS + subject(node.name(), cluster), new Watermark(shown, endedAt));
    }

    /** Two clusters may have nodes of the same name. */
    private static String subject(@Nullable String node, @Nullable String cluster) {
        return node + (cluster == null ? "" : " of " + cluster);
    }

    /** Problems that the engine does not know yet, and the ends of those it knows. */
    static List<IncidentEvent> changes(IncidentUnitOfWork unitOfWork) {
        Transaction transaction = unitOfWork.transaction();
        Instant now = unitOfWork.now();
        List<FailureRecord> failures = transaction.evidence().since(now.minus(NodeFailure.WINDOW)).stream()
                .filter(FailureRecord::mayBeCausedByNode)
                .toList();
        Map<String, IncidentView> open = new TreeMap<>();
        transaction.incidents().open().stream()
                .filter(incident -> incident.kind() == IncidentKind.NODE)
                .forEach(incident -> open.put(incident.title(), incident));
        List<IncidentEvent> events = new ArrayList<>();
        for (NodeFailure failure : NodeFailure.findAll(sinceLastClosed(transaction, failures))) {
            IncidentView known = open.get(failure.title());
            if (known == null
                    || !known.why().equals(failure.sentence())
                    || failure.runs().stream().anyMatch(unitOfWork::counts)) {
                events.add(new IncidentEvent.ProblemRaised(now, problem(unitOfWork, failure, failures)));
            }
        }
        open.keySet().forEach(title -> clearedEvent(unitOfWork, title, failures).ifPresent(events::add));
        return events;
    }

    private static List<FailureRecord> sinceLastClosed(Transaction transaction, List<FailureRecord> failures) {
        Map<String, Instant> closed = transaction.incidents().lastClosed(IncidentKind.NODE);
        return failures.stream()
                .filter(failure -> closed.entrySet().stream()
                        .noneMatch(end ->
                                isOn(end.getKey(), failure) && !failure.at().isAfter(end.getValue())))
                .toList();
    }

    private static Optional<IncidentEvent> clearedEvent(
            IncidentUnitOfWork unitOfWork, String title, List<FailureRecord> failures) {
        Instant now = unitOfWork.now();
        String subject = OpenProblems.subjectOf(IncidentKind.NODE, title);
        Instant last = failures.stream()
                .filter(failure -> isOn(subject, failure))
                .map(FailureRecord::at)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Optional<Watermark> pass = unitOfWork
                .transaction()
                .watermarks()
                .find(LAST_PASS + subject)
                .filter(mark -> mark.at().isAfter(last));
        if (pass.isPresent()) {
            return Optional.of(new IncidentEvent.ProblemCleared(
                    now,
                    title,
                    pass.get().value() + " has passed on it at " + pass.get().at()));
        }
        Duration endAfter = unitOfWork.config().thresholds().outages().endAfter();
        return last.plus(endAfter).isAfter(now)
                ? Optional.empty()
                : Optional.of(new IncidentEvent.ProblemCleared(
                        now, title, "nothing has died on it for " + endAfter.toHours() + " h"));
    }

    private static boolean isOn(String subject, FailureRecord failure) {
        return subject.equals(subject(failure.node(), failure.cluster()));
    }

    /** It names only jobs of which everybody may see each run and the name: it is about the node. */
    private static ReportedProblem problem(
            IncidentUnitOfWork unitOfWork, NodeFailure failure, List<FailureRecord> failures) {
        Config config = unitOfWork.config();
        Set<String> hidden = failures.stream()
                .filter(each -> failure.runs().contains(each.run())
                        && !unitOfWork.transaction().visibility().isPublic(each.run()))
                .map(FailureRecord::job)
                .collect(Collectors.toSet());
        Diagnosis diagnosis = new Diagnosis(
                Cause.INFRASTRUCTURE,
                Diagnosis.NO_SIG,
                config.nodeArea(),
                Confidence.HIGH,
                NodeFailure.RULE,
                List.of(failure.sentence()));
        boolean blocking = config.jobs().all().stream().filter(Job::isRequired).anyMatch(job -> failure.jobs()
                .contains(job.name()));
        return new ReportedProblem(
                IncidentKind.NODE,
                failure.title(),
                failure.title(),
                diagnosis,
                blocking,
                failure.sentence(),
                failure.jobs().stream()
                        .filter(job ->
                                !hidden.contains(job) && unitOfWork.visibility().isPublic(job))
                        .toList(),
                null,
                null,
                failure.runs());
    }
}
