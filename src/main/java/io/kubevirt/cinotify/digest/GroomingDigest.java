// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The digest of open issues, by grooming label. */
public final class GroomingDigest {
    /** Issues per label in the brief version. */
    private static final int OLDEST = 3;

    private static final int MOST = 10;
    private static final String COMMAND = "ci-notify digest --for grooming";

    private final List<GroomingLabel> labels;
    private final String triage;
    private final List<OpenIssue> issues;
    private final Instant now;

    /**
     * @param labels if several match an issue, the first is suggested
     * @param triage the label that is suggested if no other matches
     * @param issues in any order
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
     * All issues; the oldest ones in the brief version.
     *
     * @param zone the zone of the date in the title
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
        return DigestLine.of(
                Plural.of(issues.size(), "open issue") + ", " + without().size() + " without a grooming label");
    }

    private static DigestLine how() {
        return DigestLine.of("the oldest issues; for all of them run ").with(new Fragment.Code(COMMAND));
    }

    private static List<Digest.Section> notEmpty(List<Digest.Section> sections) {
        return CiDigest.notEmpty(sections.toArray(Digest.Section[]::new));
    }

    private List<OpenIssue> without() {
        return issues.stream()
                .filter(issue -> labels.stream().noneMatch(label -> issue.has(label.label())))
                .toList();
    }

    /** The lines by heading, in order. */
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
        LabelSuggestion suggestion = LabelSuggestion.of(issue, labels, triage);
        return about(issue)
                .text("; suggested: ")
                .with(new Fragment.Code(suggestion.label()))
                .text(": ")
                .untrusted(suggestion.why());
    }

    private DigestLine about(OpenIssue issue) {
        return DigestLine.link(issue.name(), issue.url())
                .text(" ")
                .untrusted(issue.title())
                .text(", open for " + StatsFormat.duration(Duration.between(issue.openedAt(), now)));
    }

    /**
     * A suggested label.
     *
     * @param why a sentence without a final period; untrusted
     */
    record LabelSuggestion(String label, String why) {
        private static final String NO_MATCH = "no rule for a label matches";

        /**
         * Related labels take precedence over the title, and the title over the repository.
         *
         * @param triage suggested if nothing matches
         */
        static LabelSuggestion of(OpenIssue issue, List<GroomingLabel> labels, String triage) {
            List<Function<GroomingLabel, Optional<String>>> rules = List.of(
                    label -> label.matchLabel(issue),
                    label -> label.matchTitle(issue),
                    label -> label.matchRepository(issue));
            return rules.stream()
                    .flatMap(rule -> labels.stream()
                            .flatMap(label ->
                                    rule.apply(label).map(why -> new LabelSuggestion(label.label(), why)).stream()))
                    .findFirst()
                    .orElseGet(() -> new LabelSuggestion(triage, NO_MATCH));
        }
    }
}
