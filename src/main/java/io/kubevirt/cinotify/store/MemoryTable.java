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

import org.jdbi.v3.core.Handle;

/** Who decides, and what is remembered of speaking with people. */
public final class MemoryTable {

    private final Handle handle;

    MemoryTable(Handle handle) {
        this.handle = handle;
    }

    /**
     * Makes whoever asks the only one who decides until the transaction ends.
     *
     * @return one more than before: whoever was the last to ask has got the number just below it
     */
    public long take() {
        return handle.createQuery("UPDATE incident_memory SET version = version + 1 RETURNING version")
                .mapTo(Long.class)
                .one();
    }

    /** What the last one who decided has left. */
    public String attention() {
        return handle.createQuery("SELECT attention FROM incident_memory")
                .mapTo(String.class)
                .one();
    }

    /** Leaves something for the next one who decides. */
    public void keep(String attention) {
        handle.createUpdate("UPDATE incident_memory SET attention = :attention")
                .bind("attention", attention)
                .execute();
    }
}
