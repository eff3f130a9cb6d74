// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.Evidence.JunitReport;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.BreadthConfig;
import io.kubevirt.cinotify.diagnosis.BreadthEvaluator;
import io.kubevirt.cinotify.diagnosis.BreadthEvaluator.Breadth;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.FailureOccurrences;
import io.kubevirt.cinotify.diagnosis.FailureRecord;
import io.kubevirt.cinotify.diagnosis.NodeFailure;
import io.kubevirt.cinotify.store.EvidenceTable;
import io.kubevirt.cinotify.store.TestTable;
import io.kubevirt.cinotify.store.TestTable.FailedTest;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the artifacts of a failed run with those of others, and records them for later comparisons. */
record FailureCorrelator(Config config, Transaction transaction) {
    /** @param known the matching known issue; null for none */
    Diagnosis correlate(
            EvidenceTable.Request request,
            Evidence evidence,
            Diagnosis found,
            KnownIssueMatcher.@Nullable Match known) {
        FailureRecord failure =
                FailureRecord.of(request.id(), request.run(), evidence.cluster(), found, request.endedAt());
        BreadthConfig rules = config.breadth();
        List<FailureRecord> others =
                transaction.evidence().comparable(failure, max(NodeFailure.WINDOW, rules.near()), rules.near());
        Diagnosis result = new BreadthEvaluator(config.sharedArea(), rules)
                .evaluate(
                        found,
                        Breadth.around(failure, others, rules),
                        config.diagnoser().route(request.run()));
        Optional<NodeFailure> node = NodeFailure.find(failure, others);
        if (node.isPresent()) {
            result = result.causedByNode(node.get(), config.nodeArea());
        }
        if (!failure.signature().isEmpty()) {
            result = result.with(FailureOccurrences.of(
                    failure,
                    others,
                    rules.newAfter(),
                    transaction.evidence().rememberedSince().orElse(failure.at())));
        }
        if (known != null) {
            result = result.because(known.sentence()).knownIssue(known.known());
        }
        transaction
                .evidence()
                .recordFailure(
                        failure,
                        known != null && known.verified() ? known.issue().name() : null);
        recordTests(request, evidence.tests(), result.sig());
        return result;
    }

    /** The SIG of a test is that of its tag, else that of the run. */
    private void recordTests(EvidenceTable.Request request, JunitReport report, String sigOfRun) {
        List<FailedTest> tests = report.failed().stream()
                .limit(TestTable.MAX_TESTS)
                .map(name -> new FailedTest(
                        name,
                        config.diagnoser().sigOf(name).orElse(sigOfRun),
                        report.quarantined().contains(name),
                        report.passedToo().contains(name)))
                .toList();
        transaction.tests().add(request.run(), request.endedAt(), tests, report.failedCount());
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
