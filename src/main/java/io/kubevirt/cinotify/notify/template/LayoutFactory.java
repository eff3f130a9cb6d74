// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.FailureOccurrences;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.template.Fragment.Joined;
import io.kubevirt.cinotify.notify.template.Fragment.Literal;
import io.kubevirt.cinotify.notify.template.Fragment.Untrusted;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.text.TestName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates the lines of a message. */
final class LayoutFactory {
    /** What Prow reports of a run whose command failed. */
    private static final String JOB_FAILED = "Job failed.";

    private static final int MAX_PULLS = 4;
    private static final int MAX_TESTS = 1;
    private static final int MAX_TEST = 100;
    private static final int MAX_LOG_LINE = 90;
    private static final int MAX_HEADLINE = 120;
    private static final int MAX_SENTENCE = 160;
    private static final int MAX_CHANGES = 300;
    private static final int MAX_REASON = 2_000;

    private final Links pages;
    private final Notification notification;
    private final IncidentView incident;
    private final MessageModel.People people;

    LayoutFactory(Links pages, Notification notification, MessageModel.People people) {
        this.pages = pages;
        this.notification = notification;
        this.incident = notification.incident();
        this.people = people;
    }

    MessageLayout create() {
        boolean open = !incident.state().isOver() && notification.kind() != NotificationKind.FOLDED;
        StatusLine status = new StatusLine(notification, people);
        Diagnosis diagnosis = incident.diagnosis();
        Symptoms symptoms = diagnosis.symptoms();
        @Nullable Fragment failing = open && symptoms != null ? failing(symptoms) : null;
        return new MessageLayout(
                headline(),
                status.create(),
                open ? extent() : null,
                failing,
                open ? log(symptoms, failing == null ? 2 : 1) : null,
                open ? cause() : null,
                open ? next() : null,
                links(),
                reason(),
                status.pushed(headline()),
                Stream.concat(
                                Stream.of(incident.why())
                                        .filter(why -> !why.isEmpty()
                                                && !notification.text().contains(why)),
                                diagnosis.trace().stream())
                        .distinct()
                        .toList());
    }

    /** What broke, where, and how many are blocked. */
    private String headline() {
        String name = incident.shortTitle();
        String shown =
                switch (incident.kind()) {
                    case LANE -> name + (incident.state().isOver() ? "" : " broken" + blocked(": "));
                    case OUTAGE ->
                        capitalized(name)
                                + (incident.state().isOver()
                                        ? ""
                                        : ": " + Plural.of(incident.lanes().size(), "lane") + blocked(", "));
                    default -> name;
                };
        String mark = isMarked() ? Notification.POSSIBLE_DUPLICATE : "";
        return shortened(mark + (incident.state().isOver() ? "Resolved: " : "") + shown, MAX_HEADLINE);
    }

    private boolean isMarked() {
        return notification.text().startsWith(Notification.POSSIBLE_DUPLICATE);
    }

    private String blocked(String separator) {
        int pulls = incident.pulls().size();
        return pulls == 0 ? "" : separator + Plural.of(pulls, "PR") + (incident.blocking() ? " blocked" : " affected");
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Failed of finished runs, and since when; for other kinds of incidents why they are open. */
    private @Nullable Fragment extent() {
        if (incident.runs() == 0) {
            return incident.why().isEmpty() ? null : new Untrusted(shortened(incident.why(), MAX_SENTENCE));
        }
        var extent = incident.extent();
        List<Fragment> runs = new ArrayList<>();
        runs.add(new Literal(
                extent == null || extent.finished() <= incident.runs()
                        ? Plural.of(incident.runs(), "run") + " failed since "
                        : incident.runs() + " of " + Plural.of(extent.finished(), "run") + " failed since "));
        runs.add(new Fragment.Timestamp(incident.since(), near(incident.since())));
        if (!incident.pulls().isEmpty()) {
            runs.add(new Literal(" on "));
            runs.add(Fragment.TruncatedList.of(
                    incident.pulls().stream()
                            .map(number -> pages.pull(incident.latest(), number))
                            .toList(),
                    MAX_PULLS));
        }
        Fragment green = extent == null || extent.lastGreen() == null
                ? null
                : new Joined(
                        "",
                        new Literal("last green "),
                        new Fragment.Timestamp(extent.lastGreen(), near(extent.lastGreen())));
        Fragment strip = extent == null || extent.strip().length() < 2 ? null : new Fragment.Strip(extent.strip());
        return Joined.of(" ", Joined.of(" · ", new Joined("", runs), green), strip);
    }

    private boolean near(Instant at) {
        return StatusLine.isNear(at, notification);
    }

    private static @Nullable Fragment failing(Symptoms symptoms) {
        List<String> tests = symptoms.failingTests().stream()
                .map(TestName::withoutTags)
                .distinct()
                .toList();
        if (tests.isEmpty()) {
            return null;
        }
        int all = Math.max(symptoms.failedCount(), symptoms.failingTests().size());
        return new Joined(
                " ",
                new Fragment.Strong("Failing:"),
                new Fragment.TruncatedList(
                        tests.stream()
                                .limit(MAX_TESTS)
                                .map(test -> new Untrusted(shortened(test, MAX_TEST)))
                                .toList(),
                        all - Math.min(MAX_TESTS, tests.size())));
    }

    /** The cause in the log; without one what Prow reports, as that a pod could not be scheduled. */
    private Fragment.@Nullable Block log(@Nullable Symptoms symptoms, int most) {
        List<String> lines = Links.causeLines(symptoms).stream()
                .limit(most)
                .map(line -> shortened(line, MAX_LOG_LINE))
                .toList();
        if (!lines.isEmpty()) {
            return new Fragment.Block(lines);
        }
        String reported = incident.latest() == null ? "" : incident.latest().description();
        return reported.isBlank() || reported.equals(JOB_FAILED)
                ? null
                : new Fragment.Block(List.of(shortened(reported, MAX_LOG_LINE)));
    }

    private @Nullable Fragment cause() {
        boolean diagnosed = incident.kind() == IncidentKind.LANE || incident.kind() == IncidentKind.OUTAGE;
        return !diagnosed ? notes(null) : notes(new Untrusted(shortened(probably(incident.diagnosis()), MAX_SENTENCE)));
    }

    private static String probably(Diagnosis diagnosis) {
        if (diagnosis.ambiguity() != null) {
            return "Unclear: " + diagnosis.ambiguity().sharedCause() + ", or "
                    + diagnosis.ambiguity().changeCause();
        }
        String cause =
                switch (diagnosis.cause()) {
                    case INFRASTRUCTURE -> "the CI infrastructure";
                    case SETUP -> "the setup, before any test started";
                    case TEST -> "the tests or what they test";
                    case BUILD -> "a change that does not build";
                    case CONFIG -> "the configuration of the job";
                    case ABORTED -> "an aborted run";
                };
        return "Probably " + cause
                + (diagnosis.confidence() == Confidence.HIGH
                        ? ""
                        : " (" + diagnosis.confidence().value() + " confidence)");
    }

    /** The cause with what else is known about it; a further note, as of a suspect, belongs here. */
    private @Nullable Fragment notes(@Nullable Fragment cause) {
        Symptoms symptoms = incident.diagnosis().symptoms();
        FailureOccurrences same = symptoms == null ? null : symptoms.occurrences();
        var known = incident.diagnosis().knownIssue();
        return Joined.of(
                " · ",
                cause,
                same == null || same.novelty().isEmpty() ? null : new Literal("new today"),
                alsoFailed(same),
                known == null
                        ? null
                        : new Joined(
                                "",
                                new Literal("known issue "),
                                new Fragment.Link(shortened(known.title(), MAX_TEST), known.link()),
                                new Untrusted(known.mute() ? ", muted until " + known.until() : "")),
                changes());
    }

    /** The lanes on which the test failed, else the number of those with the same failure. */
    private @Nullable Fragment alsoFailed(@Nullable FailureOccurrences same) {
        if (notification.alsoFailed() != null) {
            return new Untrusted(shortened(notification.alsoFailed(), MAX_CHANGES));
        }
        return same == null || same.lanes() < 2 ? null : new Literal("also on " + Plural.of(same.lanes() - 1, "lane"));
    }

    private @Nullable Fragment changes() {
        var changes = notification.changes();
        return changes == null
                ? null
                : Joined.of(
                        ": ",
                        new Untrusted(shortened(changes.sentence(), MAX_CHANGES)),
                        changes.compare() == null ? null : new Fragment.Link("changes", changes.compare()));
    }

    private @Nullable Fragment next() {
        return pages.nextStep(incident)
                .<Fragment>map(step -> new Joined(" ", new Fragment.Strong("Next:"), new Untrusted(step)))
                .orElse(null);
    }

    /** The text without the title and the mark, which are in the headline. */
    private @Nullable Fragment reason() {
        if (notification.kind() == NotificationKind.HANDOFF) {
            return null;
        }
        String title = incident.title();
        String text = notification.text().substring(isMarked() ? Notification.POSSIBLE_DUPLICATE.length() : 0);
        String rest = Stream.of(title + " is still broken: ", title + " is broken: ", title + ": ", title + " ")
                .filter(text::startsWith)
                .map(begin -> text.substring(begin.length()))
                .findFirst()
                .orElse(text);
        return rest.isBlank() ? null : new Untrusted(Escapes.truncate(rest, MAX_REASON));
    }

    private @Nullable Fragment links() {
        List<Fragment> links = new ArrayList<>(pages.of(incident));
        return links.isEmpty() ? null : new Joined(" · ", links);
    }

    private static String shortened(String text, int most) {
        String line = Escapes.oneLine(text);
        return line.codePointCount(0, line.length()) <= most
                ? line
                : atWord(line.substring(0, line.offsetByCodePoints(0, most - 1))) + "…";
    }

    /** Cut at the last space, unless that is far from the end. */
    private static String atWord(String text) {
        int space = text.lastIndexOf(' ');
        return space > text.length() * 2 / 3 ? text.substring(0, space) : text;
    }
}
