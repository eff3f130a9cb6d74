// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.Collection;
import java.util.Optional;

/** Judges words of the settings that must be among others. */
final class KnownNames {

    private KnownNames() {}

    /**
     * A problem that names the nearest known word; empty if it is known.
     *
     * @param kind what it should be, with its article
     */
    static Optional<ConfigProblem> problemIfUnknown(
            YamlDocument yaml, String word, String kind, Collection<String> words, Object... at) {
        return words.contains(word)
                ? Optional.empty()
                : Optional.of(yaml.problem(
                        JsonPointers.of(at),
                        "\"" + word + "\" is not " + kind,
                        ClosestMatch.find(word, words)
                                .map(nearest -> "did you mean \"" + nearest + "\"?")
                                .orElse("known are "
                                        + String.join(
                                                ", ", words.stream().sorted().toList()))));
    }
}
