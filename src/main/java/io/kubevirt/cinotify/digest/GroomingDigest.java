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
import java.util.List;
import java.util.Optional;

/** The open issues by the label that says who can do them, and those that have none. */
public final class GroomingDigest {

    private static final int OLDEST = 3;
    private static final int MOST = 30;

    private final List<WorkLabel> labels;
    private final List<OpenIssue> issues;
    private final Instant now;

    /**
     * Works with issues in any order.
     *
     * @param labels in order: where several speak for an issue, the first is proposed
     */
    public GroomingDigest(List<WorkLabel> labels, List<OpenIssue> issues, Instant now) {
        this.labels = List.copyOf(labels);
        this.issues = issues.stream()
                .sorted(Comparator.comparing(OpenIssue::openedAt).thenComparing(OpenIssue::name))
                .toList();
        this.now = now;
    }

    /** @param zone in which the meeting names its days */
    public Page page(ZoneId zone) {
        List<OpenIssue> without = issues.stream()
                .filter(issue -> labels.stream().noneMatch(label -> issue.has(label.label())))
                .toList();
        List<Page.Section> sections = new ArrayList<>();
        sections.add(Page.Section.of(
                "Without a label: " + without.size(),
                without.stream().map(this::unlabelled).toList(),
                MOST));
        labels.forEach(label -> sections.add(labelled(label)));
        return new Page(
                "Backlog on " + LocalDate.ofInstant(now, zone),
                List.of(Line.own(Figures.count(issues.size(), "open issue") + ", " + without.size()
                        + " of them without a label that says who can do them")),
                TaskforceDigest.notEmpty(sections.toArray(Page.Section[]::new)));
    }

    private Line unlabelled(OpenIssue issue) {
        Optional<Proposal> proposal = Proposal.of(issue, labels);
        Line line = about(issue);
        return proposal.isEmpty()
                ? line.and("; nothing in it speaks for any label")
                : line.and("; proposed: ")
                        .with(new Piece.Code(proposal.get().label()))
                        .and(", because ")
                        .outside(proposal.get().why());
    }

    private Page.Section labelled(WorkLabel label) {
        List<OpenIssue> of =
                issues.stream().filter(issue -> issue.has(label.label())).toList();
        return Page.Section.of(
                label.label() + ": " + of.size(), of.stream().map(this::about).toList(), OLDEST);
    }

    private Line about(OpenIssue issue) {
        return Line.link(issue.name(), issue.url())
                .and(" ")
                .outside(issue.title())
                .and(", open for " + Figures.time(Duration.between(issue.openedAt(), now)));
    }
}
