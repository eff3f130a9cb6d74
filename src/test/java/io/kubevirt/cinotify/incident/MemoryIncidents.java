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
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Incidents in memory. */
final class MemoryIncidents implements Incidents {

    private final Map<String, Incident> all = new LinkedHashMap<>();

    @Override
    public Optional<Incident> openOf(IncidentKey key) {
        return open(key.kind()).stream()
                .filter(incident -> incident.key().equals(key))
                .findFirst();
    }

    @Override
    public List<Incident> of(IncidentKey key) {
        return all.values().stream()
                .filter(incident -> incident.key().equals(key))
                .toList();
    }

    @Override
    public List<Incident> open(IncidentKind kind) {
        return all.values().stream()
                .filter(incident -> incident.key().kind() == kind && incident.state() == IncidentState.OPEN)
                .toList();
    }

    @Override
    public Map<String, Instant> lastResolved(IncidentKind kind) {
        Map<String, Instant> last = new HashMap<>();
        all.values().stream()
                .filter(incident -> incident.key().kind() == kind && incident.state() == IncidentState.RESOLVED)
                .forEach(incident -> last.merge(
                        incident.key().subject(),
                        Objects.requireNonNull(incident.resolvedAt()),
                        (one, other) -> one.isAfter(other) ? one : other));
        return last;
    }

    @Override
    public void save(Incident incident) {
        all.put(incident.id(), incident);
    }
}
