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

import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.document.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Checks what can be known of known issues without fetching anything. */
final class KnownIssuesCheck {

    private final SettingsFile file;
    private final NameCheck names;

    KnownIssuesCheck(SettingsFile file, NameCheck names) {
        this.file = file;
        this.names = names;
    }

    List<Problem> problems() {
        List<KnownIssue> issues = Objects.requireNonNullElse(file.knownIssues(), List.of());
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < issues.size(); index++) {
            KnownIssue issue = issues.get(index);
            if (!seen.add(issue.name())) {
                report(
                        "two known issues are called \"" + issue.name() + "\"",
                        "give each a name of its own",
                        index,
                        "name");
            }
            int at = index;
            KnownIssueSlip.of(issue, file.prow()).forEach(slip -> report(slip.problem(), slip.mend(), at, slip.key()));
        }
        return names.problems();
    }

    private void report(String problem, String mend, int index, String key) {
        names.report(problem, mend, "knownIssues", index, key);
    }
}
