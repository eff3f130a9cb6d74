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

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Content.IncidentNews;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** For how long messages are kept. */
class KeptMessagesTest {

    private static final Instant LONG_AGO = Examples.NOON;
    private static final Instant LIMIT = LONG_AGO.plus(Duration.ofDays(1));

    @TempDir
    private Path folder;

    private @Nullable TestStore database;

    private void say(Content content, SayingState state) {
        database.store().inTransaction(transaction -> {
            transaction
                    .contents()
                    .add(content, List.of(new PlacedSaying("slack", "room", Form.SAY, LONG_AGO)), LONG_AGO);
            if (state != SayingState.WAITING) {
                StrandKey key = new StrandKey("slack", "room", content.thread());
                transaction.admissions().admit(content.id(), LONG_AGO);
                SayingRow row = transaction.strands().get(key, LONG_AGO).rows().getLast();
                transaction.strands().settle(row.sequence(), state, "r-1", LONG_AGO);
                transaction.strands().setRoot(key, new Root("r-1", row.sequence(), 0));
            }
            return true;
        });
    }

    private void remember(IncidentNews news, @Nullable String care) {
        database.store().inTransaction(transaction -> {
            transaction.incidents().save(news.message().incident(), care, LONG_AGO);
            return true;
        });
    }

    private int forget() {
        return database.store()
                .inTransaction(transaction -> transaction.contents().forgetQuietSince(LIMIT, 100));
    }

    private List<String> contents() {
        return database.outcomes().query("SELECT id FROM content ORDER BY id").stream()
                .map(row -> String.valueOf(row.get("id")))
                .toList();
    }

    private int roots() {
        return database.outcomes().query("SELECT 1 FROM saying_root").size();
    }

    @ParameterizedTest
    @EnumSource(TestStore.Kind.class)
    void whatIsLongOverIsForgottenWithAllThatWasSaidOfIt(TestStore.Kind kind) {
        database = kind.in(folder);
        News news = new News("1");
        IncidentNews opened = news.opened(LONG_AGO);
        say(opened, SayingState.WRITTEN);
        IncidentNews resolved = news.resolved(LONG_AGO);
        say(resolved, SayingState.DEAD);
        remember(resolved, null);

        assertThat(forget()).isEqualTo(1);

        assertThat(contents()).isEmpty();
        assertThat(roots()).isZero();
        assertThat(database.outcomes().query("SELECT 1 FROM saying")).isEmpty();
        assertThat(forget()).isZero();
    }

    @ParameterizedTest
    @EnumSource(TestStore.Kind.class)
    void whatMayGoOnIsKept(TestStore.Kind kind) {
        database = kind.in(folder);
        IncidentNews open = new News("open").opened(LONG_AGO);
        say(open, SayingState.WRITTEN);
        remember(open, "{}");
        IncidentNews reopenable = new News("reopenable").resolved(LONG_AGO);
        say(reopenable, SayingState.WRITTEN);
        remember(reopenable, "{}");
        say(new News("waiting").opened(LONG_AGO), SayingState.WAITING);
        IncidentNews asked = new News("asked").opened(LONG_AGO);
        say(asked, SayingState.WRITTEN);
        database.store().inTransaction(transaction -> {
            transaction.deliveries().insert(new StoredDelivery("guid", "status", LONG_AGO, new byte[0], 0));
            transaction.deliveries().noticed("guid", asked.id(), List.of("because"), LIMIT);
            return true;
        });
        say(new News("fresh").opened(LONG_AGO), SayingState.WRITTEN);
        database.store()
                .inTransaction(
                        transaction -> transaction.contents().add(new News("fresh2").opened(LIMIT), List.of(), LIMIT));

        assertThat(forget()).isEqualTo(1);

        assertThat(contents()).hasSize(5).noneMatch(id -> id.startsWith("fresh-"));
    }

    @ParameterizedTest
    @EnumSource(TestStore.Kind.class)
    void whereALetterStandsIsRemembered(TestStore.Kind kind) {
        database = kind.in(folder);
        say(new Content.Letter("l-1", "letter", "slack", "room", "title", "text", true), SayingState.WRITTEN);

        assertThat(forget()).isEqualTo(1);

        assertThat(contents()).isEmpty();
        assertThat(roots()).isEqualTo(1);
    }
}
