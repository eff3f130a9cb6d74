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
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.prow.GoDuration;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the form of the classes of bots' pull requests does not show. */
final class BumpCheck {

    private final SettingsFile file;
    private final NameCheck names;

    BumpCheck(SettingsFile file, NameCheck names) {
        this.file = file;
        this.names = names;
    }

    List<Problem> problems() {
        if (file.bumps() == null) {
            return names.problems();
        }
        names.area(file.bumps().area(), "bumps", "area");
        names.area(file.bumps().deploymentArea(), "bumps", "deploymentArea");
        duration(file.bumps().patience(), "2h", "bumps", "patience");
        duration(file.bumps().suspicion(), "24h", "bumps", "suspicion");
        List<BumpClass> classes = file.bumps().classes();
        for (int index = 0; index < classes.size(); index++) {
            check(classes.get(index), index);
        }
        return names.problems();
    }

    private void check(BumpClass known, int index) {
        if (known.name().isBlank()) {
            names.report("the class has no name", "give it one", "bumps", "classes", index, "name");
        }
        if (known.author().isEmpty()) {
            names.report(
                    "class " + known.name() + " has no author, so that it would take anybody's pull requests",
                    "name the logins of the bots that open it",
                    "bumps",
                    "classes",
                    index);
        }
        if (known.head() == null && known.title() == null) {
            names.report(
                    "class " + known.name() + " takes everything that its author opens",
                    "add head or title",
                    "bumps",
                    "classes",
                    index);
        }
        names.area(known.area(), "bumps", "classes", index, "area");
        names.sig(known.sig(), "bumps", "classes", index, "sig");
        duration(known.every(), "168h", "bumps", "classes", index, "every");
        duration(known.usually(), "24h", "bumps", "classes", index, "usually");
    }

    private void duration(@Nullable String written, String example, Object... at) {
        if (written != null
                && GoDuration.parse(written).filter(Duration::isPositive).isEmpty()) {
            names.report("\"" + written + "\" is not a duration above zero", "write it as " + example, at);
        }
    }
}
