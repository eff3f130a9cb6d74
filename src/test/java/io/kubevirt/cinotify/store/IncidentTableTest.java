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

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.incident.Incident;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** At most one open incident of a lane. */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class IncidentTableTest {

    @Parameter
    private TestStore.Kind kind;

    @TempDir
    private Path folder;

    private TestStore database;

    private final Incident first = Examples.incident("first", NOON);
    private final Incident second = Examples.incident("second", NOON.plusSeconds(60));

    @BeforeEach
    void open() {
        database = kind.in(folder);
    }

    @Test
    void theOpenIncidentOfALaneIsFoundAsItWasSaved() {
        assertThat(openOfLane()).isEmpty();

        save(first);

        assertThat(openOfLane()).contains(first);
    }

    @Test
    void twoOfOneLaneCannotBeOpenAtOnce() {
        save(first);

        assertThatThrownBy(() -> save(second))
                .isNotInstanceOf(StoreUnavailable.class)
                .message()
                .containsIgnoringCase("unique");
        assertThat(openOfLane()).contains(first);
    }

    @Test
    void aLaneThatBreaksAgainHasANewIncidentAndKeepsTheOldOne() {
        save(first);
        save(Examples.resolved(first, NOON.plusSeconds(30)));
        assertThat(openOfLane()).isEmpty();

        save(second);

        assertThat(openOfLane()).contains(second);
        assertThat(database.outcomes().query("SELECT id, state, resolved_at FROM incident ORDER BY opened_at"))
                .hasSize(2)
                .first()
                .satisfies(row -> assertThat(row)
                        .containsEntry("id", "first")
                        .containsEntry("state", "resolved")
                        .containsEntry("resolved_at", NOON.plusSeconds(30).toEpochMilli()));
    }

    private Optional<Incident> openOfLane() {
        return database.store()
                .inTransaction(transaction -> transaction.incidents().openOf(first.key()));
    }

    private void save(Incident incident) {
        database.store().inTransaction(transaction -> {
            transaction.incidents().save(incident);
            return true;
        });
    }
}
