// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.sql.SQLException;

/** The store does not work: its disk is full, its file is gone, or it is locked. */
public final class StoreUnavailable extends RuntimeException {
    /** @param sentence what is wrong and what the operator can do */
    StoreUnavailable(String sentence) {
        super(sentence);
    }

    StoreUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
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
