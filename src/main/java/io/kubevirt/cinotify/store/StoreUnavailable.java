// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/** The store does not work: it is damaged, its disk is full, its file is gone, it is locked, or there is none. */
public final class StoreUnavailable extends RuntimeException {
    private final boolean absent;

    /** @param sentence what is wrong and what the operator can do */
    StoreUnavailable(String sentence) {
        this(sentence, null, false);
    }

    StoreUnavailable(String sentence, @Nullable Throwable cause) {
        this(sentence, cause, false);
    }

    private StoreUnavailable(String sentence, @Nullable Throwable cause, boolean absent) {
        super(sentence, cause);
        this.absent = absent;
    }

    /** There is no store of ci-notify where the options point. */
    static StoreUnavailable absent(String sentence, @Nullable Throwable cause) {
        return new StoreUnavailable(sentence, cause, true);
    }

    /** The failure of the database, its file or its server; the failure itself if the statement is at fault. */
    static RuntimeException translate(JdbiException failure, String what, SqlDialect dialect, @Nullable Path file) {
        SQLException error = failure.getCause() instanceof SQLException database ? database : null;
        return failure instanceof StatementException && (error == null || dialect.isFaultOfStatement(error))
                ? failure
                : because(failure, what, dialect, file);
    }

    static StoreUnavailable because(Throwable failure, String what, SqlDialect dialect, @Nullable Path file) {
        return new StoreUnavailable(
                what + " (" + reason(failure) + "): " + dialect.remedy(databaseError(failure), file), failure);
    }

    /** The words of the deepest cause that has any: an interruption, for example, has none. */
    static String reason(Throwable failure) {
        String reason = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            reason = cause.getMessage() == null ? reason : cause.getMessage();
        }
        return reason.lines().findFirst().orElse("");
    }

    private static @Nullable SQLException databaseError(Throwable failure) {
        SQLException error = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            error = cause instanceof SQLException database ? database : error;
        }
        return error;
    }

    public boolean isAbsent() {
        return absent;
    }

    /** A serialization failure or deadlock (SQLSTATE class 40), so a retry may succeed at once. */
    boolean isConflict() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database
                    && String.valueOf(database.getSQLState()).startsWith("40")) {
                return true;
            }
        }
        return false;
    }
}
