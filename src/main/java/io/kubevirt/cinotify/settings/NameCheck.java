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

import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what the settings name exists, and the problems where it does not. */
final class NameCheck {

    private final YamlDocument yaml;
    private final SettingsFile file;
    private final @Nullable Set<String> sigs;
    private final List<Problem> problems = new ArrayList<>();

    /** @param sigs what the SIGs are called; null if that could not be read, so that names of SIGs are not judged */
    NameCheck(YamlDocument yaml, SettingsFile file, @Nullable SigDirectory sigs) {
        this.yaml = yaml;
        this.file = file;
        this.sigs = sigs == null ? null : RoutingReader.sigNames(sigs);
    }

    List<Problem> problems() {
        return problems;
    }

    void area(@Nullable String area, Object... at) {
        if (area != null) {
            known(area, "an area", file.areas().keySet(), at);
        }
    }

    void sig(@Nullable String sig, Object... at) {
        if (sigs != null && sig != null) {
            known(sig, "a SIG of " + file.roster().sigs(), sigs, at);
        }
    }

    private void known(String word, String kind, Collection<String> words, Object... at) {
        KnownWords.unknown(yaml, word, kind, words, at).ifPresent(problems::add);
    }

    /** Where something stands, to be named in a sentence about something else. */
    String line(Object... at) {
        return "line " + yaml.line(Pointers.of(at));
    }

    void report(String problem, String mend, Object... at) {
        problems.add(yaml.problem(Pointers.of(at), problem, mend));
    }
}
