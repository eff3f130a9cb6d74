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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.NodeTrouble;
import io.kubevirt.cinotify.diagnosis.SeenFailure;
import io.kubevirt.cinotify.evidence.RunNode;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Input;
import io.kubevirt.cinotify.incident.policy.Problem;
import io.kubevirt.cinotify.incident.timeliness.Standing;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.settings.Settings;
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
final class SickNodes {

    private static final String WELL = "node/well/";

    private final Settings settings;
    private final Transaction transaction;
    private final Instant now;

    SickNodes(Settings settings, Transaction transaction, Instant now) {
        this.settings = settings;
        this.transaction = transaction;
        this.now = now;
    }

    /** Whether the end of one is waited for. */
    static boolean areKnown(Transaction transaction) {
        return !transaction.incidents().open(CaseKind.NODE).isEmpty();
    }

    /** A run has passed on a node. */
    static void passed(Transaction transaction, RunNode node, JobRun run, Instant endedAt) {
        @Nullable String cluster = run.cluster() != null ? run.cluster() : node.cluster();
        transaction.watermarks().set(WELL + subject(node.name(), cluster), new Watermark(run.job(), endedAt));
    }

    /** Two clusters may each have a node of one name. */
    private static String subject(@Nullable String node, @Nullable String cluster) {
        return node + (cluster == null ? "" : " of " + cluster);
    }

    /** What has changed. */
    List<Input> changes() {
        List<SeenFailure> seen = transaction.evidence().since(now.minus(NodeTrouble.WINDOW)).stream()
                .filter(SeenFailure::mayBeOfNode)
                .toList();
        Map<String, IncidentView> open = new TreeMap<>();
        transaction.incidents().open().stream()
                .filter(incident -> incident.kind() == CaseKind.NODE)
                .forEach(incident -> open.put(incident.title(), incident));
        List<Input> inputs = new ArrayList<>();
        for (NodeTrouble trouble : NodeTrouble.among(sinceTheyWereWell(seen))) {
            IncidentView known = open.get(trouble.title());
            if (known == null || !known.why().equals(trouble.sentence())) {
                inputs.add(new Input.Raised(now, problem(trouble)));
            }
        }
        open.keySet().forEach(title -> end(title, seen).ifPresent(inputs::add));
        return inputs;
    }

    /** What failed on a node before it was last well is over. */
    private List<SeenFailure> sinceTheyWereWell(List<SeenFailure> seen) {
        Map<String, Instant> over = transaction.incidents().lastOver(CaseKind.NODE);
        return seen.stream()
                .filter(failure -> over.entrySet().stream()
                        .noneMatch(end ->
                                isOn(end.getKey(), failure) && !failure.at().isAfter(end.getValue())))
                .toList();
    }

    private Optional<Input> end(String title, List<SeenFailure> seen) {
        String subject = Standing.subjectOf(CaseKind.NODE, title);
        Instant last = seen.stream()
                .filter(failure -> isOn(subject, failure))
                .map(SeenFailure::at)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Optional<Watermark> well = transaction.watermarks().find(WELL + subject).filter(mark -> mark.at()
                .isAfter(last));
        if (well.isPresent()) {
            return Optional.of(new Input.Cleared(
                    now,
                    title,
                    well.get().value() + " has passed on it at " + well.get().at()));
        }
        Duration quiet = settings.thresholds().outages().endAfter();
        return last.plus(quiet).isAfter(now)
                ? Optional.empty()
                : Optional.of(new Input.Cleared(now, title, "nothing has died on it for " + quiet.toHours() + " h"));
    }

    private static boolean isOn(String subject, SeenFailure failure) {
        return subject.equals(subject(failure.node(), failure.cluster()));
    }

    private Problem problem(NodeTrouble trouble) {
        Diagnosis diagnosis = new Diagnosis(
                Cause.INFRASTRUCTURE,
                Diagnosis.NO_SIG,
                settings.nodeArea(),
                Confidence.HIGH,
                NodeTrouble.RULE,
                List.of(trouble.sentence()));
        boolean blocking = settings.jobs().all().stream()
                .filter(Job::isRequired)
                .anyMatch(job -> trouble.jobs().contains(job.name()));
        return new Problem(
                CaseKind.NODE,
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
