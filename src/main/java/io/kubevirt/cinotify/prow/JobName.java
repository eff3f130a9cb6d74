// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import org.jspecify.annotations.Nullable;

/**
 * The name of a job, read with {@link PluginJobNames}.
 *
 * @param full the name that the run has
 * @param configured the name to look up in the job configuration
 * @param plugin the plugin that made the run, or null if the name is an ordinary one
 */
public record JobName(
        String full, String configured, @Nullable String plugin) {

    /** Whether a plugin made the run: it says nothing about the configured job, and is nobody's failure. */
    public boolean isMadeByPlugin() {
        return plugin != null;
    }
}
