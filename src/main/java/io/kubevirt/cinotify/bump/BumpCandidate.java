// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import io.kubevirt.cinotify.prow.Repository;
import org.jspecify.annotations.Nullable;

/** The facts about a pull request that decide its class, null if unknown. All text is untrusted. */
public record BumpCandidate(
        @Nullable Repository repository,
        @Nullable Integer number,
        @Nullable String author,
        @Nullable String title,
        @Nullable String headRef,
        @Nullable String headOwner) {}
