// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.Map;

/**
 * The names that plugins of a Prow make up for jobs at run time and that are in no configuration: try-outs of a changed job,
 * a subset of its tests. Which there are is a convention of each Prow, so that the settings name them.
 *
 * @param prefixes what a plugin puts before the name of a configured job, to the plugin's name
 * @param names what a plugin names a job of its own, to the plugin's name
 */
public record PluginJobNames(Map<String, String> prefixes, Map<String, String> names) {

    /** No plugin makes jobs. */
    public static final PluginJobNames NONE = new PluginJobNames(Map.of(), Map.of());

    /**
     * Copies the maps.
     *
     * @throws IllegalArgumentException if a prefix is empty
     */
    public PluginJobNames {
        prefixes = Map.copyOf(prefixes);
        names = Map.copyOf(names);
        if (prefixes.containsKey("")) {
            throw new IllegalArgumentException("an empty prefix would make every job one of a plugin: remove it");
        }
    }

    /** What the name of a job says. With several prefixes on one name the first of them tells the plugin. */
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

    /** The longest that fits and leaves a name. */
    private String prefixOf(String job) {
        String longest = "";
        for (String prefix : prefixes.keySet()) {
            if (prefix.length() > longest.length() && prefix.length() < job.length() && job.startsWith(prefix)) {
                longest = prefix;
            }
        }
        return longest;
    }
}
