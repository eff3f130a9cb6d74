// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.bump.TrackedBump;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A bump.
 *
 * @param bumpClass its class in the settings
 * @param phase testing, red, green, conflicts, merged or closed
 * @param failedJobs required jobs that failed on its head commit
 * @param deployed whether its deployment job succeeded; null if it is not deployed by a job
 */
public record BumpItem(
        String bumpClass,
        String repository,
        int number,
        String title,
        String url,
        String phase,
        Instant openedAt,
        Instant pushedAt,
        @Nullable Instant endedAt,
        List<String> failedJobs,
        @Nullable Boolean deployed) {
    public BumpItem {
        failedJobs = List.copyOf(failedJobs);
    }

    static BumpItem of(TrackedBump bump) {
        return new BumpItem(
                bump.className(),
                bump.repository().fullName(),
                bump.number(),
                bump.title(),
                bump.url(),
                bump.phase().name().toLowerCase(Locale.ROOT),
                bump.openedAt(),
                bump.pushedAt(),
                bump.endedAt(),
                bump.failedJobs(),
                bump.deployment() == null ? null : bump.isDeployed());
    }
}
