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
import io.kubevirt.cinotify.prow.AllowedAddresses;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.RunUrlReading;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a known issue, as far as can be told without fetching anything.
 *
 * @param key where
 */
record KnownIssueSlip(String key, String problem, String mend) {

    static List<KnownIssueSlip> of(KnownIssue issue, SettingsFile.Prow prow) {
        List<KnownIssueSlip> slips = new ArrayList<>();
        if (!issue.link().startsWith("https://")) {
            slips.add(new KnownIssueSlip("link", "\"" + issue.link() + "\" is not a link", "write it as https://…"));
        }
        if (issue.pattern().matcher("").find()) {
            slips.add(new KnownIssueSlip("pattern", "it matches every failure", "make the pattern stricter"));
        }
        if (!issue.matchesExample()) {
            slips.add(new KnownIssueSlip(
                    "example", "the pattern does not match it", "mend the pattern, or give a line that it must find"));
        }
        if (issue.build() == null && issue.example() == null) {
            slips.add(new KnownIssueSlip(
                    "name",
                    "nothing shows that \"" + issue.name() + "\" finds what it is to find",
                    "add build, the page of a run that failed by it, or example, a line that it must find"));
        }
        if (issue.build() != null) {
            slips.addAll(build(issue.build(), prow));
        }
        return slips;
    }

    private static List<KnownIssueSlip> build(String page, SettingsFile.Prow prow) {
        try {
            RunUrlReader pages = new RunUrlReader(AllowedAddresses.of(prow.hosts(), prow.buckets()));
            return pages.read(page) instanceof RunUrlReading.Refused(var reason)
                    ? List.of(new KnownIssueSlip(
                            "build",
                            "\"" + page + "\" is not the page of a run that the settings trust (" + reason.word() + ")",
                            "give the page of a run that failed by it"))
                    : List.of();
        } catch (IllegalArgumentException e) {
            // The addresses themselves are wrong, which is told of them.
            return List.of();
        }
    }
}
