// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.OnEachStore;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.stale.OpenProblems;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered of incidents. */
class IncidentTableTest extends OnEachStore {

    private final IncidentView incident = Examples.incident("first", NOON);

    @Test
    void anIncidentIsFoundAsItWasSavedLast() {
        assertThat(found()).isEmpty();

        save(incident, "{}");
        assertThat(found()).contains(incident);
        assertThat(allOpen()).containsExactly(incident);

        IncidentView over = Examples.resolved(incident, NOON.plusSeconds(30));
        save(over, "{}");
        assertThat(found()).contains(over);
        assertThat(allOpen()).isEmpty();
    }

    @Test
    void theResponseStateIsKeptAsLongAsTheIncidentCanReopen() {
        save(incident, "open");
        save(Examples.resolved(Examples.incident("lately", NOON), NOON), "lately");
        save(Examples.resolved(Examples.incident("long ago", NOON), NOON.minusSeconds(60)), "long ago");
        save(Examples.resolved(Examples.incident("forgotten", NOON), NOON), null);

        List<String> states = ask(table -> table.responseStates(NOON.minusSeconds(1)));
        assertThat(states).containsExactlyInAnyOrder("open", "lately");
    }

    @Test
    void openAndResolvedProblemsAreKnownByTheirSubject() {
        save(missing("1", "missing-run nightly", NOON, null), null);
        save(missing("2", "missing-run hourly", NOON, NOON.plusSeconds(5)), null);
        save(missing("3", "missing-run hourly", NOON, NOON.plusSeconds(9)), null);

        List<OpenProblems.OpenProblem> standing = ask(table -> table.open(IncidentKind.MISSING_RUN));
        Map<String, Instant> over = ask(table -> table.lastClosed(IncidentKind.MISSING_RUN));
        List<OpenProblems.OpenProblem> stalled = ask(table -> table.open(IncidentKind.STALLED_CLUSTER));
        assertThat(standing).singleElement().satisfies(raised -> assertThat(raised.subject())
                .isEqualTo("nightly"));
        assertThat(over).containsExactly(Map.entry("hourly", NOON.plusSeconds(9)));
        assertThat(stalled).isEmpty();
    }

    private static IncidentView missing(String id, String title, Instant from, @Nullable Instant until) {
        IncidentView lane = Examples.incident(id, from);
        IncidentView about = until == null ? lane : Examples.resolved(lane, until);
        return new IncidentView(
                id,
                IncidentKind.MISSING_RUN,
                title,
                about.state(),
                about.diagnosis(),
                false,
                about.lanes(),
                from,
                until,
                0,
                List.of(),
                null,
                "",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private Optional<IncidentView> found() {
        return ask(table -> table.find("first"));
    }

    private List<IncidentView> allOpen() {
        return ask(table -> table.open());
    }

    private <T> T ask(Function<IncidentTable, T> question) {
        return database.store().inTransaction(transaction -> question.apply(transaction.incidents()));
    }

    private void save(IncidentView view, @Nullable String responseState) {
        ask(table -> {
            table.save(view, responseState, view.openedAt());
            return true;
        });
    }
}
