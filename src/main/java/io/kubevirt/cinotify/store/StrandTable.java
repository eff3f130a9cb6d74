/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is due at a place, and what becomes of it. Only whoever has taken the place may use it. */
public final class StrandTable {

    private static final String SAME_STRAND = " channel = :channel AND place = :place AND thread = :thread";

    private static final String NEWS = " AND kind <> 'letter' AND form IN ('say', 'show', 'call')";

    private static final String OVER = " AND kind IN ('resolved', 'folded')";

    private static final String SAID = " AND state = 'written' AND settled_at <= :now";

    private static final String GIVEN_UP_IN_DOUBT = " AND state = 'dead' AND doubtful_since IS NOT NULL";

    private static final String PERHAPS_SAID = " AND (state IN ('sending', 'unknown')"
            + " OR state = 'dead' AND doubtful_since IS NOT NULL) AND due_at <= :now";

    private final Handle handle;

    StrandTable(Handle handle) {
        this.handle = handle;
    }

    /** The threads of which something is due at a place, longest waiting first. */
    public List<String> threads(String channel, String place, Instant now, int limit) {
        return handle.createQuery("SELECT s.thread FROM saying AS s JOIN content AS c ON c.id = s.content_id"
                        + " WHERE s.channel = :channel AND s.place = :place AND " + PlaceTable.READY
                        + " GROUP BY s.thread ORDER BY min(s.sequence) LIMIT :limit")
                .bind("channel", channel)
                .bind("place", place)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** Where a thread stands at a place. */
    public Strand get(StrandKey key, Instant now) {
        long closed = newest(key, OVER + " AND state <> 'withdrawn' AND due_at <= :now", now);
        long said = Math.max(newest(key, NEWS + SAID, now), newest(key, NEWS + PERHAPS_SAID, now));
        long farewell = newest(key, NEWS + OVER + SAID, now);
        return new Strand(key, root(key), closed, said > farewell, doubt(key), rows(key, now));
    }

    private @Nullable Instant doubt(StrandKey key) {
        return handle.createQuery("SELECT max(doubtful_since) AS doubtful_since FROM saying WHERE" + SAME_STRAND + NEWS
                        + GIVEN_UP_IN_DOUBT)
                .bindMethods(key)
                .map((row, context) -> Optional.ofNullable(instant(row)))
                .one()
                .orElse(null);
    }

    private static @Nullable Instant instant(ResultSet row) throws SQLException {
        long millis = row.getLong("doubtful_since");
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** Somebody has looked: what was given up either does not stand there, or is known by now. */
    public void forgetDoubt(StrandKey key) {
        handle.createUpdate("UPDATE saying SET doubtful_since = NULL WHERE" + SAME_STRAND + GIVEN_UP_IN_DOUBT)
                .bindMethods(key)
                .execute();
    }

    /** Notes what stands at a place for a thread. */
    public void setRoot(StrandKey key, Root root) {
        handle.createUpdate("INSERT INTO saying_root (channel, place, thread, reference, shown, lost)"
                        + " VALUES (:channel, :place, :thread, :reference, :shown, :lost)"
                        + " ON CONFLICT (channel, place, thread)"
                        + " DO UPDATE SET reference = :reference, shown = :shown, lost = :lost")
                .bindMethods(key)
                .bindMethods(root)
                .execute();
    }

    /** What stands at a place for a thread. */
    public Root root(StrandKey key) {
        return handle.createQuery("SELECT reference, shown, lost FROM saying_root WHERE" + SAME_STRAND)
                .bindMethods(key)
                .map((row, context) -> new Root(row.getString("reference"), row.getLong("shown"), row.getInt("lost")))
                .findOne()
                .orElse(Root.NONE);
    }

    /**
     * Somebody begins it; false if it was withdrawn just now.
     *
     * @param writing since when it may be there, if whoever begins it dies; null if it is as it was before
     */
    public boolean begin(long sequence, @Nullable Instant writing) {
        return handle.createUpdate("UPDATE saying SET state = 'sending',"
                                + " doubtful_since = coalesce(:writing, doubtful_since) WHERE sequence = :sequence"
                                + " AND state IN ('waiting', 'sending', 'unknown')")
                        .bind("sequence", sequence)
                        .bind("writing", millis(writing))
                        .execute()
                == 1;
    }

    /** Somebody is no longer at it: it is not there. */
    public void waits(long sequence) {
        move(sequence, SayingState.WAITING, null);
    }

    /**
     * It may be there, or what it changes may.
     *
     * @param since when the last attempt ended that may have written it; null if none may have
     */
    public void doubt(long sequence, @Nullable Instant since) {
        move(sequence, SayingState.UNKNOWN, since);
    }

    private void move(long sequence, SayingState unsettled, @Nullable Instant since) {
        handle.createUpdate("UPDATE saying SET state = :state, doubtful_since = :since WHERE sequence = :sequence")
                .bind("state", unsettled.word())
                .bind("since", millis(since))
                .bind("sequence", sequence)
                .execute();
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /**
     * It will never be said, though it may be there.
     *
     * @param since when the last attempt ended that may have written it
     */
    public void giveUp(long sequence, Instant since, String problem, Instant now) {
        settle(sequence, SayingState.DEAD, problem, now);
        handle.createUpdate("UPDATE saying SET doubtful_since = :since WHERE sequence = :sequence")
                .bind("since", since.toEpochMilli())
                .bind("sequence", sequence)
                .execute();
    }

    /** That is what became of it, for sure. */
    public void settle(long sequence, SayingState state, @Nullable String referenceOrProblem, Instant now) {
        boolean written = state == SayingState.WRITTEN;
        handle.createUpdate("UPDATE saying SET state = :state, settled_at = :now, reference = :reference,"
                        + " doubtful_since = NULL, problem = coalesce(:problem, problem) WHERE sequence = :sequence")
                .bind("state", state.word())
                .bind("now", now.toEpochMilli())
                .bind("reference", written ? referenceOrProblem : null)
                .bind("problem", written ? null : referenceOrProblem)
                .bind("sequence", sequence)
                .execute();
    }

    /** Nothing more is said of a thread at a place before an instant; what is due there counts one attempt more. */
    public void retry(StrandKey key, String problem, Instant now, Instant due) {
        handle.createUpdate("UPDATE saying SET attempts = attempts + 1, problem = :problem, due_at = :due WHERE"
                        + SAME_STRAND + " AND state IN ('waiting', 'unknown', 'sending') AND due_at <= :now")
                .bindMethods(key)
                .bind("problem", problem)
                .bind("now", now.toEpochMilli())
                .bind("due", due.toEpochMilli())
                .execute();
    }

    /** Nothing more is said of a thread at a place before an instant; nothing has failed. */
    public void rest(StrandKey key, Instant now, Instant due) {
        handle.createUpdate("UPDATE saying SET due_at = :due WHERE" + SAME_STRAND
                        + " AND state IN ('waiting', 'unknown', 'sending') AND due_at <= :now")
                .bindMethods(key)
                .bind("now", now.toEpochMilli())
                .bind("due", due.toEpochMilli())
                .execute();
    }

    /** How often saying it has failed, and since when it has been due. */
    public Tries tries(long sequence) {
        return handle.createQuery("SELECT attempts, since FROM saying WHERE sequence = :sequence")
                .bind("sequence", sequence)
                .map((row, context) -> new Tries(row.getInt("attempts"), Instant.ofEpochMilli(row.getLong("since"))))
                .one();
    }

    /**
     * What has been tried.
     *
     * @param attempts how often it failed
     * @param since when it was first due
     */
    public record Tries(int attempts, Instant since) {}

    private List<SayingRow> rows(StrandKey key, Instant now) {
        return handle.createQuery(
                        "SELECT s.sequence, s.content_id, s.form, s.kind, s.state, s.doubtful_since FROM saying AS s"
                                + " JOIN content AS c ON c.id = s.content_id WHERE s.channel = :channel AND s.place = :place"
                                + " AND s.thread = :thread AND " + PlaceTable.READY + " ORDER BY s.sequence")
                .bindMethods(key)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> {
                    Form form = Form.of(row.getString("form"));
                    String kind = row.getString("kind");
                    return new SayingRow(
                            row.getLong("sequence"),
                            row.getString("content_id"),
                            form,
                            kind,
                            !row.getString("state").equals(SayingState.WAITING.word()),
                            instant(row),
                            form == Form.CALL || (form == Form.SAY && SayingRow.INTERRUPTING.contains(kind)));
                })
                .list();
    }

    private long newest(StrandKey key, String condition, Instant now) {
        return handle.createQuery("SELECT coalesce(max(sequence), 0) FROM saying WHERE" + SAME_STRAND + condition)
                .bindMethods(key)
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }
}
