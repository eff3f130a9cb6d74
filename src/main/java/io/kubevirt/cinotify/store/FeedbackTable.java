// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.DiagnosisFeedback.RuleCount;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** Reports that diagnoses are wrong. */
public final class FeedbackTable {
    private static final int MAX_ROWS = 500;

    private final Handle handle;

    FeedbackTable(Handle handle) {
        this.handle = handle;
    }

    /** The same from the same person about the same diagnosis is stored once. */
    public void add(DiagnosisFeedback feedback) {
        handle.createUpdate("INSERT INTO feedback (id, at, incident, rule, kind, document)"
                        + " VALUES (:id, :at, :incident, :rule, :kind, :document) ON CONFLICT (id) DO NOTHING")
                .bind(
                        "id",
                        String.join(
                                " ",
                                feedback.incident(),
                                feedback.kind().value(),
                                feedback.person().toLowerCase(Locale.ROOT),
                                feedback.rule()))
                .bind("at", feedback.at().toEpochMilli())
                .bind("incident", feedback.incident())
                .bind("rule", feedback.rule())
                .bind("kind", feedback.kind().value())
                .bind("document", JsonColumns.write(feedback))
                .execute();
    }

    /** Newest first. */
    public List<DiagnosisFeedback> all() {
        return handle.createQuery("SELECT document FROM feedback ORDER BY at DESC, id LIMIT :limit")
                .bind("limit", MAX_ROWS)
                .mapTo(String.class)
                .map(document -> JsonColumns.read(document, DiagnosisFeedback.class))
                .list();
    }

    /** Incidents by rule, the rule with most first; several people about one incident count once. */
    public List<RuleCount> byRule() {
        return handle.createQuery("SELECT rule,"
                        + " count(DISTINCT CASE WHEN kind = 'wrong-cause' THEN incident END) AS wrong_cause,"
                        + " count(DISTINCT CASE WHEN kind = 'not-ours' THEN incident END) AS not_ours"
                        + " FROM feedback GROUP BY rule ORDER BY count(DISTINCT incident) DESC, rule LIMIT :limit")
                .bind("limit", MAX_ROWS)
                .map((row, context) ->
                        new RuleCount(row.getString("rule"), row.getInt("wrong_cause"), row.getInt("not_ours")))
                .list();
    }
}
