// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import io.kubevirt.cinotify.prow.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a pull request that decide its class. All text is untrusted.
 *
 * @param author the login of the author, if known
 * @param title the title, if known
 * @param headRef the head branch, if known
 * @param headOwner the owner of the fork with the head branch, if known
 */
public record BumpCandidate(
        @Nullable Repository repository,
        @Nullable Integer number,
        @Nullable String author,
        @Nullable String title,
        @Nullable String headRef,
        @Nullable String headOwner) {}
