// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.cli.Terminal;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code incidents list}, while the plugin has its store open. */
class IncidentsListCommandTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void fill() {
        MondayMorning.fill(EmbeddedStore.in(folder).store());
    }

    private static Terminal.Result list(String... options) {
        String[] all = new String[options.length + 6];
        String[] fixed = {"incidents", "list", "--data-dir", folder.toString(), "--config", "config"};
        System.arraycopy(fixed, 0, all, 0, fixed.length);
        System.arraycopy(options, 0, all, fixed.length, options.length);
        return Terminal.run(all);
    }

    @Test
    void openIncidentsComeByUrgency() {
        Terminal.Result listed = list();
        assertThat(listed.code()).as(listed.err()).isZero();
        assertThat(listed.out().lines().map(line -> line.substring(0, 10)))
                .as("the operator sees private incidents, too")
                .contains(MondayMorning.PRIVATE)
                .startsWith(MondayMorning.NETWORK);
    }

    @Test
    void filtersAreThoseOfTheBoard() {
        assertThat(list("--filter", "area=bare-metal").out().lines()).singleElement().asString().contains("sriov e2e");
        assertThat(list("--filter", "state=resolved", "--limit", "2").out().lines()).hasSize(2);
        assertThat(list("--filter", "blocking", "--output", "json").out()).contains("\"blocking\":true");
        assertThat(list("--filter", "area=nowhere").out()).isEqualTo("no incident matches\n");
        Terminal.Result wrong = list("--filter", "stat=open");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("did you mean state?");
    }
}
