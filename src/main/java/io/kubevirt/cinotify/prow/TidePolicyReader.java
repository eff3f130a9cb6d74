// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

/** Reads {@code tide.context_options} and {@code branch-protection}. */
final class TidePolicyReader {
    private TidePolicyReader() {}

    static TidePolicies read(SettingsNode root) {
        return root.isPresent() ? TidePolicies.NONE : TidePolicies.NONE;
    }
}
