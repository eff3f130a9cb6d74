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
package io.kubevirt.cinotify.app.bump;

import io.kubevirt.cinotify.bump.Suspects;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.incident.policy.Ruling;
import io.kubevirt.cinotify.settings.BumpSettings;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds to why something opened which bump it came after. */
public final class SuspectLine {

    private final Settings settings;
    private final Transaction transaction;

    /** @param transaction in which it opens */
    public SuspectLine(Settings settings, Transaction transaction) {
        this.settings = settings;
        this.transaction = transaction;
    }

    /** The reasons of what is said, with the suspect if there is one. */
    public List<String> reasons(Ruling.Say say) {
        Optional<String> suspect = suspect(say);
        List<String> reasons = new ArrayList<>(say.reasons());
        suspect.ifPresent(reasons::add);
        return reasons;
    }

    private Optional<String> suspect(Ruling.Say say) {
        BumpSettings bumps = settings.file().bumps();
        IncidentView incident = say.message().incident();
        boolean ofRuns = incident.kind() == CaseKind.LANE || incident.kind() == CaseKind.OUTAGE;
        if (bumps == null || !ofRuns || say.message().kind() != MessageKind.OPENED) {
            return Optional.empty();
        }
        Duration window = bumps.rules().suspicion();
        return new Suspects(window)
                .of(
                        incident.openedAt(),
                        incident.lanes(),
                        transaction.bumps().current(incident.openedAt().minus(window)),
                        (lanes, from, until) -> transaction.endedRuns().anyRed(lanes, from, until));
    }
}
