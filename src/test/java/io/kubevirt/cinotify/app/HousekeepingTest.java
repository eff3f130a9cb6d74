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

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.bump.BumpPull;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.kubevirt.cinotify.store.Form;
import io.kubevirt.cinotify.store.PlacedSaying;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store does not keep for ever. */
class HousekeepingTest {

    private static final Instant NOON = Examples.NOON;

    @TempDir
    private Path folder;

    private TestStore database;
    private LiveSettings settings;
    private Instant now = NOON;

    @BeforeEach
    void open() throws InvalidDocument {
        settings = new LiveSettings(new SettingsLoader(Path.of("config"), null), () -> now);
        database = TestStore.Kind.EMBEDDED.in(folder);
    }

    private void later(int days) {
        now = NOON.plus(Duration.ofDays(days));
        new Housekeeping(database.store(), settings, () -> now).forget();
    }

    private void bump(int number, String of, Instant opened, @Nullable Instant ended) {
        BumpPull pull = new BumpPull(
                Repository.of("example/infra"),
                number,
                of,
                "Bump",
                "https://example.org",
                "s" + number,
                opened,
                opened,
                null,
                Map.of(),
                ended,
                ended == null ? null : "m",
                null);
        database.store().inTransaction(transaction -> {
            transaction.bumps().save(pull);
            return true;
        });
    }

    private List<Object> bumps() {
        return database.outcomes().query("SELECT number FROM bump ORDER BY number").stream()
                .map(row -> (Object) ((Number) row.get("number")).intValue())
                .toList();
    }

    @Test
    void bumpsAreForgottenAQuarterAfterTheirEndButTheNewestOfEachClass() {
        bump(1, "prow-bump", NOON.minus(Duration.ofDays(3)), NOON);
        bump(2, "prow-bump", NOON.minus(Duration.ofDays(2)), NOON);
        bump(3, "prow-bump", NOON.minus(Duration.ofDays(4)), null);
        bump(4, "image-bump", NOON.minus(Duration.ofDays(9)), NOON);

        later(92);
        assertThat(bumps()).containsExactly(1, 2, 3, 4);

        later(93);
        assertThat(bumps())
                .as("the newest of each class, by which its silence is seen, and what is open")
                .containsExactly(2, 3, 4);
    }

    @Test
    void thousandsAreForgottenAtOnce() {
        for (int number = 1; number <= 1_101; number++) {
            bump(number, "prow-bump", NOON.plusSeconds(number), NOON.plusSeconds(5_000));
        }

        later(100);

        assertThat(bumps()).containsExactly(1_101);
    }

    @Test
    void digestsAreForgottenAMonthAfterTheyWereSaidAndNothingElse() {
        letter("digest-taskforce-2026-07-13-slack-ci");
        letter("digest-taskforce-2026-07-20-slack-ci");
        letter("answer-1");
        settle("digest-taskforce-2026-07-13-slack-ci");
        settle("answer-1");

        later(29);
        assertThat(contents()).hasSize(3);

        later(31);
        assertThat(contents())
                .as("one has not been said yet")
                .containsExactly("answer-1", "digest-taskforce-2026-07-20-slack-ci");
        assertThat(database.outcomes().query("SELECT content_id FROM saying")).hasSize(2);

        settle("digest-taskforce-2026-07-20-slack-ci");
        later(32);
        assertThat(contents()).containsExactly("answer-1");
    }

    private void letter(String id) {
        database.store().inTransaction(transaction -> transaction
                .contents()
                .add(
                        new Content.Letter(id, id, "slack", "ci", "title", "text"),
                        List.of(new PlacedSaying("slack", "ci", Form.SAY, NOON)),
                        NOON));
    }

    private void settle(String id) {
        ((EmbeddedStore) database).execute("UPDATE saying SET state = 'written' WHERE content_id = '" + id + "'");
    }

    private List<Object> contents() {
        return database.outcomes().query("SELECT id FROM content ORDER BY id").stream()
                .map(row -> row.get("id"))
                .toList();
    }
}
