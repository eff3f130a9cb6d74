// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.incident.Audience;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param handle the GitHub login; null if nobody signed in
 * @param known whether the roster, sigs.yaml or OWNERS_ALIASES lists them: they see what is not public
 */
public record Viewer(@Nullable String handle, boolean known) {
    static final Viewer PUBLIC = new Viewer(null, false);

    Audience audience() {
        return known ? Audience.PRIVATE : Audience.PUBLIC;
    }
}
