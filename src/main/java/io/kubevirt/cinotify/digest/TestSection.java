// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.text.TestName;
import java.util.List;

/** The section about tests. */
final class TestSection {
    private static final int MAX_NAME = 110;

    private final List<TestStats> tests;

    TestSection(List<TestStats> tests) {
        this.tests = tests;
    }

    /** Those that failed most, as links. */
    Digest.Section worst() {
        return Digest.Section.whole(
                "Tests that failed most",
                tests.stream().limit(CiDigest.MOST_TESTS).map(TestSection::line).toList());
    }

    private static DigestLine line(TestStats test) {
        String name = TestName.shortened(test.test().name(), MAX_NAME);
        DigestLine line = test.url() == null
                ? DigestLine.of("").untrusted(name)
                : DigestLine.of("").with(new Fragment.Link(name, test.url()));
        Double share = test.failureShare();
        return line.text((test.test().quarantined() ? " (quarantined)" : "") + ": "
                + (share == null ? "" : test.failed() + " of ")
                + Plural.of(share == null ? test.failed() : test.runs(), "run") + " failed"
                + (share == null ? "" : " (" + Math.round(share) + " %)")
                + " on " + Plural.of(test.lanes().size(), "lane")
                + (test.pulls() == 0 ? "" : " and " + Plural.of(test.pulls(), "pull request"))
                + (test.flaky() == 0 ? "" : ", " + Plural.of(test.flaky(), "flake")));
    }
}
