// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Checks what can be known of known issues without fetching anything. */
final class KnownIssuesCheck {

    private final ConfigFile file;
    private final ConfigValidator names;

    KnownIssuesCheck(ConfigFile file, ConfigValidator names) {
        this.file = file;
        this.names = names;
    }

    List<ConfigProblem> problems() {
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
            KnownIssueProblem.of(issue, file.prow())
                    .forEach(slip -> report(slip.problem(), slip.hint(), at, slip.key()));
        }
        return names.problems();
    }

    private void report(String problem, String mend, int index, String key) {
        names.report(problem, mend, "knownIssues", index, key);
    }
}
