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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Who does what only one may do. */
final class LeaseTable {

    /** Not the beginning of the transaction, which may have waited for another since. */
    static final String NOW = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";

    private final Handle handle;

    LeaseTable(Handle handle) {
        this.handle = handle;
    }

    /** Whether one would get it now, or has it. */
    boolean isFree(String name, String holder) {
        return handle.createQuery("SELECT count(*) FROM lease WHERE name = :name AND holder <> :holder"
                                + " AND expires_at >= " + NOW)
                        .bindMap(key(name, holder))
                        .mapTo(Long.class)
                        .one()
                == 0;
    }

    /** False if another was quicker. */
    boolean take(String name, String holder, Duration length) {
        return handle.createUpdate("INSERT INTO lease (name, holder, expires_at) VALUES (:name, :holder, :length + "
                                + NOW
                                + ") ON CONFLICT (name) DO UPDATE SET holder = :holder, expires_at = :length + " + NOW
                                + " WHERE lease.holder = :holder OR lease.expires_at < " + NOW)
                        .bindMap(key(name, holder))
                        .bind("length", length.toMillis())
                        .execute()
                == 1;
    }

    /** The row is this transaction's until its end, even if it has expired; false if it is another's already. */
    boolean prolong(String name, String holder, Duration length) {
        return handle.createUpdate("UPDATE lease SET expires_at = :length + " + NOW
                                + " WHERE name = :name AND holder = :holder")
                        .bindMap(key(name, holder))
                        .bind("length", length.toMillis())
                        .execute()
                == 1;
    }

    boolean release(String name, String holder) {
        return handle.createUpdate("DELETE FROM lease WHERE name = :name AND holder = :holder")
                        .bindMap(key(name, holder))
                        .execute()
                == 1;
    }

    /** Takes away what expired of those whose name begins so; whose it was. */
    List<String> expire(String beginning) {
        return handle.createQuery("DELETE FROM lease WHERE name LIKE :beginning || '%' AND expires_at < " + NOW
                        + " RETURNING holder")
                .bind("beginning", beginning)
                .mapTo(String.class)
                .list();
    }

    private static Map<String, String> key(String name, String holder) {
        return Map.of("name", name, "holder", holder);
    }
}
