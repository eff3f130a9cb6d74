// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.OnEachStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The journal: what came, in which order, and what became of it. */
class DeliveryTableTest extends OnEachStore {

    @Test
    void aDeliveryIsStoredOnceHoweverOftenItArrives() {
        assertThat(insert("a", "first")).isTrue();
        assertThat(insert("a", "second")).isFalse();

        JournalEntry kept = get("a");
        assertThat(kept.body()).isEqualTo("first".getBytes());
        assertThat(kept.event()).isEqualTo("status");
        assertThat(kept.receivedAt()).isEqualTo(NOON);
        assertThat(kept.attempts()).isZero();
    }

    @Test
    void theBodyComesBackByteForByte() {
        byte[] body = new byte[256];
        for (int value = 0; value < body.length; value++) {
            body[value] = (byte) value;
        }
        deliveries(table -> table.insert(new JournalEntry("bytes", "status", NOON, body, 0)));

        assertThat(get("bytes").body()).isEqualTo(body);
    }

    @Test
    void waitingDeliveriesComeInOrderOfArrival() {
        List.of("c", "a", "d", "b").forEach(id -> insert(id, "{}"));
        deliveries(table -> {
            table.suppressed("a", "tide", List.of("why"), NOON);
            return true;
        });

        assertThat(waiting(2)).containsExactly("c", "d");
        assertThat(waiting(50)).containsExactly("c", "d", "b");
    }

    @Test
    void everyDeliveryEndsInOneOutcome() {
        List.of("a", "b", "c", "d").forEach(id -> insert(id, "{}"));
        deliveries(table -> {
            table.suppressed("b", "tide", List.of("tide is no run"), NOON);
            table.suppressed("c", "tide", List.of("tide is no run"), NOON);
            table.failed("d", "defect", List.of("it broke"), NOON);
            return true;
        });

        Map<String, Long> outcomes = deliveries(DeliveryTable::outcomes);
        assertThat(outcomes).isEqualTo(Map.of("in-progress", 1L, "suppressed", 2L, "failed", 1L));
        assertThat(database.outcomes().entry("b").trace()).isEqualTo("[\"tide is no run\"]");
        assertThatThrownBy(() -> deliveries(table -> {
                    table.suppressed("b", "passed", List.of("again"), NOON);
                    return true;
                }))
                .hasMessageContaining("decided already");
        assertThat(database.outcomes().entry("b").reason()).isEqualTo("tide");
    }

    private static JournalEntry entry(String id) {
        return new JournalEntry(id, "status", NOON, new byte[0], 0);
    }

    @Test
    void whatIsEnteredAndDecidedTogetherIsAsWhatIsInsertedFirst() {
        insert("known", "{}");
        deliveries(table -> {
            assertThat(table.enterAll(List.of(entry("known"), entry("a"), entry("a"), entry("b"), entry("c"))))
                    .containsExactly(false, true, false, true, true);
            table.suppressed("a", "tide", List.of("tide is no run"), NOON);
            table.held("b", "run-b", List.of("waits"));
            table.setRun("c", "run-c");
            assertThat(table.undecided(List.of("known", "a", "b", "c"))).containsExactlyInAnyOrder("known", "b", "c");
            table.setBody(new JournalEntry("b", "status", NOON, "kept".getBytes(), 0));
            assertThatThrownBy(() -> table.suppressed("a", "passed", List.of("again"), NOON))
                    .hasMessageContaining("decided already");
            return true;
        });

        assertThat(deliveries(DeliveryTable::outcomes))
                .isEqualTo(Map.of("in-progress", 2L, "suppressed", 1L, "held", 1L));
        assertThat(database.outcomes().entry("a").trace()).isEqualTo("[\"tide is no run\"]");
        Optional<String> released = deliveries(table -> table.released("run-b"));
        assertThat(released).hasValue("b");
        assertThat(get("b").body()).isEqualTo("kept".getBytes());
        assertThat(waiting(50)).containsExactly("known", "b", "c");
    }

    @Test
    void whatIsHeldAndReleasedTogetherGoesOn() {
        deliveries(table -> {
            table.enterAll(List.of(entry("a"), entry("b")));
            table.held("a", "run-a", List.of("waits"));
            assertThat(table.released("run-a")).hasValue("a");
            table.notified("a", "message-1", List.of("why"), NOON);
            table.withdrawn("message-1", "healed");
            return true;
        });

        assertThat(deliveries(DeliveryTable::outcomes)).isEqualTo(Map.of("suppressed", 1L, "in-progress", 1L));
        assertThat(database.outcomes().entry("a").reason()).isEqualTo("healed");
    }

    @Test
    void failedAttemptsAreCountedAndTheDeliveryGoesOnWaiting() {
        insert("a", "{}");

        assertThat(attempted("a")).isEqualTo(1);
        assertThat(attempted("a")).isEqualTo(2);
        assertThat(get("a").attempts()).isEqualTo(2);
        assertThat(waiting(1)).containsExactly("a");
    }

    @Test
    void theJournalOutlivesTheProcess() {
        insert("a", "{}");
        database = kind.in(folder);

        assertThat(waiting(1)).containsExactly("a");
    }

    private boolean insert(String id, String body) {
        return deliveries(table -> table.insert(new JournalEntry(id, "status", NOON, body.getBytes(), 0)));
    }

    private JournalEntry get(String id) {
        return deliveries(table -> table.get(id));
    }

    private List<String> waiting(int limit) {
        return deliveries(table -> table.inProgress(limit));
    }

    private int attempted(String id) {
        return deliveries(table -> table.attempted(id));
    }

    private <T> T deliveries(Function<DeliveryTable, T> work) {
        return database.store().inTransaction(transaction -> work.apply(transaction.deliveries()));
    }
}
