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
package io.kubevirt.cinotify.app.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.StoredDelivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comment that fails just as the store fails. */
class InHandTest {

    @TempDir
    private Path folder;

    private final AtomicBoolean broken = new AtomicBoolean(true);
    private EmbeddedStore database;

    private Settings settings() {
        if (broken.get()) {
            move(database.file(), folder.resolve("away"));
            throw new IllegalStateException("broken");
        }
        return Preset.settings();
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isTakenUpAgainOnceTheStoreIsBack() {
        database = EmbeddedStore.in(folder);
        byte[] body = CommentPayload.of("issue_comment", "looks good").bytes();
        database.store().inTransaction(transaction -> transaction
                .deliveries()
                .insert(new StoredDelivery("guid", "issue_comment", Examples.NOON, body, 0)));
        AnswerComments comments = new AnswerComments(
                database.store(),
                this::settings,
                work -> {
                    throw new AssertionError("there is no command in it");
                },
                null,
                () -> Examples.NOON);
        assertThatThrownBy(comments::prepareAll).isInstanceOf(StoreUnavailable.class);

        broken.set(false);
        move(folder.resolve("away"), database.file());
        comments.prepareAll();

        assertThat(database.outcomes().entry("guid").outcome()).isEqualTo("suppressed");
    }
}
