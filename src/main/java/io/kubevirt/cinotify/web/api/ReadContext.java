// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.VisibilityPolicy;
import io.kubevirt.cinotify.incident.VisibilityScope;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered from.
 *
 * @param transaction one snapshot of the store
 * @param audience who reads the answer
 * @param baseUrl the address of the board, without a final slash; null if it is unknown
 */
public record ReadContext(
        Transaction transaction,
        Config config,
        Instant now,
        Audience audience,
        @Nullable String baseUrl) {
    boolean mayShow(Visibility visibility) {
        return VisibilityPolicy.mayShow(audience, new VisibilityScope(visibility, Set.of()));
    }

    /** Whether the reader may see a job, as its runs and the settings show it. */
    boolean mayShow(JobRun run) {
        var known = transaction.visibility().known(run);
        return mayShow(config.visibility(run, known.repository(), known.job()));
    }

    boolean mayShow(Repository repository) {
        return mayShow(JobRun.builder("", JobType.PERIODIC, JobState.SUCCESS)
                .repository(repository)
                .build());
    }

    /** The id of an incident; null unless the reader may see it. */
    @Nullable String shown(@Nullable String incident) {
        return incident != null
                        && VisibilityPolicy.mayShow(
                                audience, transaction.visibility().scope(incident))
                ? incident
                : null;
    }

    /** The address that never changes. */
    @Nullable String urlOf(String incident) {
        return baseUrl == null ? null : baseUrl + "/i/" + incident;
    }
}
