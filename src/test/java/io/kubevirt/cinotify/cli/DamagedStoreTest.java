// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.JournalEntry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that cannot be used ends each command at once, with one sentence that names file and remedy. */
class DamagedStoreTest {
    private static final int DELIVERIES = 100;

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void fill() {
        data = folder.resolve("data");
        try (Database database = Database.embedded(data, Duration.ofMinutes(1))) {
            List<JournalEntry> deliveries = IntStream.range(0, DELIVERIES)
                    .mapToObj(number -> new JournalEntry("d" + number, "status", Instant.EPOCH, new byte[2_000], 0))
                    .toList();
            database.inbox().append(deliveries);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci-notify.db", "inbox.db"})
    void serveDoesNotStartOnGarbage(String name) throws IOException {
        Path file = Files.writeString(data.resolve(name), "garbage ".repeat(1_000));

        assertOneSentence(serve(), file + " is damaged", "restore a backup", "docs/operate.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci-notify.db", "inbox.db"})
    void serveDoesNotStartOnATruncatedFile(String name) throws IOException {
        Path file = truncated(name);

        assertOneSentence(serve(), file + " is damaged", "restore a backup");
    }

    @Test
    void serveDoesNotStartWithoutPermission() throws IOException {
        Path file = data.resolve("inbox.db");
        Files.delete(file);
        Files.createDirectory(file);

        assertOneSentence(serve(), "cannot open " + file, "check the disk of " + file + ", its free space");
    }

    @ParameterizedTest
    @ValueSource(strings = {"outbox list", "export", "suggestions", "store check"})
    void everyCommandReportsADamagedStore(String command) throws IOException {
        Path file = truncated("ci-notify.db");
        String[] words = (command + " --data-dir " + data).split(" ");

        assertOneSentence(Terminal.run(words), file + " is damaged", "restore a backup");
    }

    private Path truncated(String name) throws IOException {
        Path file = data.resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        return file;
    }

    private Terminal.Result serve() throws IOException {
        Path secret = Files.writeString(folder.resolve("hmac"), "key");
        return Terminal.run(
                "serve",
                "--port=0",
                "--health-port=0",
                "--hmac-secret-file=" + secret,
                "--config=config",
                "--data-dir=" + data);
    }

    private static void assertOneSentence(Terminal.Result result, String... parts) {
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.problems()).singleElement().asString().contains(parts).doesNotContain("Exception", "\tat ");
    }
}
