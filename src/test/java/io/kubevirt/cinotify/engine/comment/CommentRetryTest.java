// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comment that fails just as the store fails. */
class CommentRetryTest {

    @TempDir
    private Path folder;

    private final AtomicBoolean broken = new AtomicBoolean(true);
    private EmbeddedStore database;

    private Config settings() {
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
    void aCommentForWhichTheMemoryDoesNotSufficeIsAFailedAttempt() throws InvalidConfigException {
        database = EmbeddedStore.in(folder);
        CommentProcessor comments = comments(() -> {
            throw new OutOfMemoryError("a large one");
        });
        comments.offer("guid");

        comments.prepareAll();

        assertThat(comments.isQueued("guid")).isFalse();
        int attempts = database.store()
                .read(transaction -> transaction.deliveries().get("guid").attempts());
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void aCommentThatFailsTogetherWithTheStoreIsRetried() throws InvalidConfigException {
        database = EmbeddedStore.in(folder);
        CommentProcessor comments = comments(this::settings);
        comments.offer("guid");
        assertThatThrownBy(comments::prepareAll).isInstanceOf(StoreUnavailable.class);

        broken.set(false);
        move(folder.resolve("away"), database.file());
        assertThat(comments.isQueued("guid")).isFalse();
        comments.offer("guid");
        comments.prepareAll();

        assertThat(comments.isQueued("guid")).isFalse();
        assertThat(database.outcomes().entry("guid").outcome()).isEqualTo("suppressed");
    }

    private CommentProcessor comments(Supplier<Config> settings) throws InvalidConfigException {
        ConfigAgent config = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> Examples.NOON);
        byte[] body = CommentPayload.of("issue_comment", "looks good").bytes();
        database.store().inTransaction(transaction -> transaction
                .deliveries()
                .insert(new JournalEntry("guid", "issue_comment", Examples.NOON, body, 0)));
        return new CommentProcessor(
                database.store(),
                settings,
                new IncidentService(database.store(), config, new Channels(List.of()), () -> Examples.NOON),
                null,
                () -> Examples.NOON);
    }
}
