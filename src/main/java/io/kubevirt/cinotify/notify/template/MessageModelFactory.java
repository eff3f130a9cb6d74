// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Diagnosis.Ambiguity;
import io.kubevirt.cinotify.diagnosis.FailureOccurrences;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.Assignment;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates the variables of templates. Long values are shortened here, so that whole messages rarely are. */
public final class MessageModelFactory {
    private static final int MOST_LANES = 12;
    private static final int MOST_PULLS = 12;
    private static final int MOST_TESTS = 8;
    private static final int MOST_LINES = 12;
    private static final int MOST_LINES_OF_TEXT = 20;
    private static final int LONGEST_LINE = 300;
    private static final int LONGEST_TEXT = 2_000;

    private final Links links;
    private final PeopleModelFactory people;

    /** @param users finds the user id, on the channel, of a GitHub handle */
    public MessageModelFactory(Links links, UserLookup users) {
        this.links = links;
        this.people = new PeopleModelFactory(users);
    }

    /** The user id of a handle on a channel. */
    @FunctionalInterface
    public interface UserLookup {
        /** Null if unknown. */
        @Nullable String userId(String handle);
    }

    /** The variables of a notification. */
    public MessageModel create(Notification notification) {
        return create(notification, people.create(notification));
    }

    /** The variables without mentions. */
    public MessageModel withoutMentions(Notification notification) {
        return create(notification, people.withoutMentions(notification));
    }

    private MessageModel create(Notification notification, MessageModel.People people) {
        IncidentView incident = notification.incident();
        return new MessageModel(
                notification.kind().value(),
                shortened(incident.title()),
                Escapes.truncate(lines(notification).getFirst(), LONGEST_TEXT),
                lines(notification).stream()
                        .skip(1)
                        .limit(MOST_LINES_OF_TEXT)
                        .map(MessageModelFactory::shortened)
                        .toList(),
                incident.kind().value(),
                incident.id(),
                incident.state().value(),
                !incident.state().isOver(),
                incident.blocking(),
                !incident.knownBlocking(),
                new Fragment.Timestamp(incident.since()),
                timestamp(incident.closedAt()),
                incident.foldedInto() == null ? null : new Fragment.Code(incident.foldedInto()),
                finding(notification),
                run(incident.latest()),
                evidence(incident.diagnosis().symptoms()),
                known(incident.diagnosis().knownIssue()),
                links.of(incident),
                people,
                notification.kind() == NotificationKind.FOLDED ? List.of() : commands(incident),
                new LayoutFactory(links, notification, people).create());
    }

    /** A handoff has several lines; any other text is one sentence, even if it contains line ends. */
    private static List<String> lines(Notification notification) {
        List<String> lines = notification.kind() == NotificationKind.HANDOFF
                ? notification.text().lines().toList()
                : List.of(notification.text());
        return lines.isEmpty() ? List.of("") : lines;
    }

    private MessageModel.Finding finding(Notification notification) {
        IncidentView incident = notification.incident();
        Diagnosis diagnosis = incident.diagnosis();
        return new MessageModel.Finding(
                notification.text().contains(incident.why()) ? "" : Escapes.truncate(incident.why(), LONGEST_TEXT),
                incident.runs(),
                codeList(incident.lanes(), MOST_LANES, 0),
                Fragment.TruncatedList.of(
                        incident.pulls().stream()
                                .map(number -> links.pull(incident.latest(), number))
                                .toList(),
                        MOST_PULLS),
                diagnosis.cause().value(),
                diagnosis.area(),
                diagnosis.hasSig() ? diagnosis.sig() : null,
                diagnosis.confidence().value(),
                diagnosis.rule(),
                shortened(diagnosis.because()),
                diagnosis.confidence() == Confidence.LOW,
                doubt(diagnosis.ambiguity()));
    }

    private static MessageModel.@Nullable Ambiguity doubt(@Nullable Ambiguity doubt) {
        return doubt == null
                ? null
                : new MessageModel.Ambiguity(shortened(doubt.sharedCause()), shortened(doubt.changeCause()));
    }

    private static MessageModel.@Nullable Run run(@Nullable FailedRun run) {
        return run == null
                ? null
                : new MessageModel.Run(
                        new Fragment.Code(shortened(run.job())),
                        shortened(run.description()),
                        timestamp(run.endedAt()));
    }

    private static MessageModel.@Nullable Evidence evidence(@Nullable Symptoms symptoms) {
        if (symptoms == null) {
            return null;
        }
        List<String> lines = symptoms.excerpt().stream()
                .limit(MOST_LINES)
                .map(MessageModelFactory::shortened)
                .toList();
        List<String> tests = symptoms.failingTests();
        return new MessageModel.Evidence(
                lines.isEmpty() ? null : new Fragment.Block(lines),
                symptoms.excerptUrl() == null ? null : new Fragment.Link("log", symptoms.excerptUrl()),
                codeList(tests, MOST_TESTS, symptoms.failedCount() - tests.size()),
                Math.max(symptoms.failedCount(), tests.size()),
                occurrences(symptoms.occurrences()));
    }

    private static MessageModel.@Nullable Occurrences occurrences(@Nullable FailureOccurrences same) {
        return same == null
                ? null
                : new MessageModel.Occurrences(
                        same.where(), same.runs() == 1 ? null : new Fragment.Timestamp(same.since()), same.novelty());
    }

    private static MessageModel.@Nullable KnownIssue known(@Nullable KnownIssueMatch known) {
        return known == null
                ? null
                : new MessageModel.KnownIssue(
                        new Fragment.Link(shortened(known.title()), known.link()),
                        shortened(known.owner()),
                        known.until().toString(),
                        known.mute());
    }

    /**
     * The first names.
     *
     * @param unknown number of further names that are unknown
     */
    private static Fragment.TruncatedList codeList(List<String> names, int most, int unknown) {
        List<Fragment.Code> shown = names.stream()
                .limit(most)
                .map(name -> new Fragment.Code(shortened(name)))
                .toList();
        return new Fragment.TruncatedList(shown, names.size() - shown.size() + Math.max(0, unknown));
    }

    private static List<MessageModel.CommandHint> commands(IncidentView incident) {
        if (incident.state().isOver()) {
            return List.of();
        }
        String id = incident.id();
        MessageModel.CommandHint acknowledge = command("/ci-notify ack " + id, "acknowledge it; stops escalation");
        return Stream.concat(
                        Stream.of(acknowledge).filter(ack -> incident.acknowledgedBy() == null),
                        Stream.of(
                                command("/ci-notify snooze 4h " + id, "mute notifications for 4 hours"),
                                command("/ci-notify reassign AREA " + id, "assign it to another area")))
                .toList();
    }

    private static MessageModel.CommandHint command(String typed, String does) {
        return new MessageModel.CommandHint(new Fragment.Code(typed), does);
    }

    static Fragment.@Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : new Fragment.Timestamp(instant);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
    }

    /** The recipients of a notification, and whether they are mentioned. */
    private static final class PeopleModelFactory {
        private final UserLookup users;

        PeopleModelFactory(UserLookup users) {
            this.users = users;
        }

        MessageModel.People create(Notification notification) {
            return create(notification, mentionsPeople(notification));
        }

        MessageModel.People withoutMentions(Notification notification) {
            return create(notification, false);
        }

        private MessageModel.People create(Notification notification, boolean called) {
            IncidentView incident = notification.incident();
            Recipient to = notification.to();
            Assignment before = incident.assignment();
            // A message to nobody changes one that named somebody: the name stays.
            String responsible = to != null && to.handle() != null ? to.handle() : incident.responsible();
            return new MessageModel.People(
                    person(responsible, called),
                    level(to == null ? (before == null ? null : before.level()) : to.level()),
                    person(sigContact(to, before), called && to != null && to.sigPerson() != null),
                    to == null || !to.isDeferredAt(notification.decidedAt()) ? null : timestamp(to.at()),
                    to != null ? to.reasons() : before == null ? List.of() : before.reasons(),
                    person(incident.acknowledgedBy(), false),
                    timestamp(incident.snoozedUntil()));
        }

        private static @Nullable String level(@Nullable Level level) {
            return level == null ? null : level.title();
        }

        /** An edit, and a notification of the next level, keep the contact who was named before. */
        private static @Nullable String sigContact(@Nullable Recipient to, @Nullable Assignment before) {
            return to != null && to.sigPerson() != null ? to.sigPerson() : before == null ? null : before.sigContact();
        }

        /** A notification that does not interrupt mentions nobody, even if it shows who will be notified. */
        private static boolean mentionsPeople(Notification notification) {
            return notification.kind().interrupts() && notification.to() != null;
        }

        private Fragment.@Nullable Person person(@Nullable String handle, boolean called) {
            return handle == null ? null : new Fragment.Person(handle, users.userId(handle), called);
        }
    }
}
