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
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.Incident;
import io.kubevirt.cinotify.incident.IncidentKey;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.Incidents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The incidents; the index on open ones keeps two of one key from being open at once. */
final class IncidentTable implements Incidents {

    private static final int REMEMBERED = 200;

    private final Handle handle;

    IncidentTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<Incident> openOf(IncidentKey key) {
        return handle.createQuery("SELECT document FROM incident"
                        + " WHERE kind = :kind AND subject = :subject AND state = 'open'")
                .bind("kind", key.kind().word())
                .bind("subject", key.subject())
                .mapTo(String.class)
                .findOne()
                .map(document -> Documents.read(document, Incident.class));
    }

    @Override
    public List<Incident> of(IncidentKey key) {
        return handle.createQuery("SELECT document FROM incident WHERE kind = :kind AND subject = :subject"
                        + " ORDER BY opened_at DESC LIMIT :limit")
                .bind("kind", key.kind().word())
                .bind("subject", key.subject())
                .bind("limit", REMEMBERED)
                .map((row, context) -> Documents.read(row.getString("document"), Incident.class))
                .list();
    }

    @Override
    public List<Incident> open(IncidentKind kind) {
        return handle.createQuery(
                        "SELECT document FROM incident WHERE kind = :kind AND state = 'open' ORDER BY opened_at, id")
                .bind("kind", kind.word())
                .map((row, context) -> Documents.read(row.getString("document"), Incident.class))
                .list();
    }

    @Override
    public Map<String, Instant> lastResolved(IncidentKind kind) {
        return handle
                .createQuery("SELECT subject, max(resolved_at) AS resolved_at FROM incident"
                        + " WHERE kind = :kind AND state = 'resolved' GROUP BY subject")
                .bind("kind", kind.word())
                .map((row, context) ->
                        Map.entry(row.getString("subject"), Instant.ofEpochMilli(row.getLong("resolved_at"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void save(Incident incident) {
        handle.createUpdate(
                        "INSERT INTO incident (id, kind, subject, state, area, sig, opened_at, resolved_at, document)"
                                + " VALUES (:id, :kind, :subject, :state, :area, :sig, :opened, :resolved, :document)"
                                + " ON CONFLICT (id) DO UPDATE SET state = :state, area = :area, sig = :sig,"
                                + " resolved_at = :resolved, document = :document")
                .bind("id", incident.id())
                .bind("kind", incident.key().kind().word())
                .bind("subject", incident.key().subject())
                .bind("state", incident.state().word())
                .bind("area", incident.diagnosis().area())
                .bind("sig", incident.diagnosis().sig())
                .bind("opened", incident.openedAt().toEpochMilli())
                .bind("resolved", milliseconds(incident.resolvedAt()))
                .bind("document", Documents.write(incident))
                .execute();
    }

    private static @Nullable Long milliseconds(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
