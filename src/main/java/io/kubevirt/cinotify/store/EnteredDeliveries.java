// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The deliveries that a transaction enters into the journal. Most are decided in it as well, so each is written once, at its end. */
final class EnteredDeliveries {
    private static final String IN_PROGRESS = "in-progress";
    private static final String HELD = "held";
    private static final Set<String> UNDECIDED = Set.of(IN_PROGRESS, HELD);

    private final Handle handle;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    EnteredDeliveries(Handle handle) {
        this.handle = handle;
    }

    /** A row of the journal that is not written yet. */
    static final class Row {
        private final JournalEntry entry;
        private byte[] body;
        private String outcome = IN_PROGRESS;
        private @Nullable String reason;
        private @Nullable String messageId;
        private @Nullable String run;
        private @Nullable Long decidedAt;
        private @Nullable Long day;
        private @Nullable String trace;

        private Row(JournalEntry entry) {
            this.entry = entry;
            this.body = entry.body();
        }

        boolean isInProgress() {
            return outcome.equals(IN_PROGRESS);
        }

        void setRun(String id) {
            run = id;
        }

        void setBody(byte[] bytes) {
            body = bytes;
        }

        void hold(String forRun, List<String> reasons, @Nullable Long ended) {
            outcome = HELD;
            run = forRun;
            trace = JsonColumns.write(reasons);
            day = ended;
        }

        private void release() {
            outcome = IN_PROGRESS;
            run = null;
        }

        /** Returns the day on which it counts. */
        long decide(DeliveryTable.Outcome result, List<String> reasons, @Nullable Long ended, Instant now) {
            outcome = result.outcome();
            reason = result.reason();
            messageId = result.messageId();
            trace = JsonColumns.write(reasons);
            decidedAt = now.toEpochMilli();
            long counted = ended != null ? ended : day != null ? day : DayCounts.day(entry.receivedAt());
            day = counted;
            return counted;
        }
    }

    /** False if this transaction has entered it already. */
    boolean add(JournalEntry entry) {
        return rows.putIfAbsent(entry.id(), new Row(entry)) == null;
    }

    Optional<Row> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    List<String> undecided(Collection<String> ids) {
        return ids.stream()
                .filter(id -> rows.containsKey(id) && UNDECIDED.contains(rows.get(id).outcome))
                .toList();
    }

    /** Continues the held one of a run; returns its id. */
    Optional<String> release(String run) {
        Optional<Row> held = rows.values().stream()
                .filter(row -> row.outcome.equals(HELD) && run.equals(row.run))
                .findFirst();
        held.ifPresent(Row::release);
        return held.map(row -> row.entry.id());
    }

    /** Writes the rows; from then on they are as any other. */
    void flush() {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("INSERT INTO delivery (id, event, received_at, body, outcome, reason,"
                + " message_id, run, decided_at, day, trace) VALUES (:id, :event, :received, :body, :outcome, :reason,"
                + " :message, :run, :decided, :day, :trace)");
        rows.values().forEach(row -> batch.bind("id", row.entry.id())
                .bind("event", row.entry.event())
                .bind("received", row.entry.receivedAt().toEpochMilli())
                .bind("body", row.body)
                .bind("outcome", row.outcome)
                .bind("reason", row.reason)
                .bind("message", row.messageId)
                .bind("run", row.run)
                .bind("decided", row.decidedAt)
                .bind("day", row.day)
                .bind("trace", row.trace)
                .add());
        batch.execute();
        rows.clear();
    }
}
