// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import io.kubevirt.cinotify.prow.Repository;
import org.jspecify.annotations.Nullable;

/**
 * A pull request as far as its class depends on it. All text is from outside.
 *
 * @param author the login of whoever opened it, where known
 * @param title one line, where known
 * @param headRef the branch that it wants merged, where known
 * @param headOwner whose fork has that branch, where known
 */
public record BumpCandidate(
        @Nullable Repository repository,
        @Nullable Integer number,
        @Nullable String author,
        @Nullable String title,
        @Nullable String headRef,
        @Nullable String headOwner) {}
