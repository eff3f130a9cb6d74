// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.engine.Explainer;
import io.kubevirt.cinotify.store.TestFilter;
import io.kubevirt.cinotify.web.api.ActivityDayItem;
import io.kubevirt.cinotify.web.api.BumpItem;
import io.kubevirt.cinotify.web.api.BumpReader;
import io.kubevirt.cinotify.web.api.CountReader;
import io.kubevirt.cinotify.web.api.DutyItem;
import io.kubevirt.cinotify.web.api.IncidentDetail;
import io.kubevirt.cinotify.web.api.IncidentFilter;
import io.kubevirt.cinotify.web.api.IncidentItem;
import io.kubevirt.cinotify.web.api.IncidentReader;
import io.kubevirt.cinotify.web.api.ItemPage;
import io.kubevirt.cinotify.web.api.JobExplanation;
import io.kubevirt.cinotify.web.api.LaneDayItem;
import io.kubevirt.cinotify.web.api.ReadContext;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.kubevirt.cinotify.web.api.RosterReader;
import io.kubevirt.cinotify.web.api.RosterWeek;
import io.kubevirt.cinotify.web.api.RunAnswer;
import io.kubevirt.cinotify.web.api.RunAnswerReader;
import io.kubevirt.cinotify.web.api.RunItem;
import io.kubevirt.cinotify.web.api.StatusItem;
import io.kubevirt.cinotify.web.api.StatusReader;
import io.kubevirt.cinotify.web.api.TestItem;
import io.kubevirt.cinotify.web.api.TestReader;
import io.kubevirt.cinotify.web.api.TimelineItem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The routes of the API that read; docs and the OpenAPI description are made from them. */
final class Endpoints {
    private static final int LIMIT = 50;
    private static final int MOST = 200;
    private static final int DAYS = 14;
    private static final int MOST_DAYS = 90;
    private static final List<String> PAGING = List.of("limit", "after");

    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry(
                    "state",
                    "open (default), unanswered, not-notified, waiting, acknowledged, snoozed, folded, resolved, retracted"),
            Map.entry("area", "area of responsibility; repeat for alternatives"),
            Map.entry("sig", "SIG, or none; repeat for alternatives"),
            Map.entry("who", "assignee, or nobody; repeat for alternatives"),
            Map.entry("kind", "kind of incident, such as lane or outage; repeat for alternatives"),
            Map.entry("cause", "cause of the failures, such as test; repeat for alternatives"),
            Map.entry("blocking", "1 for only those that block merging"),
            Map.entry("since", "only those that were open at or after this instant"),
            Map.entry("q", "text in names, ignoring case; #17 for a pull request"),
            Map.entry("limit", "items of a page, from 1 to 200 (50)"),
            Map.entry("after", "next of the page before"),
            Map.entry("url", "address of the page of a run"),
            Map.entry("build", "build id of a run"),
            Map.entry("job", "name of a job"),
            Map.entry("repo", "repository of the job, as org/repo"),
            Map.entry("at", "instant, instead of now"),
            Map.entry("week", "week as 2026-W49, instead of this one"),
            Map.entry("zone", "time zone in which the week begins, such as Europe/Berlin (UTC)"),
            Map.entry("days", "days until today, from 1 to 90 (14)"),
            Map.entry("family", "name of a family of lanes"),
            Map.entry("order", "failed (default), flaky, or broken: failures that are no flakes"),
            Map.entry("lane", "text in the names of lanes, ignoring case"),
            Map.entry("test", "id of a test"),
            Map.entry("format", "json (default) or csv"),
            Map.entry("class", "class of bumps; repeat for alternatives"));

    private Endpoints() {}

    /** Of a parameter; the same in all routes. */
    static String description(String parameter) {
        return DESCRIPTIONS.getOrDefault(parameter, "");
    }

    /** @param plugin what only the running plugin knows */
    static List<Endpoint> all(Supplier<StatusReader.Plugin> plugin) {
        return Stream.of(incidents(), ofIncident(), runs(), roster(), counts(), tests(), state(plugin))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Endpoint> incidents() {
        return List.of(
                new Endpoint(
                        "/incidents",
                        "Incidents: open ones by urgency, others by their end, newest first.",
                        Stream.concat(IncidentFilter.PARAMETERS.stream(), PAGING.stream())
                                .toList(),
                        IncidentItem.class,
                        true,
                        (context, id, parameters) -> {
                            IncidentFilter filter = IncidentFilter.of(parameters);
                            int limit = limit(parameters);
                            parameters.requireValid();
                            return new IncidentReader(context).list(filter, limit, parameters.text("after"));
                        }),
                new Endpoint(
                        "/incidents/{id}",
                        "One incident, by its id or a prefix of at least 6 characters.",
                        List.of(),
                        IncidentDetail.class,
                        false,
                        (context, id, parameters) -> new IncidentReader(context).find(id)));
    }

    private static List<Endpoint> ofIncident() {
        return List.of(
                new Endpoint(
                        "/incidents/{id}/events",
                        "The timeline of an incident, newest first.",
                        PAGING,
                        TimelineItem.class,
                        true,
                        (context, id, parameters) -> {
                            int limit = limit(parameters);
                            parameters.requireValid();
                            IncidentReader reader = new IncidentReader(context);
                            return reader.timeline(reader.find(id).incident().id(), limit, parameters.text("after"));
                        }),
                new Endpoint(
                        "/incidents/{id}/runs",
                        "The failed runs of an incident with their outcomes, newest first.",
                        PAGING,
                        RunItem.class,
                        true,
                        (context, id, parameters) -> {
                            int limit = limit(parameters);
                            parameters.requireValid();
                            IncidentReader reader = new IncidentReader(context);
                            return reader.runs(reader.find(id).incident().id(), limit, parameters.text("after"));
                        }));
    }

    private static List<Endpoint> runs() {
        return List.of(
                new Endpoint(
                        "/runs/outcome",
                        "Why somebody was notified of a run, or nobody: by its url, or by build and job.",
                        List.of("url", "build", "job"),
                        RunAnswer.class,
                        false,
                        Endpoints::outcome),
                new Endpoint(
                        "/explain",
                        "Who would be notified of a failure of a job, and why.",
                        List.of("job", "repo", "at"),
                        Explainer.Explanation.class,
                        false,
                        (context, id, parameters) -> {
                            Instant at = parameters.instant("at");
                            parameters.requireValid();
                            return JobExplanation.of(context, parameters.text("job"), parameters.text("repo"), at);
                        }));
    }

    private static RunAnswer outcome(ReadContext context, String id, RequestParameters parameters)
            throws RequestProblem {
        RunAnswerReader reader = new RunAnswerReader(context);
        String build = parameters.text("build");
        String url = parameters.text("url");
        if ((build == null) == (url == null)) {
            throw RequestProblem.badRequest("give either url or build", "add url=ADDRESS of the run's page");
        }
        return build == null ? reader.of(url) : reader.of(parameters.text("job"), build);
    }

    private static List<Endpoint> roster() {
        return List.of(
                new Endpoint(
                        "/roster",
                        "Who is on duty, by area.",
                        List.of("at", "area"),
                        DutyItem.class,
                        true,
                        (context, id, parameters) -> {
                            RosterReader reader =
                                    new RosterReader(context.config().roster());
                            Instant at = parameters.instant("at");
                            List<String> areas = reader.areas(parameters);
                            parameters.requireValid();
                            return ItemPage.of(reader.at(Objects.requireNonNullElse(at, context.now()), areas));
                        }),
                new Endpoint(
                        "/roster/week",
                        "Shifts, gaps and absences of a week, by area.",
                        List.of("week", "zone", "area"),
                        RosterWeek.class,
                        false,
                        (context, id, parameters) -> {
                            RosterReader reader =
                                    new RosterReader(context.config().roster());
                            ZoneId zone = parameters.zone("zone", ZoneOffset.UTC);
                            LocalDate monday = RosterReader.monday(parameters, context.now(), zone);
                            List<String> areas = reader.areas(parameters);
                            parameters.requireValid();
                            return reader.week(monday, zone, areas);
                        }));
    }

    private static List<Endpoint> counts() {
        return List.of(
                new Endpoint(
                        "/lanes/days",
                        "Runs by lane and UTC day; format=csv for a table.",
                        List.of("days", "family", "q", "format"),
                        LaneDayItem.class,
                        true,
                        (context, id, parameters) -> {
                            int days = parameters.number("days", DAYS, MOST_DAYS);
                            parameters.requireValid();
                            return ItemPage.of(new CountReader(context)
                                    .lanes(days, parameters.text("family"), parameters.text("q")));
                        }),
                new Endpoint(
                        "/activity/days",
                        "Deliveries by UTC day, outcome and reason; format=csv for a table.",
                        List.of("days", "format"),
                        ActivityDayItem.class,
                        true,
                        (context, id, parameters) -> {
                            int days = parameters.number("days", DAYS, MOST_DAYS);
                            parameters.requireValid();
                            return ItemPage.of(new CountReader(context).activity(days));
                        }));
    }

    private static List<Endpoint> tests() {
        return List.of(new Endpoint(
                "/tests",
                "Tests by the runs in which they failed, as far as the reader may see these.",
                Stream.concat(TestReader.PARAMETERS.stream(), Stream.of("days", "limit"))
                        .toList(),
                TestItem.class,
                true,
                (context, id, parameters) -> {
                    int days = parameters.number("days", DAYS, MOST_DAYS);
                    int limit = limit(parameters);
                    TestFilter filter = TestReader.filter(parameters);
                    parameters.requireValid();
                    return ItemPage.of(new TestReader(context).list(filter, days, limit));
                }));
    }

    private static List<Endpoint> state(Supplier<StatusReader.Plugin> plugin) {
        return List.of(
                new Endpoint(
                        "/bumps",
                        "Bumps: open ones first, then the newest.",
                        List.of("class"),
                        BumpItem.class,
                        true,
                        (context, id, parameters) ->
                                ItemPage.of(new BumpReader(context).list(parameters.all("class")))),
                new Endpoint(
                        "/status",
                        "Whether CI works, in one word, with counts and the state of the sources.",
                        List.of(),
                        StatusItem.class,
                        false,
                        (context, id, parameters) ->
                                new StatusReader(context).status(new IncidentReader(context).open(), plugin.get())));
    }

    private static int limit(RequestParameters parameters) {
        return parameters.number("limit", LIMIT, MOST);
    }
}
