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
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notice.template.Piece;
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

    private final List<WorkLabel> labels;
    private final String triage;
    private final List<OpenIssue> issues;
    private final Instant now;

    /**
     * Works with issues in any order.
     *
     * @param labels in order: where several speak for an issue, the first is proposed
     * @param triage the label that is proposed where none speaks for it
     */
    public GroomingDigest(List<WorkLabel> labels, String triage, List<OpenIssue> issues, Instant now) {
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
    public Page page(ZoneId zone) {
        String title = "Backlog on " + LocalDate.ofInstant(now, zone);
        Map<String, List<Line>> lines = lines();
        List<Page.Section> whole = new ArrayList<>();
        List<Page.Section> brief = new ArrayList<>();
        lines.forEach((heading, of) -> {
            whole.add(Page.Section.whole(heading, of));
            brief.add(Page.Section.of(heading, of, brief.isEmpty() ? MOST : OLDEST));
        });
        boolean isShort = brief.stream().allMatch(section -> section.more() == 0);
        return new Page(
                title,
                List.of(summary()),
                notEmpty(whole),
                isShort ? null : new Page(title, List.of(summary(), how()), notEmpty(brief)));
    }

    private Line summary() {
        return Line.own(Figures.count(issues.size(), "open issue") + ", "
                + without().size() + " of them without a label that says who can do them");
    }

    private static Line how() {
        return Line.own("the oldest of each; all of them: ").with(new Piece.Code(COMMAND));
    }

    private static List<Page.Section> notEmpty(List<Page.Section> sections) {
        return TaskforceDigest.notEmpty(sections.toArray(Page.Section[]::new));
    }

    private List<OpenIssue> without() {
        return issues.stream()
                .filter(issue -> labels.stream().noneMatch(label -> issue.has(label.label())))
                .toList();
    }

    /** By heading, in order. */
    private Map<String, List<Line>> lines() {
        Map<String, List<Line>> lines = new LinkedHashMap<>();
        List<OpenIssue> without = without();
        lines.put(
                "Without a label: " + without.size(),
                without.stream().map(this::unlabelled).toList());
        for (WorkLabel label : labels) {
            List<OpenIssue> of =
                    issues.stream().filter(issue -> issue.has(label.label())).toList();
            lines.put(
                    label.label() + ": " + of.size(),
                    of.stream().map(this::about).toList());
        }
        return lines;
    }

    private Line unlabelled(OpenIssue issue) {
        Proposal proposal = Proposal.of(issue, labels, triage);
        return about(issue)
                .and("; proposed: ")
                .with(new Piece.Code(proposal.label()))
                .and(", because ")
                .outside(proposal.why());
    }

    private Line about(OpenIssue issue) {
        return Line.link(issue.name(), issue.url())
                .and(" ")
                .outside(issue.title())
                .and(", open for " + Figures.time(Duration.between(issue.openedAt(), now)));
    }
}
