// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.store.BoardQuery.StoredRun;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run and what became of it.
 *
 * @param state as in Prow; null if the run itself is no longer stored
 * @param outcome notified, suppressed or held; null if it did not fail, or nothing is decided yet
 * @param reason why it was suppressed
 * @param incident the id of the incident that it belongs to; null if the reader may not see it
 * @param trace how it was decided, in order
 */
public record RunItem(
        String lane,
        String build,
        @Nullable String url,
        @Nullable String state,
        List<Integer> pulls,
        @Nullable Instant endedAt,
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable String incident,
        @Nullable String cause,
        @Nullable String sig,
        @Nullable String area,
        @Nullable String rule,
        List<String> trace) {
    /** @param incident its incident if the reader may see it */
    static RunItem of(StoredRun stored, @Nullable String incident) {
        JobRun run = stored.run();
        var diagnosis = stored.diagnosis();
        return new RunItem(
                stored.lane(),
                stored.build(),
                run == null ? null : run.url(),
                run == null ? null : run.state().prowName(),
                run == null ? List.of() : run.pulls().stream().map(Pull::number).toList(),
                stored.endedAt(),
                stored.outcome(),
                stored.reason(),
                incident,
                diagnosis == null ? null : diagnosis.cause(),
                diagnosis == null ? null : diagnosis.sig(),
                diagnosis == null ? null : diagnosis.area(),
                diagnosis == null ? null : diagnosis.rule(),
                stored.trace());
    }
}
