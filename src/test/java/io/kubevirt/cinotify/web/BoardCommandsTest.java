// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.cli.Terminal;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code incidents list} and {@code counts}, while the plugin has its store open. */
class BoardCommandsTest {
    @TempDir
    private static Path folder;

    private static Store store;

    @BeforeAll
    static void fill() {
        store = EmbeddedStore.in(folder).store();
        MondayMorning.fill(store);
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
    void commandsThatOnlyReadDoNotWaitForAWriter() {
        List<Terminal.Result> results = store.inTransaction(transaction -> {
            transaction.watermarks().set("writer", new Watermark("", Instant.EPOCH));
            return List.of(
                    list(),
                    Terminal.run("incidents", "show", MondayMorning.NETWORK, "--data-dir", folder.toString()),
                    run("counts", "lanes"),
                    run("counts", "activity"),
                    Terminal.run("outbox", "list", "--data-dir", folder.toString()));
        });

        assertThat(results)
                .allSatisfy(result -> assertThat(result.code()).as(result.err()).isZero());
    }

    @Test
    void aNumberOutOfRangeIsAUsageError() {
        Terminal.Result none = run("counts", "lanes", "--days", "0");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).startsWith("--days is 0; use a number from 1 to 400\nsee ci-notify counts lanes --help");
        assertThat(run("counts", "activity", "--days", "1000").err())
                .startsWith("--days is 1000; use a number from 1 to 400\nsee ci-notify counts activity --help");
        assertThat(list("--limit", "0").err())
                .startsWith("--limit is 0; use a number from 1 to 1000\nsee ci-notify incidents list --help");
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
