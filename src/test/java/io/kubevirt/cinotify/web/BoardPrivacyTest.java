// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are not shown decide nothing that is. */
class BoardPrivacyTest {
    private static final String SAME_PREFIX = MondayMorning.NETWORK.substring(0, 6) + "ffff";

    @TempDir
    private Path folder;

    @Test
    void aPrefixIsUniqueAmongWhatIsShown() {
        EmbeddedStore database = EmbeddedStore.in(folder);
        MondayMorning.fill(database.store());
        database.execute("UPDATE incident SET id = '" + SAME_PREFIX + "' WHERE id = '" + MondayMorning.PRIVATE + "'");
        try (BoardFixture board = new BoardFixture(database.store(), BoardFixture.local())) {
            assertThat(board.get("/i/" + SAME_PREFIX.substring(0, 6)).headers())
                    .containsEntry("location", "/incidents/" + MondayMorning.NETWORK);
            assertThat(board.get("/i/" + SAME_PREFIX).status()).isEqualTo(404);
        }
    }

    @Test
    void aCursorHoldsNoRowThatIsNotShown() {
        EmbeddedStore database = EmbeddedStore.in(folder);
        MondayMorning.fill(database.store());
        database.execute("UPDATE incident SET state = 'resolved', closed_at = " + MondayMorning.NOW.toEpochMilli()
                + " WHERE id = '" + MondayMorning.PRIVATE + "'");
        database.store().read(transaction -> {
            assertThat(transaction.board().closed("resolved", MondayMorning.NOW.plusSeconds(60), "~", 100, false))
                    .hasSize(7)
                    .noneMatch(row -> row.incident().id().equals(MondayMorning.PRIVATE));
            assertThat(transaction.board().closed("resolved", MondayMorning.NOW.plusSeconds(60), "~", 100, true))
                    .hasSize(8);
            return true;
        });
    }
}
