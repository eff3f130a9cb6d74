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
package io.kubevirt.cinotify.notice.template;

import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Doubt;
import io.kubevirt.cinotify.diagnosis.Known;
import io.kubevirt.cinotify.diagnosis.SameFailure;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.incident.policy.RedRun;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of a message what templates show; what would flood a page is cut here, so that a page is seldom cut. */
public final class MessageViews {

    private static final int MOST_LANES = 12;
    private static final int MOST_PULLS = 12;
    private static final int MOST_TESTS = 8;
    private static final int MOST_LINES = 12;
    private static final int MOST_LINES_OF_TEXT = 20;
    private static final int LONGEST_LINE = 300;
    private static final int LONGEST_TEXT = 2_000;

    private final Links links;
    private final PeopleViews people;

    /**
     * @param links where messages lead
     * @param slack the Slack user id of a handle; null if not known
     */
    public MessageViews(Links links, SlackUsers slack) {
        this.links = links;
        this.people = new PeopleViews(slack);
    }

    /** The Slack user id of a handle. */
    @FunctionalInterface
    public interface SlackUsers {
        /** Null if it is not known. */
        @Nullable String of(String handle);
    }

    /** What templates show of a message. */
    public MessageView of(Message message) {
        return of(message, people.of(message));
    }

    /** The same at a place where nobody is called by name. */
    public MessageView calm(Message message) {
        return of(message, people.calm(message));
    }

    private MessageView of(Message message, MessageView.People told) {
        IncidentView incident = message.incident();
        return new MessageView(
                message.kind().word(),
                shortened(incident.title()),
                Letters.beginning(lines(message).getFirst(), LONGEST_TEXT),
                lines(message).stream()
                        .skip(1)
                        .limit(MOST_LINES_OF_TEXT)
                        .map(MessageViews::shortened)
                        .toList(),
                incident.kind().word(),
                incident.id(),
                incident.state().word(),
                !incident.state().isOver(),
                incident.blocking(),
                new Piece.Moment(incident.openedAt()),
                moment(incident.closedAt()),
                incident.foldedInto() == null ? null : new Piece.Code(incident.foldedInto()),
                finding(message),
                run(incident.latest()),
                evidence(incident.diagnosis().symptoms()),
                known(incident.diagnosis().known()),
                links.of(incident),
                told,
                commands(incident));
    }

    /** What a successor must know is in lines; whatever else is said is one sentence, whatever stands in it. */
    private static List<String> lines(Message message) {
        List<String> lines =
                message.kind() == MessageKind.HANDOFF ? message.text().lines().toList() : List.of(message.text());
        return lines.isEmpty() ? List.of("") : lines;
    }

    private MessageView.Finding finding(Message message) {
        IncidentView incident = message.incident();
        Diagnosis diagnosis = incident.diagnosis();
        return new MessageView.Finding(
                message.text().contains(incident.why()) ? "" : Letters.beginning(incident.why(), LONGEST_TEXT),
                incident.runs(),
                codes(incident.lanes(), MOST_LANES, 0),
                Piece.Listing.of(
                        incident.pulls().stream()
                                .map(number -> links.pull(incident.latest(), number))
                                .toList(),
                        MOST_PULLS),
                diagnosis.cause().word(),
                diagnosis.area(),
                diagnosis.hasSig() ? diagnosis.sig() : null,
                diagnosis.confidence().word(),
                diagnosis.rule(),
                shortened(diagnosis.because()),
                diagnosis.confidence() == Confidence.LOW,
                doubt(diagnosis.doubt()));
    }

    private static MessageView.@Nullable Doubt doubt(@Nullable Doubt doubt) {
        return doubt == null ? null : new MessageView.Doubt(shortened(doubt.oneHand()), shortened(doubt.otherHand()));
    }

    private static MessageView.@Nullable Run run(@Nullable RedRun run) {
        return run == null
                ? null
                : new MessageView.Run(
                        new Piece.Code(shortened(run.job())), shortened(run.description()), moment(run.endedAt()));
    }

    private static MessageView.@Nullable Evidence evidence(@Nullable Symptoms symptoms) {
        if (symptoms == null) {
            return null;
        }
        List<String> lines = symptoms.excerpt().stream()
                .limit(MOST_LINES)
                .map(MessageViews::shortened)
                .toList();
        List<String> tests = symptoms.failingTests();
        return new MessageView.Evidence(
                lines.isEmpty() ? null : new Piece.Block(lines),
                symptoms.excerptUrl() == null ? null : new Piece.Link("log", symptoms.excerptUrl()),
                codes(tests, MOST_TESTS, symptoms.failedCount() - tests.size()),
                Math.max(symptoms.failedCount(), tests.size()),
                same(symptoms.same()));
    }

    private static MessageView.@Nullable Same same(@Nullable SameFailure same) {
        return same == null
                ? null
                : new MessageView.Same(
                        same.where(), same.runs() == 1 ? null : new Piece.Moment(same.since()), same.news());
    }

    private static MessageView.@Nullable KnownIssue known(@Nullable Known known) {
        return known == null
                ? null
                : new MessageView.KnownIssue(
                        new Piece.Link(shortened(known.title()), known.link()),
                        shortened(known.owner()),
                        known.until().toString(),
                        known.mute());
    }

    /**
     * The first of them.
     *
     * @param unknown how many there are whose names are not known
     */
    private static Piece.Listing codes(List<String> names, int most, int unknown) {
        List<Piece.Code> shown = names.stream()
                .limit(most)
                .map(name -> new Piece.Code(shortened(name)))
                .toList();
        return new Piece.Listing(shown, names.size() - shown.size() + Math.max(0, unknown));
    }

    private static List<MessageView.Command> commands(IncidentView incident) {
        if (incident.state().isOver()) {
            return List.of();
        }
        String id = incident.id();
        return List.of(
                command("/ci-notify ack " + id, "you see to it, and nobody else is told"),
                command("/ci-notify snooze 4h " + id, "quiet until then"),
                command("/ci-notify reassign AREA " + id, "it is not ours but theirs"));
    }

    private static MessageView.Command command(String typed, String does) {
        return new MessageView.Command(new Piece.Code(typed), does);
    }

    static Piece.@Nullable Moment moment(@Nullable Instant instant) {
        return instant == null ? null : new Piece.Moment(instant);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
    }
}
