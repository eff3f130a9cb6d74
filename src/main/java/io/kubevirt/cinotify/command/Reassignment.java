// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.prow.Lane;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person reassigned an incident to another area or SIG.
 *
 * @param repository org/repo; null for a job without one
 */
public record Reassignment(
        Instant at,
        String by,
        String incident,
        String job,
        @Nullable String repository,
        String rule,
        String fromSig,
        String fromArea,
        String sig,
        String area) {
    public Lane lane() {
        return new Lane(repository == null ? null : Repository.of(repository), job);
    }
}
