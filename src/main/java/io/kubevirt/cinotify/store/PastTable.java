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

import io.kubevirt.cinotify.incident.policy.Checkpoint;
import io.kubevirt.cinotify.incident.policy.Input;
import io.kubevirt.cinotify.incident.policy.Past;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the incidents follow from. */
public final class PastTable implements Past {

    private final Handle handle;

    PastTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public void add(Input input) {
        handle.createUpdate("INSERT INTO incident_input (at, rank, document) VALUES (:at, :rank, :document)"
                        + " ON CONFLICT (at, rank) DO NOTHING")
                .bind("at", input.at().toEpochMilli())
                .bind("rank", input.rank())
                .bind("document", Documents.write(input))
                .execute();
    }

    @Override
    public List<Input> from(Instant instant) {
        return handle
                .createQuery("SELECT document FROM incident_input WHERE at >= :at")
                .bind("at", instant.toEpochMilli())
                .map((row, context) -> Documents.read(row.getString("document"), Input.class))
                .stream()
                .sorted(Input.ORDER)
                .toList();
    }

    @Override
    public void keep(Checkpoint checkpoint) {
        handle.createUpdate("INSERT INTO incident_checkpoint (at, document) VALUES (:at, :document)"
                        + " ON CONFLICT (at) DO UPDATE SET document = :document")
                .bind("at", checkpoint.at().toEpochMilli())
                .bind("document", checkpoint.state())
                .execute();
    }

    @Override
    public Optional<Checkpoint> newest() {
        return checkpoint("", Instant.EPOCH);
    }

    @Override
    public Optional<Checkpoint> before(Instant instant) {
        return checkpoint("WHERE at < :at ", instant);
    }

    private Optional<Checkpoint> checkpoint(String condition, Instant instant) {
        return handle.createQuery(
                        "SELECT at, document FROM incident_checkpoint " + condition + "ORDER BY at DESC LIMIT 1")
                .bindMap(condition.isEmpty() ? Map.of() : Map.of("at", instant.toEpochMilli()))
                .map((row, context) ->
                        new Checkpoint(Instant.ofEpochMilli(row.getLong("at")), row.getString("document")))
                .findOne();
    }

    @Override
    public void dropCheckpoints(Instant from) {
        handle.createUpdate("DELETE FROM incident_checkpoint WHERE at >= :at")
                .bind("at", from.toEpochMilli())
                .execute();
    }

    /** Forgets what nothing can come late for any more; one older checkpoint stays to count from. */
    public void forgetBefore(Instant instant) {
        before(instant).ifPresent(oldest -> {
            handle.createUpdate("DELETE FROM incident_checkpoint WHERE at < :at")
                    .bind("at", oldest.at().toEpochMilli())
                    .execute();
            handle.createUpdate("DELETE FROM incident_input WHERE at < :at")
                    .bind("at", oldest.at().toEpochMilli())
                    .execute();
        });
    }
}
