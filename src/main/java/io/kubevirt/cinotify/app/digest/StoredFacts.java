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
package io.kubevirt.cinotify.app.digest;

import io.kubevirt.cinotify.app.KnownIssueSources;
import io.kubevirt.cinotify.digest.Episode;
import io.kubevirt.cinotify.digest.Facts;
import io.kubevirt.cinotify.digest.LaneBook;
import io.kubevirt.cinotify.digest.LaneFigures;
import io.kubevirt.cinotify.digest.Period;
import io.kubevirt.cinotify.digest.Told;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Transaction;
import java.util.List;

/** What the store knows of a period. */
public final class StoredFacts {

    private StoredFacts() {}

    /** @param transaction that only reads */
    public static Facts of(Transaction transaction, Settings settings, Period period) {
        return new Facts(
                period,
                transaction.digests().incidents(period.from(), period.until()).stream()
                        .filter(seen -> !isABump(seen.incident()))
                        .map(seen -> new Episode(seen.incident(), seen.toldAt(), seen.acknowledgedAt()))
                        .toList(),
                transaction.digests().calls(period.from(), period.until()).stream()
                        .flatMap(call ->
                                call.people().stream().map(person -> new Told(call.at(), person, call.incident())))
                        .toList(),
                lanes(transaction, settings, period),
                transaction.bumps().current(period.from()).stream()
                        .filter(pull -> !pull.of().isEmpty() && !pull.openedAt().isAfter(period.until()))
                        .toList(),
                KnownIssueSources.of(settings, transaction).issues(),
                transaction.evidence().knownIssues(period.from(), period.until()),
                RosterGaps.of(settings, period.until(), settings.digests().zone()),
                List.of());
    }

    /**
     * A pull request that needs somebody is no failure, and stands among the bumps; what has come of one after its end, or
     * never came at all, is at home in none.
     */
    private static boolean isABump(IncidentView incident) {
        return incident.kind() == CaseKind.BUMP && incident.conversation() != null;
    }

    private static List<LaneFigures> lanes(Transaction transaction, Settings settings, Period period) {
        LaneBook lanes = new LaneBook();
        transaction.endedRuns().each(period.from(), period.until().minusMillis(1), ended -> {
            if (!settings.diagnoser().isPluginRun(ended.run())) {
                lanes.add(
                        ended.run(),
                        ended.run().state().isRed()
                                ? settings.diagnoser().diagnose(ended.run()).sig()
                                : null);
            }
        });
        return lanes.figures();
    }
}
