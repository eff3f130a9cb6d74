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
    boolean isCollision() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database
                    && String.valueOf(database.getSQLState()).startsWith("40")) {
                return true;
            }
        }
        return false;
    }
}
