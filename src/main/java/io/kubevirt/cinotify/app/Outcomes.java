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

import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Outbox;
import io.kubevirt.cinotify.incident.Outcome;
import io.kubevirt.cinotify.store.Transaction;
import java.util.List;

/** Carries out what the core has decided, whatever gave rise to it. */
final class Outcomes {

    private Outcomes() {}

    /**
     * Remembers the incidents; puts into the outbox what is to be said, and takes out what is not.
     *
     * @return what each decision came to: something to tell, or something that is not told
     */
    static List<Decision> carryOut(Outcome outcome, Transaction transaction) {
        outcome.changed().forEach(transaction.incidents()::save);
        return outcome.decisions().stream()
                .map(decision -> carryOut(decision, transaction))
                .toList();
    }

    private static Decision carryOut(Decision decision, Transaction transaction) {
        Outbox outbox = transaction.outbox(decision.reasons());
        return switch (decision) {
            case Decision.Tell tell -> {
                outbox.add(tell.notice());
                yield tell;
            }
            case Decision.Over over -> carryOut(over.once(outbox.withdraw(over.opened())), transaction);
            case Decision.Suppress suppress -> suppress;
        };
    }
}
