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
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Counts what became of everything. A delivery that led to a notice is where its notice is; one whose notice is gone is
 * nowhere, and shows as a difference.
 */
public final class TallyQuery {

    private static final String ENDS = """
            SELECT CASE
                     WHEN d.outcome = 'suppressed' THEN 'suppressed'
                     WHEN d.outcome = 'held' THEN 'in-progress'
                     WHEN d.outcome <> 'noticed' THEN d.outcome
                     WHEN n.state = 'sent' THEN 'delivered'
                     WHEN n.state = 'withdrawn' THEN 'suppressed'
                     WHEN n.state = 'failed' THEN 'failed'
                     WHEN n.state = 'waiting' AND n.due_at > :now THEN 'deferred'
                     WHEN n.state = 'waiting' THEN 'in-progress'
                     ELSE 'nowhere'
                   END AS ending,
                   CASE WHEN n.state = 'withdrawn' THEN 'withdrawn' ELSE coalesce(d.reason, '') END AS because,
                   count(*) AS deliveries
            FROM delivery d LEFT JOIN notice n ON n.id = d.notice_id
            GROUP BY ending, because
            """;

    private final Handle handle;

    TallyQuery(Handle handle) {
        this.handle = handle;
    }

    /** As things stand at an instant, which decides what is deferred and what is due. */
    public Tally at(Instant now) {
        Map<String, Long> endings = new HashMap<>();
        Map<String, Long> suppressed = new HashMap<>();
        handle.createQuery(ENDS)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> {
                    String ending = row.getString("ending");
                    if (ending.equals("suppressed")) {
                        suppressed.merge(row.getString("because"), row.getLong("deliveries"), Long::sum);
                    }
                    return Map.entry(ending, row.getLong("deliveries"));
                })
                .forEach(row -> endings.merge(row.getKey(), row.getValue(), Long::sum));
        long received = handle.createQuery("SELECT count(*) FROM delivery")
                .mapTo(Long.class)
                .one();
        return new Tally(
                received,
                endings.getOrDefault("delivered", 0L),
                suppressed,
                endings.getOrDefault("deferred", 0L),
                endings.getOrDefault("failed", 0L),
                endings.getOrDefault("in-progress", 0L));
    }
}
