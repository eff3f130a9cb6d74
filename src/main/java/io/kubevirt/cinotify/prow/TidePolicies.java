// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

/** What blocks merging by Tide's context options and the branch protection. */
public record TidePolicies() {
    public static final TidePolicies NONE = new TidePolicies();
}
