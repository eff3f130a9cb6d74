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

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The digests that were sent: letters that nobody continues. */
public final class DigestLetters {

    private static final String OLD = "SELECT id FROM content WHERE kind = '" + SayingRow.LETTER + "' AND id LIKE"
            + " 'digest-%' AND decided_at < :instant AND NOT EXISTS (SELECT 1 FROM saying WHERE content_id = content.id AND"
            + " state IN ('waiting', 'sending', 'unknown')) ORDER BY sequence LIMIT :limit";

    private final Handle handle;

    DigestLetters(Handle handle) {
        this.handle = handle;
    }

    /**
     * Forgets those that were decided before an instant and have nothing left to be said, a part at a time; how many were
     * forgotten. The instant must be so early that no occasion is due any more.
     */
    public int forgetBefore(Instant instant, int limit) {
        List<String> old = handle.createQuery(OLD)
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
        for (String id : old) {
            handle.execute("DELETE FROM saying_root WHERE thread = ?", id);
            handle.execute("DELETE FROM saying WHERE content_id = ?", id);
            handle.execute("DELETE FROM content WHERE id = ?", id);
        }
        return old.size();
    }
}
