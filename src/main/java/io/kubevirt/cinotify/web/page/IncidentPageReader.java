// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.incident.Assignment;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.web.api.DutyItem;
import io.kubevirt.cinotify.web.api.IncidentDetail;
import io.kubevirt.cinotify.web.api.IncidentItem;
import io.kubevirt.cinotify.web.api.IncidentReader;
import io.kubevirt.cinotify.web.api.ItemPage;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.kubevirt.cinotify.web.api.RunItem;
import io.kubevirt.cinotify.web.api.SuppressionText;
import io.kubevirt.cinotify.web.api.TimelineItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the page of an incident. */
public final class IncidentPageReader {
    private static final int DAYS = 14;
    private static final int RUNS = 20;
    private static final int LINES = 30;
    private static final int MOST_TABLE_LANES = 6;

    private static final Map<String, String> TONES = Map.of(
            "opened", "red",
            "relapsed", "red",
            "worse", "red",
            "escalated", "red",
            "acknowledged", "green",
            "resolved", "green");

    private final PageContext context;
    private final IncidentReader reader;

    public IncidentPageReader(PageContext context) {
        this.context = context;
        this.reader = new IncidentReader(context.read());
    }

    /** @param actions the forms for those who may change it; null for others */
    public IncidentPage read(
            IncidentDetail detail,
            RequestParameters parameters,
            List<IncidentItem> open,
            IncidentPage.@Nullable Actions actions)
            throws RequestProblem {
        IncidentItem incident = detail.incident();
        ItemPage<TimelineItem> timeline = reader.timeline(incident.id(), LINES, parameters.text("events"));
        ItemPage<RunItem> runs = reader.runs(incident.id(), RUNS, parameters.text("runs"));
        Heat heat = Heat.of(context.days(Stream.of(incident), DAYS), day -> job(day.lane()), context.today(), DAYS);
        return new IncidentPage(
                detail,
                IncidentNames.name(incident),
                IncidentNames.repository(incident),
                Pill.of(incident, context.now(), context.zone()),
                facts(incident),
                context.moment(incident.openedAt()),
                context.moment(incident.closedAt()),
                incident.isOpen() ? actions : null,
                heat,
                incident.lanes().size() > MOST_TABLE_LANES,
                Person.of(incident.assignee(), incident.level(), incident.area()),
                sigContact(incident),
                why(incident),
                Strip.of(incident.extent()),
                incident.extent() == null
                        ? null
                        : context.moment(incident.extent().lastGreen()),
                onDutyUntil(incident),
                incident.next() == null ? null : next(incident.next(), incident),
                timeline.items().stream().map(this::line).toList(),
                timeline.next() == null ? null : parameters.with("events", timeline.next()),
                runs.items().stream().map(this::run).toList(),
                runs.next() == null ? null : parameters.with("runs", runs.next()),
                open.stream()
                        .filter(other -> incident.id().equals(other.foldedInto()))
                        .map(other -> new IncidentPage.Explained(other.id(), IncidentNames.name(other)))
                        .toList());
    }

    private static List<String> facts(IncidentItem incident) {
        List<String> facts = new ArrayList<>();
        facts.add(
                incident.blocking() == null
                        ? "blocking: unknown"
                        : incident.isBlocking() ? "blocking" : "not blocking");
        facts.add(incident.area());
        if (incident.sig() != null) {
            facts.add("SIG " + incident.sig());
        }
        if (!incident.pulls().isEmpty()) {
            facts.add(Plural.of(incident.pulls().size(), "pull request"));
        }
        if (incident.runs() > 0) {
            facts.add(Plural.of(incident.runs(), "failed run"));
        }
        return facts;
    }

    private @Nullable Person sigContact(IncidentItem incident) {
        return incident.sig() == null
                ? null
                : context.read().config().sigs().people(incident.sig()).stream()
                        .findFirst()
                        .map(Sig.Person::handle)
                        .map(handle -> new Person(handle, "SIG " + incident.sig()))
                        .orElse(null);
    }

    private @Nullable Moment onDutyUntil(IncidentItem incident) {
        Assignment assignment = incident.assignment();
        Instant until = assignment == null ? null : assignment.until();
        return until == null || until.isBefore(context.now()) ? null : context.moment(until);
    }

    private IncidentPage.Next next(DutyItem.Next next, IncidentItem incident) {
        return new IncidentPage.Next(
                next.person(),
                new Moment(next.at(), context.now(), context.zone()),
                "unanswered".equals(incident.response()) ? "if nobody answers" : "at work again");
    }

    private static List<IncidentPage.Fact> why(IncidentItem incident) {
        List<IncidentPage.Fact> facts = new ArrayList<>();
        facts.add(new IncidentPage.Fact("Why", incident.why(), ""));
        Assignment assignment = incident.assignment();
        if (assignment != null && !assignment.reasons().isEmpty()) {
            facts.add(new IncidentPage.Fact("Why them", String.join("; ", assignment.reasons()), ""));
        }
        facts.add(new IncidentPage.Fact(
                "Read as",
                incident.cause() + ", rule " + incident.rule() + ", confidence " + incident.confidence(),
                ""));
        if (incident.foldedInto() != null) {
            facts.add(new IncidentPage.Fact(
                    "Explained by", incident.foldedInto(), "/incidents/" + incident.foldedInto()));
        }
        if (incident.resolution() != null) {
            facts.add(new IncidentPage.Fact("Over because", incident.resolution(), ""));
        }
        return facts;
    }

    private IncidentPage.Line line(TimelineItem item) {
        String words = item.kind().substring(0, 1).toUpperCase(Locale.ROOT)
                + item.kind().substring(1).replace('-', ' ')
                + (item.person() == null ? "" : ": " + item.person());
        return new IncidentPage.Line(
                words,
                item.text(),
                TONES.getOrDefault(item.kind(), "grey"),
                new Moment(item.at(), context.now(), context.zone()));
    }

    /** A lane without its repository, which the page shows once. */
    private static String job(String lane) {
        return lane.substring(lane.indexOf(' ') + 1);
    }

    private IncidentPage.Run run(RunItem run) {
        String outcome =
                run.reason() == null ? Objects.requireNonNullElse(run.outcome(), "") : SuppressionText.of(run.reason());
        return new IncidentPage.Run(
                run,
                job(run.lane()),
                context.moment(run.endedAt()),
                run.pulls().stream().map(pull -> "#" + pull).collect(Collectors.joining(", ")),
                outcome);
    }
}
