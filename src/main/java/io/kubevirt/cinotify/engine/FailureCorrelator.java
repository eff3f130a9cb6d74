// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Breadth;
import io.kubevirt.cinotify.diagnosis.BreadthEvaluator;
import io.kubevirt.cinotify.diagnosis.BreadthRules;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.FailureOccurrences;
import io.kubevirt.cinotify.diagnosis.FailureRecord;
import io.kubevirt.cinotify.diagnosis.NodeFailure;
import io.kubevirt.cinotify.store.EvidenceRequest;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what a run left behind with what others left, and remembers it for those to come. */
final class FailureCorrelator {

    private final Config config;
    private final Transaction transaction;

    FailureCorrelator(Config settings, Transaction transaction) {
        this.config = settings;
        this.transaction = transaction;
    }

    /** @param known the known issue that it matches; null for none */
    Diagnosis correlate(
            EvidenceRequest wanted, Evidence evidence, Diagnosis found, KnownIssueMatcher.@Nullable Match known) {
        FailureRecord failure =
                FailureRecord.of(wanted.id(), wanted.run(), evidence.cluster(), found, wanted.endedAt());
        BreadthRules rules = config.breadth();
        List<FailureRecord> others =
                transaction.evidence().comparable(failure, max(NodeFailure.WINDOW, rules.near()), rules.near());
        Diagnosis judged = new BreadthEvaluator(config.sharedArea(), rules)
                .evaluate(
                        found,
                        Breadth.around(failure, others, rules),
                        config.diagnoser().route(wanted.run()));
        Optional<NodeFailure> node = NodeFailure.find(failure, others);
        if (node.isPresent()) {
            judged = judged.causedByNode(node.get(), config.nodeArea());
        }
        if (!failure.signature().isEmpty()) {
            judged = judged.with(FailureOccurrences.of(
                    failure,
                    others,
                    rules.forgotten(),
                    transaction.evidence().rememberedSince().orElse(failure.at())));
        }
        if (known != null) {
            judged = judged.because(known.sentence()).knownIssue(known.known());
        }
        transaction
                .evidence()
                .recordFailure(
                        failure,
                        known != null && known.verified() ? known.issue().name() : null);
        return judged;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
