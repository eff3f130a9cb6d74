// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import org.jspecify.annotations.Nullable;

/** A job of a repository, if it has one: the unit that fails and recovers (design.md section 4). */
public record Lane(@Nullable Repository repository, String job) {
    /** The stable text that is stored and shown: {@code org/repo job}, or the job alone. */
    @Override
    public String toString() {
        return repository == null ? job : repository + " " + job;
    }
}
