// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.fixture.OnEachStore;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.incident.IncidentTimeline.Entry;
import io.kubevirt.cinotify.incident.IncidentTimeline.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit log on the command line, while the store is open. */
class IncidentsCommandTest extends OnEachStore {

    private Terminal.Result show(String... arguments) {
        List<String> store = kind == TestStore.Kind.EMBEDDED
                ? List.of("--data-dir", folder.toString())
                : List.of("--database-url", PostgresServer.running().url(PostgresStore.nameOf(folder)));
        return Terminal.run(java.util.stream.Stream.of(List.of("incidents", "show"), List.of(arguments), store)
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    @Test
    void whatPeopleDidIsShownOldestFirst() {
        database.store().inTransaction(transaction -> {
            transaction
                    .incidents()
                    .save(
                            new NotificationBuilder("4711")
                                    .opened(NOON)
                                    .notification()
                                    .incident(),
                            null,
                            NOON);
            transaction
                    .incidentEvents()
                    .add(List.of(
                            new Entry("4711", NOON, Kind.OPENED, null, null, "3 pull requests fail"),
                            new Entry("4711", NOON, Kind.NOTIFIED, "ada", "m", "on call"),
                            new Entry("4711", NOON.plusSeconds(60), Kind.ACKNOWLEDGED, "robin", null, ""),
                            new Entry("4711", NOON.plusSeconds(90), Kind.REASSIGNED, "robin", null, "to bo")));
            transaction.incidentEvents().add(List.of(new Entry("1", NOON, Kind.SNOOZED, "eve", null, "until later")));
            return true;
        });

        Terminal.Result text = show("4711");
        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out().lines())
                .containsExactly(
                        "4711  example/thing 4711, open",
                        "    " + NOON + "  opened: 3 pull requests fail",
                        "    " + NOON + "  notified to ada: on call",
                        "    " + NOON.plusSeconds(60) + "  acknowledged by robin",
                        "    " + NOON.plusSeconds(90) + "  reassigned by robin: to bo");
        assertThat(show("4711", "--output", "json").out())
                .contains("\"id\":\"4711\"", "\"kind\":\"reassigned\",\"person\":\"robin\",\"acted\":true");
        assertThat(show("1").out()).startsWith("1  (no longer stored)\n").contains("snoozed by eve: until later");

        Terminal.Result none = show("4712");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).startsWith("incidents: no incident has the id 4712; use an id of a message");
    }
}
