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
import io.kubevirt.cinotify.incident.policy.RedRun;
import io.kubevirt.cinotify.incident.policy.Ruling;
import io.kubevirt.cinotify.incident.policy.Thresholds;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.settings.BumpSettings;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Adds to why something opened which bump it came after; to each of its messages, as a later one shows the whole anew. */
public final class SuspectLine {

    private final Settings settings;
    private final Transaction transaction;

    /** @param transaction in which it is said */
    public SuspectLine(Settings settings, Transaction transaction) {
        this.settings = settings;
        this.transaction = transaction;
    }

    /** What is said, with the suspect if there is one. */
    public Content.IncidentNews news(Ruling.Say say) {
        Optional<String> suspect = suspect(say.message().incident());
        if (suspect.isEmpty()) {
            return new Content.IncidentNews(say.message(), say.reasons());
        }
        List<String> reasons = new ArrayList<>(say.reasons());
        if (say.message().kind() == MessageKind.OPENED) {
            reasons.add(suspect.get());
        }
        return new Content.IncidentNews(say.message().because(suspect.get()), reasons);
    }

    private Optional<String> suspect(IncidentView incident) {
        BumpSettings bumps = settings.file().bumps();
        boolean ofRuns = incident.kind() == CaseKind.LANE || incident.kind() == CaseKind.OUTAGE;
        if (bumps == null || !ofRuns) {
            return Optional.empty();
        }
        RedRun latest = incident.latest();
        Suspects.Broken broken = new Suspects.Broken(
                incident.openedAt(),
                counted(incident.kind()),
                incident.lanes(),
                latest == null ? null : latest.repository());
        Instant earliest =
                incident.openedAt().minus(broken.counted()).minus(bumps.rules().suspicion());
        return new Suspects(bumps.rules())
                .of(broken, transaction.bumps().current(earliest), transaction.endedRuns()::firstRed);
    }

    /** The longest of the windows in which such an incident is looked for. */
    private Duration counted(CaseKind kind) {
        Thresholds thresholds = settings.thresholds();
        return kind == CaseKind.OUTAGE
                ? Collections.max(List.of(
                        thresholds.burst().window(), thresholds.clusters().window()))
                : Collections.max(List.of(
                        thresholds.presubmits().window(), thresholds.families().window()));
    }
}
