// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notify.template.Fragment;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The open issues by the label that says who can do them, and those that have none. */
public final class GroomingDigest {

    /** What a chat shows of each label, and of those that have none: as much as is read in a minute. */
    private static final int OLDEST = 3;

    private static final int MOST = 10;
    private static final String COMMAND = "ci-notify digest --for grooming";

    private final List<GroomingLabel> labels;
    private final String triage;
    private final List<OpenIssue> issues;
    private final Instant now;

    /**
     * Works with issues in any order.
     *
     * @param labels in order: where several speak for an issue, the first is proposed
     * @param triage the label that is proposed where none speaks for it
     */
    public GroomingDigest(List<GroomingLabel> labels, String triage, List<OpenIssue> issues, Instant now) {
        this.labels = List.copyOf(labels);
        this.triage = triage;
        this.issues = issues.stream()
                .sorted(Comparator.comparing(OpenIssue::openedAt).thenComparing(OpenIssue::name))
                .toList();
        this.now = now;
    }

    /**
     * All of them; in a chat the oldest.
     *
     * @param zone in which the meeting names its days
     */
    public Digest page(ZoneId zone) {
        String title = "Backlog on " + LocalDate.ofInstant(now, zone);
        Map<String, List<DigestLine>> lines = lines();
        List<Digest.Section> whole = new ArrayList<>();
        List<Digest.Section> brief = new ArrayList<>();
        lines.forEach((heading, of) -> {
            whole.add(Digest.Section.whole(heading, of));
            brief.add(Digest.Section.of(heading, of, brief.isEmpty() ? MOST : OLDEST));
        });
        boolean isShort = brief.stream().allMatch(section -> section.more() == 0);
        return new Digest(
                title,
                List.of(summary()),
                notEmpty(whole),
                isShort ? null : new Digest(title, List.of(summary(), how()), notEmpty(brief)));
    }

    private DigestLine summary() {
        return DigestLine.of(StatsFormat.count(issues.size(), "open issue") + ", "
                + without().size() + " of them without a label that says who can do them");
    }

    private static DigestLine how() {
        return DigestLine.of("the oldest of each; all of them: ").with(new Fragment.Code(COMMAND));
    }

    private static List<Digest.Section> notEmpty(List<Digest.Section> sections) {
        return TaskforceDigest.notEmpty(sections.toArray(Digest.Section[]::new));
    }

    private List<OpenIssue> without() {
        return issues.stream()
                .filter(issue -> labels.stream().noneMatch(label -> issue.has(label.label())))
                .toList();
    }

    /** By heading, in order. */
    private Map<String, List<DigestLine>> lines() {
        Map<String, List<DigestLine>> lines = new LinkedHashMap<>();
        List<OpenIssue> without = without();
        lines.put(
                "Without a label: " + without.size(),
                without.stream().map(this::unlabelled).toList());
        for (GroomingLabel label : labels) {
            List<OpenIssue> of =
                    issues.stream().filter(issue -> issue.has(label.label())).toList();
            lines.put(
                    label.label() + ": " + of.size(),
                    of.stream().map(this::about).toList());
        }
        return lines;
    }

    private DigestLine unlabelled(OpenIssue issue) {
        LabelSuggestion proposal = LabelSuggestion.of(issue, labels, triage);
        return about(issue)
                .text("; proposed: ")
                .with(new Fragment.Code(proposal.label()))
                .text(", because ")
                .untrusted(proposal.why());
    }

    private DigestLine about(OpenIssue issue) {
        return DigestLine.link(issue.name(), issue.url())
                .text(" ")
                .untrusted(issue.title())
                .text(", open for " + StatsFormat.duration(Duration.between(issue.openedAt(), now)));
    }
}
