// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import org.jspecify.annotations.Nullable;

/**
 * What goes red and green: a job of a repository (design.md section 4).
 *
 * @param repository null for a periodic job whose configuration names no repository
 * @param job the job's name
 */
public record Lane(@Nullable Repository repository, String job) {

    /** A stable text for it, as stored and shown: {@code org/repo job}, or the job alone. */
    @Override
    public String toString() {
        return repository == null ? job : repository + " " + job;
    }
}
