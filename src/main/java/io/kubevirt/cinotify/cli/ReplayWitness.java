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
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.digest.Episode;
import io.kubevirt.cinotify.digest.Period;
import io.kubevirt.cinotify.digest.Told;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Remembers of a replay what a digest tells. */
final class ReplayWitness {

    private final Map<String, IncidentView> incidents = new TreeMap<>();
    private final Map<String, Instant> acknowledged = new HashMap<>();
    private final Map<String, Instant> firstTold = new HashMap<>();
    private final List<Told> told = new ArrayList<>();

    void saw(IncidentView incident, Instant now) {
        incidents.put(incident.id(), incident);
        if (incident.acknowledgedBy() != null) {
            acknowledged.putIfAbsent(incident.id(), now);
        }
    }

    void heard(Message message) {
        if (message.to() == null || !message.kind().interrupts()) {
            return;
        }
        String incident = message.incident().id();
        firstTold.putIfAbsent(incident, message.at());
        Stream.of(message.to().handle(), message.to().sigPerson())
                .filter(Objects::nonNull)
                .distinct()
                .forEach(person -> told.add(new Told(message.at(), person, incident)));
    }

    /** Incidents that were open within a period. */
    List<Episode> episodes(Period period) {
        return incidents.values().stream()
                .filter(incident -> incident.openedAt().isBefore(period.until())
                        && (incident.closedAt() == null || !incident.closedAt().isBefore(period.from())))
                .map(incident -> new Episode(incident, firstTold.get(incident.id()), acknowledged.get(incident.id())))
                .toList();
    }

    List<Told> told(Period period) {
        return told.stream().filter(message -> period.has(message.at())).toList();
    }
}
