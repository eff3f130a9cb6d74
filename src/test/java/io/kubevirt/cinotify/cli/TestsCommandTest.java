// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static io.kubevirt.cinotify.fixture.FailedTests.test;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.FailedTests;
import io.kubevirt.cinotify.fixture.OnEachStore;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.prow.Visibility;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command, while the store is open; it counts until now. */
class TestsCommandTest extends OnEachStore {
    private static final Instant TODAY = Instant.now().truncatedTo(ChronoUnit.DAYS);

    private Terminal.Result tests(String... arguments) {
        List<String> store = kind == TestStore.Kind.EMBEDDED
                ? List.of("--data-dir", folder.toString())
                : List.of("--database-url", PostgresServer.running().url(PostgresStore.nameOf(folder)));
        return Terminal.run(Stream.of(List.of("tests"), List.of(arguments), store)
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    @Test
    void testsAreListedByTheirFailures() throws Exception {
        FailedTests runs = new FailedTests(database.store());
        runs.run("example/secret e2e", 1, TODAY, Visibility.PRIVATE, test("net attaches"));
        runs.passed("example/secret e2e", 1, TODAY);
        runs.failed("example/thing e2e", 2, TODAY, test("migrates"));
        runs.failed("example/thing unit", 3, TODAY, test("migrates"));

        Terminal.Result all = tests();
        assertThat(all.code()).as(all.err()).isZero();
        assertThat(all.out().lines())
                .as("the operator sees what is private, too")
                .containsExactly(
                        "migrates",
                        "    2 of 2 runs failed (100.0 %), 0 flaky (0 %), 2 pull requests, SIG compute, first " + TODAY
                                + ", last " + TODAY,
                        "    example/thing e2e (1), example/thing unit (1)",
                        "net attaches",
                        "    1 of 2 runs failed (50.0 %), 1 flaky (100 %), 1 pull request, SIG network, first " + TODAY
                                + ", last " + TODAY,
                        "    example/secret e2e (1)");
        assertThat(tests("--flaky").out()).startsWith("net attaches").doesNotContain("migrates");
        assertThat(tests("--broken").out()).startsWith("migrates").doesNotContain("net");
        assertThat(tests("--sig", "storage").out()).isEqualTo("no test matches\n");
        JsonNode json = tests("--output", "json", "--lane", "unit").json().getFirst();
        assertThat(json.findValuesAsText("failed")).startsWith("1");
    }

    @Test
    void optionsThatExcludeEachOtherOrMakeNoSenseAreReported() {
        assertThat(tests("--flaky", "--broken").code()).isEqualTo(2);
        assertThat(tests("--days", "0").err()).contains("--days must be a number from 1 to 400");
    }
}
