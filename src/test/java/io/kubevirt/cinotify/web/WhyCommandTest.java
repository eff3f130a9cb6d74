// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.cli.Terminal;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.store.BoardQuery.StoredRun;
import io.kubevirt.cinotify.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code why}, while the plugin has its store open. */
class WhyCommandTest {
    @Test
    void aRunIsAnsweredFromTheStore(@TempDir Path folder) {
        Store store = EmbeddedStore.in(folder).store();
        MondayMorning.fill(store);
        StoredRun run = store.read(transaction -> transaction
                .board()
                .runs(MondayMorning.NETWORK, Instant.ofEpochMilli(Long.MAX_VALUE), "~", 1)
                .getFirst());
        String url = Objects.requireNonNull(Objects.requireNonNull(run.run()).url());

        Terminal.Result answer = Terminal.run("why", url, "--data-dir", folder.toString(), "--config", "config");
        assertThat(answer.err() + answer.out()).contains("dhiller was notified of this run.", "rule named-sig");
        assertThat(answer.code()).isZero();

        Terminal.Result unknown = Terminal.run(
                "why", url.replace(run.build(), "4711"), "--data-dir", folder.toString(), "--config", "config");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("run 4711 was not seen");
    }
}
