// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.roster.DutyCalendar;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.web.api.IncidentDetail;
import io.kubevirt.cinotify.web.api.IncidentFilter;
import io.kubevirt.cinotify.web.api.IncidentItem;
import io.kubevirt.cinotify.web.api.IncidentReader;
import io.kubevirt.cinotify.web.api.ReadContext;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.kubevirt.cinotify.web.api.StatusItem;
import io.kubevirt.cinotify.web.api.StatusReader;
import io.kubevirt.cinotify.web.api.TestReader;
import io.kubevirt.cinotify.web.page.ActivityPage;
import io.kubevirt.cinotify.web.page.BumpsPage;
import io.kubevirt.cinotify.web.page.HealthPage;
import io.kubevirt.cinotify.web.page.IncidentPage;
import io.kubevirt.cinotify.web.page.IncidentPageReader;
import io.kubevirt.cinotify.web.page.LanesPage;
import io.kubevirt.cinotify.web.page.Moment;
import io.kubevirt.cinotify.web.page.NowPageReader;
import io.kubevirt.cinotify.web.page.PageContext;
import io.kubevirt.cinotify.web.page.Person;
import io.kubevirt.cinotify.web.page.RosterPage;
import io.kubevirt.cinotify.web.page.Shell;
import io.kubevirt.cinotify.web.page.TestsPage;
import io.kubevirt.cinotify.web.page.WhyPage;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers {@code GET} requests to pages. */
final class PageHandler {
    private static final List<String> EVERYWHERE = List.of("zone", "embed");
    private static final int INCIDENT_SEGMENTS = 2;

    private final BoardOptions options;
    private final BoardContext board;
    private final Assets assets;
    private final SignIn signIn;
    private final PageTemplates templates = new PageTemplates();

    PageHandler(BoardOptions options, BoardContext board, Assets assets, SignIn signIn) {
        this.options = options;
        this.board = board;
        this.assets = assets;
        this.signIn = signIn;
    }

    /** What the pages of one request have in common. */
    private record Frame(
            BoardRequest request, ReadContext read, IncidentReader.OpenIncidents open, StatusItem status) {}

    /** What differs between pages. {@code json}: the route of the API with the same data; null for none. */
    private record Content(
            String template,
            String title,
            String page,
            @Nullable String json,
            boolean live,
            Object data) {}

    Answer answer(BoardRequest request, ReadContext read) throws RequestProblem {
        List<String> segments = request.segments();
        if (segments.getFirst().equals("i") && segments.size() == INCIDENT_SEGMENTS) {
            return Answer.seeOther(options.basePath() + "/incidents/"
                    + new IncidentReader(read).find(segments.get(1)).incident().id());
        }
        if (request.path().equals("/roster.ics")) {
            return calendar(request, read);
        }
        IncidentReader.OpenIncidents open = new IncidentReader(read).open();
        Frame frame = new Frame(
                request,
                read,
                open,
                new StatusReader(read).status(open, board.plugin().get()));
        return segments.getFirst().equals("incidents") && segments.size() == INCIDENT_SEGMENTS
                ? incident(frame, segments.get(1))
                : page(frame);
    }

    private static Answer calendar(BoardRequest request, ReadContext read) throws RequestProblem {
        RequestParameters parameters = new RequestParameters(request.query(), List.of("person"));
        String person = parameters.text("person");
        parameters.requireValid();
        Roster roster = read.config().roster();
        if (person != null && roster.member(person).isEmpty()) {
            throw RequestProblem.badRequest(
                    "person=" + RequestParameters.shown(person) + " is no member of the group",
                    "write the GitHub login of a member");
        }
        return Answer.of(200, DutyCalendar.TYPE, new DutyCalendar(roster, read.now(), DutyCalendar.WEEKS).text(person));
    }

    private Answer page(Frame frame) throws RequestProblem {
        List<String> lists = new ArrayList<>(IncidentFilter.PARAMETERS);
        lists.addAll(List.of("limit", "after"));
        return switch (frame.request().path()) {
            case "/", "/incidents" -> {
                RequestParameters parameters = parameters(frame, lists);
                yield render(
                        frame,
                        parameters,
                        new Content(
                                "now",
                                "Now",
                                "Now",
                                "/incidents",
                                true,
                                new NowPageReader(context(frame, parameters))
                                        .read(parameters, frame.open(), frame.status())));
            }
            case "/why" -> {
                RequestParameters parameters = parameters(frame, List.of("run", "job", "repo", "at"));
                yield view(frame, parameters, "Why", null, WhyPage.of(context(frame, parameters), parameters));
            }
            case "/roster" -> {
                RequestParameters parameters = parameters(frame, List.of("week", "area", "at"));
                yield view(
                        frame,
                        parameters,
                        "Roster",
                        "/roster/week",
                        RosterPage.of(context(frame, parameters), parameters));
            }
            default -> counts(frame);
        };
    }

    /** A page whose template has its name. */
    private Answer view(Frame frame, RequestParameters parameters, String name, @Nullable String json, Object data) {
        return render(frame, parameters, new Content(name.toLowerCase(Locale.ROOT), name, name, json, false, data));
    }

    private Answer counts(Frame frame) throws RequestProblem {
        return switch (frame.request().path()) {
            case "/lanes" -> {
                RequestParameters parameters = parameters(frame, List.of("days", "q", "family", "page", "measure"));
                yield view(
                        frame,
                        parameters,
                        "Lanes",
                        "/lanes/days",
                        LanesPage.of(context(frame, parameters), parameters));
            }
            case "/tests" -> tests(frame);
            case "/activity" -> {
                RequestParameters parameters = parameters(frame, List.of("days", "reason"));
                yield view(
                        frame,
                        parameters,
                        "Activity",
                        "/activity/days",
                        ActivityPage.of(context(frame, parameters), parameters));
            }
            case "/bumps" -> {
                RequestParameters parameters = parameters(frame, List.of("class"));
                yield view(frame, parameters, "Bumps", "/bumps", BumpsPage.of(context(frame, parameters), parameters));
            }
            case "/health" -> {
                RequestParameters parameters = parameters(frame, List.of());
                yield view(
                        frame,
                        parameters,
                        "Health",
                        "/status",
                        HealthPage.of(
                                context(frame, parameters),
                                frame.status(),
                                board.plugin().get()));
            }
            default -> throw RequestProblem.notFound("there is no such page", "begin at Now");
        };
    }

    private Answer tests(Frame frame) {
        List<String> known = new ArrayList<>(TestReader.PARAMETERS);
        known.add("days");
        RequestParameters parameters = parameters(frame, known);
        return view(frame, parameters, "Tests", "/tests", TestsPage.of(context(frame, parameters), parameters));
    }

    private Answer incident(Frame frame, String id) throws RequestProblem {
        IncidentDetail detail = new IncidentReader(frame.read()).find(id);
        String full = detail.incident().id();
        if (!full.equals(id)) {
            return Answer.seeOther(options.basePath() + "/incidents/" + full);
        }
        RequestParameters parameters = parameters(frame, List.of("events", "runs"));
        IncidentPage page = new IncidentPageReader(context(frame, parameters))
                .read(
                        detail,
                        parameters,
                        frame.open().shown(),
                        parameters.flag("embed") ? null : actions(frame, detail.incident()));
        return render(frame, parameters, new Content("incident", page.name(), "Now", "/incidents/" + full, true, page));
    }

    /** Not for a page in a frame, whose buttons another site could place under the pointer. */
    private IncidentPage.@Nullable Actions actions(Frame frame, IncidentItem incident) {
        String handle = frame.request().viewer().handle();
        String secret = signIn.secret();
        Config config = frame.read().config();
        if (handle == null || secret == null || !SignIn.mayHandle(config, handle, incident)) {
            return null;
        }
        return new IncidentPage.Actions(
                FormToken.of(secret, handle, incident.id(), frame.read().now()),
                config.roster().areas(),
                config.roster().members().stream().map(Member::handle).sorted().toList());
    }

    private static RequestParameters parameters(Frame frame, List<String> known) {
        List<String> all = new ArrayList<>(known);
        all.addAll(EVERYWHERE);
        return new RequestParameters(frame.request().query(), all);
    }

    private static PageContext context(Frame frame, RequestParameters parameters) {
        return new PageContext(
                frame.read(),
                parameters.zone("zone", ZoneOffset.UTC),
                frame.request().viewer().handle());
    }

    private Answer render(Frame frame, RequestParameters parameters, Content content) {
        Instant now = frame.read().now();
        ZoneId zone = parameters.zone("zone", ZoneOffset.UTC);
        boolean embed = parameters.flag("embed");
        Shell shell = shell(
                content,
                frame.request(),
                frame.status().state(),
                parameters.problems().stream().distinct().toList(),
                new Moment(now, now, zone));
        Answer answer = Answer.of(200, Answer.HTML, templates.render(content.template(), shell, content.data(), embed));
        return embed && !options.embedIn().isEmpty() ? answer.with(Answer.POLICY, embeddedPolicy()) : answer;
    }

    private String embeddedPolicy() {
        return Answer.policy(options.embedIn().stream().map(URI::toString).collect(Collectors.joining(" ")));
    }

    /** A session of the board itself ends with a form. */
    private @Nullable String logout(Viewer viewer) {
        String handle = viewer.handle();
        String secret = options.gitHub() == null || handle == null ? null : signIn.secret();
        return handle == null || secret == null
                ? null
                : FormToken.of(
                        secret, handle, LoginHandler.LOGOUT, board.clock().instant());
    }

    private Shell shell(Content content, BoardRequest request, String state, List<String> problems, Moment dataAsOf) {
        Viewer viewer = request.viewer();
        StatusReader.Plugin plugin = board.plugin().get();
        return new Shell(
                content.title(),
                content.page(),
                options.basePath(),
                options.basePath() + assets.path("board.css"),
                options.basePath() + assets.path("board.js"),
                options.basePath() + assets.path("icon.svg"),
                state,
                viewer.handle() == null ? null : new Person(viewer.handle(), ""),
                options.gitHub() == null || viewer.handle() != null
                        ? null
                        : options.basePath() + LoginHandler.BEGIN + "?to="
                                + URLEncoder.encode(request.address(), UTF_8),
                logout(viewer),
                problems,
                content.json() == null ? null : options.basePath() + ApiHandler.PREFIX + content.json(),
                content.live(),
                dataAsOf,
                dataAsOf.zone().equals(ZoneOffset.UTC) ? "UTC" : dataAsOf.zone().getId(),
                plugin.version(),
                plugin.dryRun(),
                plugin.sources().keySet().stream().sorted().toList());
    }

    /** The frame without data from the store, which may be what fails. */
    Answer problem(Viewer viewer, RequestProblem problem) {
        Instant now = board.clock().instant();
        Content content = new Content("problem", problem.body().title(), "", null, false, problem.body());
        Shell shell = shell(
                content,
                new BoardRequest("/", "", Map.of(), viewer),
                "",
                List.of(),
                new Moment(now, now, ZoneOffset.UTC));
        return Answer.of(
                problem.status(), Answer.HTML, templates.render(content.template(), shell, content.data(), false));
    }
}
