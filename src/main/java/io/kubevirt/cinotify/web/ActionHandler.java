// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.command.Permissions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.DiagnosisFeedback.Kind;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import io.kubevirt.cinotify.web.api.IncidentItem;
import io.kubevirt.cinotify.web.api.IncidentReader;
import io.kubevirt.cinotify.web.api.ReadContext;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RequestProblem;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Performs what people do with an incident: the same actions, by the same people, as comments and Slack's buttons. */
final class ActionHandler {
    private static final List<String> FIELDS = List.of("token", "for", "to", "force");
    private static final String AREA = "area:";
    private static final Duration LONGEST_SNOOZE = Duration.ofDays(30);

    private final BoardOptions options;
    private final BoardContext board;
    private final SignIn signIn;

    ActionHandler(BoardOptions options, BoardContext board, SignIn signIn) {
        this.options = options;
        this.board = board;
        this.signIn = signIn;
    }

    /** What a form asks for, or why it is refused. */
    record Requested(
            String incident,
            @Nullable Function<IncidentActionSink, Optional<String>> request,
            @Nullable RequestProblem problem) {}

    /**
     * What a form asks for, if the person may; read from one snapshot, performed after it.
     *
     * @param form its fields
     */
    Requested read(BoardRequest request, ReadContext read, Map<String, List<String>> form) {
        try {
            List<String> segments = request.segments();
            IncidentItem incident =
                    new IncidentReader(read).find(segments.get(1)).incident();
            RequestParameters fields = new RequestParameters(form, FIELDS);
            String handle = permitted(request.viewer(), read, incident, fields.text("token"));
            return new Requested(incident.id(), request(segments.get(2), incident.id(), handle, fields, read), null);
        } catch (RequestProblem e) {
            return new Requested("", null, e);
        }
    }

    Answer perform(Requested requested) throws RequestProblem {
        if (requested.request() == null) {
            throw Objects.requireNonNull(requested.problem());
        }
        Optional<String> refusal = requested.request().apply(board.actions());
        if (refusal.isPresent()) {
            throw RequestProblem.conflict(refusal.get(), "go back to the incident");
        }
        return Answer.seeOther(options.basePath() + "/incidents/" + requested.incident());
    }

    private static Function<IncidentActionSink, Optional<String>> request(
            String name, String incident, String handle, RequestParameters fields, ReadContext read)
            throws RequestProblem {
        if (name.equals(Kind.WRONG_CAUSE.value())) {
            IncidentView view = read.transaction().incidents().find(incident).orElseThrow();
            DiagnosisFeedback feedback = DiagnosisFeedback.of(view, Kind.WRONG_CAUSE, handle, read.now());
            return sink -> sink.add(feedback);
        }
        IncidentAction action = action(name, new IncidentAction.Acknowledge(incident, handle), fields, read);
        return sink -> sink.submit(action);
    }

    private String permitted(Viewer viewer, ReadContext read, IncidentItem incident, @Nullable String token)
            throws RequestProblem {
        String handle = viewer.handle();
        String secret = signIn.secret();
        if (handle == null || secret == null) {
            throw RequestProblem.forbidden("nobody is signed in", "sign in, or comment /ci-notify on a pull request");
        }
        if (token == null || !FormToken.isValid(token, secret, handle, incident.id(), read.now())) {
            throw RequestProblem.forbidden("the form is too old, or not from this page", "load the page and try again");
        }
        if (!SignIn.mayHandle(read.config(), handle, incident)) {
            throw RequestProblem.forbidden(
                    "only " + Permissions.Permission.MANAGE.grantedTo() + " may change this incident",
                    "ask one of them");
        }
        return handle;
    }

    /** @param by the incident and the person */
    private static IncidentAction action(
            String name, IncidentAction.Acknowledge by, RequestParameters fields, ReadContext read)
            throws RequestProblem {
        return switch (name) {
            case "acknowledge" -> by;
            case "resolve" -> new IncidentAction.Resolve(by.incident(), by.by());
            case "snooze" ->
                new IncidentAction.Snooze(
                        by.incident(),
                        by.by(),
                        read.now().plus(length(fields.text("for"))),
                        fields.text("force") != null);
            case "reassign" -> reassign(by, fields.text("to"), read.config());
            default -> throw RequestProblem.notFound("there is no such action", "go back to the incident");
        };
    }

    private static Duration length(@Nullable String text) throws RequestProblem {
        try {
            Duration length = Duration.parse(String.valueOf(text));
            if (length.isPositive() && length.compareTo(LONGEST_SNOOZE) <= 0) {
                return length;
            }
        } catch (DateTimeException e) {
            // Refused below.
        }
        throw RequestProblem.badRequest("for is no time up to 30 days", "send PT4H");
    }

    private static IncidentAction reassign(IncidentAction.Acknowledge by, @Nullable String to, Config config)
            throws RequestProblem {
        String area = to != null && to.startsWith(AREA) ? to.substring(AREA.length()) : "";
        if (config.roster().areas().contains(area)) {
            return new IncidentAction.Reassign(by.incident(), by.by(), null, area);
        }
        if (to != null && config.roster().member(to).isPresent()) {
            return new IncidentAction.Reassign(by.incident(), by.by(), to, null);
        }
        throw RequestProblem.badRequest("to is neither a member nor an area", "choose one from the list");
    }

    /** Whether a form was sent from a page of the board itself. */
    static boolean isSameOrigin(@Nullable String origin, @Nullable String fetchSite, String expected) {
        return expected.equals(origin) && (fetchSite == null || fetchSite.equals("same-origin"));
    }
}
