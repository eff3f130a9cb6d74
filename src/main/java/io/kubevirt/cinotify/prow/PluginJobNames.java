// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Job names that Prow plugins generate at run time and that are in no job configuration, such as a rehearsal of a
 * changed job or a subset of its tests. The naming convention differs by Prow instance, so it is configured.
 */
public record PluginJobNames(Map<String, String> prefixes, Map<String, String> names) {
    public static final PluginJobNames NONE = new PluginJobNames(Map.of(), Map.of());

    /** @throws IllegalArgumentException if a prefix is empty */
    public PluginJobNames {
        prefixes = Map.copyOf(prefixes);
        names = Map.copyOf(names);
        if (prefixes.containsKey("")) {
            throw new IllegalArgumentException("an empty prefix would make every job one of a plugin: remove it");
        }
    }

    /** Splits a job name. If it has several prefixes, the first one decides the plugin. */
    public JobName parse(String job) {
        String rest = job;
        String plugin = names.get(job);
        while (true) {
            String prefix = prefixOf(rest);
            if (prefix.isEmpty()) {
                return new JobName(job, rest, plugin);
            }
            plugin = plugin == null ? prefixes.get(prefix) : plugin;
            rest = rest.substring(prefix.length());
        }
    }

    /** The longest matching prefix that leaves a non-empty name. */
    private String prefixOf(String job) {
        String longest = "";
        for (String prefix : prefixes.keySet()) {
            if (prefix.length() > longest.length() && prefix.length() < job.length() && job.startsWith(prefix)) {
                longest = prefix;
            }
        }
        return longest;
    }

    /** The name of a run, its configured name, and the plugin that created it; null for an ordinary job. */
    public record JobName(
            String full, String configured, @Nullable String plugin) {
        /** Whether a plugin created the run: its result does not count for the configured job. */
        public boolean isMadeByPlugin() {
            return plugin != null;
        }
    }
}
