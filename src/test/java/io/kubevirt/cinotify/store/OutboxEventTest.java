// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The transitions of a message at a destination. */
class OutboxEventTest {
    private static final Pattern CHANGES_STATE = Pattern.compile("(?s)UPDATE outbox SET((?! WHERE).)*\\bstate = ");

    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void onlyATransitionChangesTheStateOfARow() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(source -> source.toString().endsWith(".java"))
                            .filter(source -> CHANGES_STATE
                                    .matcher(CONCATENATION.matcher(read(source)).replaceAll(""))
                                    .find()))
                    .extracting(source -> source.getFileName().toString())
                    .containsExactly("OutboxEvent.java");
        }
    }

    @Test
    void theSqlOfATransitionLeavesOtherStates() {
        assertThat(OutboxEvent.WITHDRAW.update("settled_at = :now", "message_id = :id"))
                .isEqualTo("UPDATE outbox SET state = 'withdrawn', settled_at = :now"
                        + " WHERE message_id = :id AND state IN ('batched', 'waiting')");
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
