/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.diagnosis;

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
