// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Known issues as they were last read from GitHub. */
public final class KnownIssueTable {
    private final Handle handle;

    KnownIssueTable(Handle handle) {
        this.handle = handle;
    }

    /**
     * An issue; all text is untrusted.
     *
     * @param repository org/repo
     */
    public record Row(String repository, String label, int number, String title, String link, String body) {}

    public List<Row> all() {
        return handle.createQuery("SELECT repository, label, number, title, link, body FROM known_issue"
                        + " ORDER BY repository, label, number")
                .map((row, context) -> new Row(
                        row.getString("repository"),
                        row.getString("label"),
                        row.getInt("number"),
                        row.getString("title"),
                        row.getString("link"),
                        row.getString("body")))
                .list();
    }

    /** Replaces the issues of a repository and label. */
    public void replace(String repository, String label, List<Row> rows) {
        handle.createUpdate("DELETE FROM known_issue WHERE repository = :repository AND label = :label")
                .bind("repository", repository)
                .bind("label", label)
                .execute();
        for (Row row : rows) {
            handle.createUpdate("INSERT INTO known_issue (repository, label, number, title, link, body)"
                            + " VALUES (:repository, :label, :number, :title, :link, :body)")
                    .bind("repository", repository)
                    .bind("label", label)
                    .bind("number", row.number())
                    .bind("title", row.title())
                    .bind("link", row.link())
                    .bind("body", row.body())
                    .execute();
        }
    }
}
