// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.digest.TestStats.KnownTest;
import io.kubevirt.cinotify.digest.TestStats.LaneFailures;
import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.text.TestName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The text of an issue about a flaky test. */
public final class FlakyTestPage {
    /** The period that it covers; a test that does not flake for so long is quiet. */
    public static final int DAYS = 14;

    private static final int MAX_NAME = 110;
    private static final int MOST_LANES = 5;

    private FlakyTestPage() {}

    /** @param history the page of the test on the board; null without one */
    public static Digest of(TestStats test, @Nullable String history) {
        List<DigestLine> facts = new ArrayList<>(identity(test.test()));
        facts.add(DigestLine.of(Plural.of(test.flaky(), "flake") + " in " + DAYS + " days, of "
                + Plural.of(test.failed(), "failure") + " on "
                + Plural.of(test.lanes().size(), "lane")
                + (test.pulls() == 0 ? "" : " and " + Plural.of(test.pulls(), "pull request"))));
        DigestLine seen =
                DigestLine.of("First failure " + day(test.firstSeen()) + ", newest failure " + day(test.lastSeen()));
        facts.add(
                test.url() == null
                        ? seen
                        : seen.text(" (")
                                .with(new Fragment.Link("run", test.url()))
                                .text(")"));
        facts.addAll(links(history));
        List<DigestLine> lanes = test.lanes().stream()
                .map(lane -> DigestLine.code(lane.lane())
                        .text(": " + Plural.of(lane.flaky(), "flake") + ", " + Plural.of(lane.failed(), "failure")))
                .toList();
        return page(test.test().name(), facts, List.of(Digest.Section.of("Lanes", lanes, MOST_LANES), rules()));
    }

    /** Of a test that is quiet. */
    public static Digest quiet(KnownTest test, @Nullable String history) {
        List<DigestLine> facts = new ArrayList<>(identity(test));
        facts.add(DigestLine.of("No flake in " + DAYS + " days, so this issue is closed"));
        facts.addAll(links(history));
        return page(test.name(), facts, List.of(rules()));
    }

    /** The lanes that the text names. */
    public static List<String> lanes(TestStats test) {
        return test.lanes().stream().limit(MOST_LANES).map(LaneFailures::lane).toList();
    }

    private static Digest page(String name, List<DigestLine> facts, List<Digest.Section> sections) {
        return new Digest("Flaky test: " + TestName.shortened(name, MAX_NAME), facts, sections);
    }

    private static List<DigestLine> identity(KnownTest test) {
        DigestLine sig = test.owner().isEmpty()
                ? DigestLine.of("SIG unknown")
                : DigestLine.of("SIG ").untrusted(test.owner());
        return List.of(
                DigestLine.of("Test ").with(new Fragment.Code(test.name())),
                sig.text(test.quarantined() ? "; quarantined" : ""));
    }

    private static List<DigestLine> links(@Nullable String history) {
        return Stream.ofNullable(history)
                .map(url -> DigestLine.link("History", url))
                .toList();
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static Digest.Section rules() {
        return Digest.Section.whole(
                "About this issue",
                List.of(
                        DigestLine.of(
                                "A failure is a flake if its lane also passed on the commit, or if the report of its"
                                        + " run also has a pass of the test."),
                        DigestLine.of("ci-notify edits this issue at most once a day, closes it after " + DAYS
                                + " days without a flake, and opens it again when the test is flaky again. What somebody"
                                + " edits stays as it is, and what somebody closes stays closed until then.")));
    }
}
