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

import io.kubevirt.cinotify.bump.BumpClass;
import io.kubevirt.cinotify.document.Nearest;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the form of the classes of bots' pull requests does not show. */
final class BumpCheck {

    private final YamlDocument yaml;
    private final SettingsFile file;
    private final @Nullable Set<String> sigs;
    private final List<Problem> problems = new ArrayList<>();

    /** @param sigs what the SIGs are called; null if that could not be read, so that names of SIGs are not judged */
    BumpCheck(YamlDocument yaml, SettingsFile file, @Nullable SigDirectory sigs) {
        this.yaml = yaml;
        this.file = file;
        this.sigs = sigs == null ? null : RoutingReader.sigNames(sigs);
    }

    List<Problem> problems() {
        if (file.bumps() == null) {
            return problems;
        }
        area(file.bumps().area(), "bumps", "area");
        List<BumpClass> classes = file.bumps().classes();
        for (int index = 0; index < classes.size(); index++) {
            check(classes.get(index), index);
        }
        return problems;
    }

    private void check(BumpClass known, int index) {
        if (known.name().isBlank()) {
            report("the class has no name", "give it one", "bumps", "classes", index, "name");
        }
        if (known.author().isEmpty()) {
            report(
                    "class " + known.name() + " has no author, so that it would take anybody's pull requests",
                    "name the logins of the bots that open it",
                    "bumps",
                    "classes",
                    index);
        }
        if (known.head() == null && known.title() == null) {
            report(
                    "class " + known.name() + " takes everything that its author opens",
                    "add head or title",
                    "bumps",
                    "classes",
                    index);
        }
        area(known.area(), "bumps", "classes", index, "area");
        if (sigs != null && known.sig() != null) {
            known(known.sig(), "a SIG of " + file.roster().sigs(), sigs, "bumps", "classes", index, "sig");
        }
        duration(known.every(), "168h", "bumps", "classes", index, "every");
        duration(known.usually(), "24h", "bumps", "classes", index, "usually");
    }

    private void duration(@Nullable String written, String example, Object... at) {
        if (written != null
                && GoDuration.parse(written).filter(Duration::isPositive).isEmpty()) {
            report("\"" + written + "\" is not a duration above zero", "write it as " + example, at);
        }
    }

    private void area(@Nullable String area, Object... at) {
        if (area != null) {
            known(area, "an area", file.areas().keySet(), at);
        }
    }

    private void known(String word, String kind, Collection<String> words, Object... at) {
        if (!words.contains(word)) {
            report(
                    "\"" + word + "\" is not " + kind,
                    Nearest.to(word, words)
                            .map(nearest -> "did you mean \"" + nearest + "\"?")
                            .orElse("known are "
                                    + String.join(", ", words.stream().sorted().toList())),
                    at);
        }
    }

    private void report(String problem, String mend, Object... at) {
        problems.add(yaml.problem(Pointers.of(at), problem, mend));
    }
}
