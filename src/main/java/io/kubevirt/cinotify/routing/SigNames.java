// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns what job and test names call a SIG into its short name: {@code compute-migrations} is compute, and where
 * the settings say so {@code operator} is control-plane.
 */
public final class SigNames {

    private final Map<String, String> shortNames = new HashMap<>();

    /**
     * @param known the short names of the SIGs
     * @param aliases other names, each with the short name it stands for
     */
    public SigNames(Set<String> known, Map<String, String> aliases) {
        known.forEach(name -> shortNames.put(name, name));
        shortNames.putAll(aliases);
    }

    /** The SIG of the longest known name that the text is, or that it starts with before a dash. */
    public Optional<String> resolve(String text) {
        for (String candidate = text; !candidate.isEmpty(); candidate = withoutLastPart(candidate)) {
            String sig = shortNames.get(candidate);
            if (sig != null) {
                return Optional.of(sig);
            }
        }
        return Optional.empty();
    }

    private static String withoutLastPart(String text) {
        int dash = text.lastIndexOf('-');
        return dash < 0 ? "" : text.substring(0, dash);
    }
}
