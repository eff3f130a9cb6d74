// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.sql.SQLException;

/** The store can do nothing now, whatever is asked of it: its disk is full, its file is gone, another one holds it. */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param sentence what is wrong and what the operator can do */
    StoreUnavailable(String sentence) {
        super(sentence);
    }

    /** The same with what the database said. */
    StoreUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** Whether the database gave way to another transaction, so that the same may succeed at once (SQLSTATE class 40). */
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
