// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.prow.RunUrlParseResult;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.TrustedHosts;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a known issue, as far as can be told without fetching anything.
 *
 * @param key where
 */
record KnownIssueProblem(String key, String problem, String hint) {

    static List<KnownIssueProblem> of(KnownIssue issue, ConfigFile.Prow prow) {
        List<KnownIssueProblem> slips = new ArrayList<>();
        if (!issue.link().startsWith("https://")) {
            slips.add(new KnownIssueProblem("link", "\"" + issue.link() + "\" is not a link", "write it as https://…"));
        }
        if (issue.pattern().matcher("").find()) {
            slips.add(new KnownIssueProblem("pattern", "it matches every failure", "make the pattern stricter"));
        }
        if (!issue.matchesExample()) {
            slips.add(new KnownIssueProblem(
                    "example", "the pattern does not match it", "mend the pattern, or give a line that it must find"));
        }
        if (issue.build() == null && issue.example() == null) {
            slips.add(new KnownIssueProblem(
                    "name",
                    "nothing shows that \"" + issue.name() + "\" finds what it is to find",
                    "add build, the page of a run that failed by it, or example, a line that it must find"));
        }
        if (issue.build() != null) {
            slips.addAll(build(issue.build(), prow));
        }
        return slips;
    }

    private static List<KnownIssueProblem> build(String page, ConfigFile.Prow prow) {
        try {
            RunUrlReader pages = new RunUrlReader(TrustedHosts.of(prow.hosts(), prow.buckets()));
            return pages.read(page) instanceof RunUrlParseResult.Rejected(var reason)
                    ? List.of(new KnownIssueProblem(
                            "build",
                            "\"" + page + "\" is not the page of a run that the settings trust (" + reason.value()
                                    + ")",
                            "give the page of a run that failed by it"))
                    : List.of();
        } catch (IllegalArgumentException e) {
            // The addresses themselves are wrong, which is told of them.
            return List.of();
        }
    }
}
