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
package io.kubevirt.cinotify.settings;

import io.kubevirt.cinotify.document.Nearest;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import java.util.Collection;
import java.util.Optional;

/** Judges words of the settings that must be among others. */
final class KnownWords {

    private KnownWords() {}

    /**
     * A problem that names the nearest known word; empty if it is known.
     *
     * @param kind what it should be, with its article
     */
    static Optional<Problem> unknown(
            YamlDocument yaml, String word, String kind, Collection<String> words, Object... at) {
        return words.contains(word)
                ? Optional.empty()
                : Optional.of(yaml.problem(
                        Pointers.of(at),
                        "\"" + word + "\" is not " + kind,
                        Nearest.to(word, words)
                                .map(nearest -> "did you mean \"" + nearest + "\"?")
                                .orElse("known are "
                                        + String.join(
                                                ", ", words.stream().sorted().toList()))));
    }
}
