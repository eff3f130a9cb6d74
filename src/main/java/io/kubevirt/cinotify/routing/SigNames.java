// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves the SIG names in job and test names to short names: {@code compute-migrations} to compute, and with an alias
 * {@code operator} to control-plane.
 */
public final class SigNames {
    private final Map<String, String> shortNames = new HashMap<>();

    /** {@code aliases} lead to short names. */
    public SigNames(Set<String> known, Map<String, String> aliases) {
        known.forEach(name -> shortNames.put(name, name));
        shortNames.putAll(aliases);
    }

    /** The SIG of the longest known name that equals the text or is followed by a dash in it. */
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
