// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.cli.Terminal;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code incidents list} and {@code counts}, while the plugin has its store open. */
class BoardCommandsTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void fill() {
        MondayMorning.fill(EmbeddedStore.in(folder).store());
    }

    private static Terminal.Result list(String... options) {
        return run("incidents", "list", options);
    }

    private static Terminal.Result run(String group, String command, String... options) {
        List<String> all =
                new ArrayList<>(List.of(group, command, "--data-dir", folder.toString(), "--config", "config"));
        all.addAll(List.of(options));
        return Terminal.run(all.toArray(String[]::new));
    }

    @Test
    void countsAreCommaSeparated() {
        assertThat(run("counts", "lanes", "--days", "400", "--lane", "unit-0")
                        .out()
                        .lines())
                .startsWith("family,lane,day,finished,failed,flaky")
                .contains(
                        "kubevirt/kubevirt pull-kubevirt-unit-0,kubevirt/kubevirt pull-kubevirt-unit-0,2026-11-27,8,3,0");
        Terminal.Result activity = run("counts", "activity", "--days", "400");
        assertThat(activity.out().lines().findFirst()).as(activity.err()).contains("day,outcome,reason,deliveries");
        assertThat(activity.out()).contains(",suppressed,flake,");
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
        assertThat(list("--filter", "area=bare-metal").out().lines())
                .singleElement()
                .asString()
                .contains("sriov e2e");
        assertThat(list("--filter", "state=resolved", "--limit", "2").out().lines())
                .hasSize(2);
        assertThat(list("--filter", "blocking", "--output", "json").out()).contains("\"blocking\":true");
        assertThat(list("--filter", "area=nowhere").out()).isEqualTo("no incident matches\n");
        Terminal.Result wrong = list("--filter", "stat=open");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("did you mean state?");
    }
}
