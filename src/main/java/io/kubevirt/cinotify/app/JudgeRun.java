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

import io.kubevirt.cinotify.diagnosis.Blame;
import io.kubevirt.cinotify.diagnosis.Breadth;
import io.kubevirt.cinotify.diagnosis.BreadthRules;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.NodeTrouble;
import io.kubevirt.cinotify.diagnosis.SameFailure;
import io.kubevirt.cinotify.diagnosis.SeenFailure;
import io.kubevirt.cinotify.evidence.Evidence;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.WantedEvidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what a run left behind with what others left, and remembers it for those to come. */
final class JudgeRun {

    private final Settings settings;
    private final Transaction transaction;

    JudgeRun(Settings settings, Transaction transaction) {
        this.settings = settings;
        this.transaction = transaction;
    }

    /** @param known the known issue that it matches; null for none */
    Diagnosis judge(WantedEvidence wanted, Evidence evidence, Diagnosis found, KnownIssues.@Nullable Match known) {
        SeenFailure failure = SeenFailure.of(wanted.id(), wanted.run(), evidence.cluster(), found, wanted.endedAt());
        BreadthRules rules = settings.breadth();
        List<SeenFailure> others =
                transaction.evidence().around(failure, longer(NodeTrouble.WINDOW, rules.near()), rules.near());
        Diagnosis judged = new Blame(settings.sharedArea(), rules)
                .weigh(
                        found,
                        Breadth.around(failure, others, rules),
                        settings.diagnoser().route(wanted.run()));
        Optional<NodeTrouble> node = NodeTrouble.around(failure, others);
        if (node.isPresent()) {
            judged = judged.ofNode(node.get(), settings.nodeArea());
        }
        if (!failure.signature().isEmpty()) {
            judged = judged.with(SameFailure.of(
                    failure,
                    others,
                    rules.forgotten(),
                    transaction.evidence().rememberedSince().orElse(failure.at())));
        }
        if (known != null) {
            judged = judged.because(known.sentence()).known(known.known());
        }
        transaction
                .evidence()
                .saw(failure, known != null && known.counts() ? known.issue().name() : null);
        return judged;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
