// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.roster.Member;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The commands that change one incident: the one named, or the one that the conversation is about. */
abstract class IncidentCommandHandler extends CommandHandler {
    /** Ends the description of each of these commands. */
    static final String WHERE =
            " Works on an incident's comment or issue, or anywhere with the incident's ID; also in closed"
                    + " conversations.";

    private static final int MAX_SHOWN = 10;

    IncidentCommandHandler(String verb, List<String> names, CommandHelp.Entry help) {
        super(verb, names, help);
    }

    @Override
    final Reply handle(Call call) {
        Optional<String> id = call.arguments().incidentId();
        if (id.isPresent()) {
            return call.context()
                    .incident(id.get())
                    .map(incident -> checked(incident, call))
                    .or(() -> call.context()
                            .withheld(id.get())
                            .filter(incident -> mayHandle(incident, call)
                                    && (incident.state() == IncidentState.OPEN || !needsOpenIncident()))
                            .map(incident -> withoutDetails(incident, call)))
                    .orElseGet(() -> askWhich("there is no incident " + id.get(), call));
        }
        List<IncidentView> here = call.context().relevantIncidents();
        if (here.size() == 1) {
            return checked(here.getFirst(), call);
        }
        return askWhich(
                here.isEmpty()
                        ? "no open incident belongs to this conversation"
                        : "several incidents belong to this conversation",
                call);
    }

    /** Executes the command on an open incident that the author may change. */
    abstract Reply handle(IncidentView incident, Call call);

    /** Whether a closed incident is refused. */
    boolean needsOpenIncident() {
        return true;
    }

    private static boolean mayHandle(IncidentView incident, Call call) {
        return call.environment().permissions().mayHandle(call.author(), incident.diagnosis());
    }

    /** Of an incident that readers of the conversation must not see: whether it was changed, and nothing else. */
    private Reply withoutDetails(IncidentView incident, Call call) {
        Reply whole = handle(incident, call);
        MarkdownReply reply = call.newReply();
        String id = reply.code(incident.id());
        String outcome = whole.outcome() == CommandResult.Outcome.DONE ? "changed as requested" : "unchanged";
        reply.answer("incident " + id + ": " + outcome
                + ". It is of a private repository or job, so nothing else is shown here.");
        return new Reply(
                whole.outcome(), reply.toMarkdown(), id + ": " + outcome, false, List.of(), whole.reassignments());
    }

    final Reply checked(IncidentView incident, Call call) {
        MarkdownReply reply = call.newReply();
        if (!mayHandle(incident, call)) {
            String sig =
                    incident.diagnosis().hasSig() ? " (" + incident.diagnosis().sig() + ")" : "";
            reply.answer("only " + Permission.MANAGE.grantedTo() + sig + " can change incident "
                    + reply.code(incident.id()) + ".");
            return Reply.forbidden(reply);
        }
        if (needsOpenIncident() && incident.state() != IncidentState.OPEN) {
            reply.answer("incident " + reply.code(incident.id()) + " is already resolved.");
            return Reply.refused(reply, "already resolved");
        }
        return handle(incident, call);
    }

    /** @param outcome a part of a sentence, in Markdown */
    static Reply execute(IncidentAction action, IncidentView incident, Call call, String outcome) {
        Optional<String> rejection = call.actions().apply(action);
        MarkdownReply reply = call.newReply();
        String subject = "incident " + reply.code(incident.id()) + " (" + reply.escape(incident.title()) + ")";
        if (rejection.isPresent()) {
            reply.answer(subject + " is unchanged: " + reply.escape(rejection.get()) + ".");
            return Reply.refused(reply, "rejected");
        }
        reply.answer(subject + ": " + outcome + ".")
                .because(List.of(incident.why()))
                .because(incident.diagnosis().trace())
                .next("/ci-notify explain " + incident.id(), "shows the reasons");
        if (!(action instanceof IncidentAction.Resolve)) {
            reply.next("/ci-notify resolve " + incident.id(), "resolves it");
        }
        return Reply.done(reply, reply.code(incident.id()) + ": " + outcome);
    }

    private Reply askWhich(String problem, Call call) {
        MarkdownReply reply = call.newReply();
        List<IncidentView> here = call.context().relevantIncidents();
        List<IncidentView> open = here.isEmpty() ? call.context().openIncidents() : here;
        reply.answer(reply.escape(problem) + ", so nothing was changed. "
                        + (open.isEmpty()
                                ? "No incident is open."
                                : "Name one, as in "
                                        + reply.code("/ci-notify " + verb() + " "
                                                + open.getFirst().id()) + ":"))
                .bullets(open.stream().limit(MAX_SHOWN).map(reply::incident).toList());
        if (here.isEmpty()) {
            call.context().noteOnWithheld().ifPresent(reply::paragraph);
        }
        return Reply.refused(reply, "no single incident");
    }

    static final class Acknowledge extends IncidentCommandHandler {
        Acknowledge() {
            super(
                    "ack",
                    List.of("ack", "acknowledge"),
                    new CommandHelp.Entry(
                            "/ci-notify ack [ID]",
                            true,
                            "Acknowledges the incident; stops escalation." + WHERE,
                            List.of("/ci-notify ack", "/ci-notify ack 6c64f78b1d"),
                            Permission.MANAGE));
        }

        @Override
        Reply handle(IncidentView incident, Call call) {
            return execute(
                    new IncidentAction.Acknowledge(incident.id(), call.author()),
                    incident,
                    call,
                    "acknowledged; escalation stops");
        }
    }

    static final class Snooze extends IncidentCommandHandler {
        Snooze() {
            super(
                    "snooze",
                    List.of("snooze"),
                    new CommandHelp.Entry(
                            "/ci-notify snooze 4h|until monday|DATE [--force] [ID]",
                            false,
                            "Sends no notifications for the incident until then, unless it gets clearly worse (with"
                                    + " --force not even then); notifies again if it is still open."
                                    + WHERE,
                            List.of(
                                    "/ci-notify snooze 4h",
                                    "/ci-notify snooze until monday --force",
                                    "/ci-notify snooze 2026-12-01"),
                            Permission.MANAGE));
        }

        @Override
        Reply handle(IncidentView incident, Call call) {
            Optional<Member> member = call.environment().permissions().roster().member(call.author());
            boolean force = call.arguments().words().stream().anyMatch(Snooze::isForce);
            String words = call.arguments().without(Snooze::isForce);
            Optional<Instant> until = new SnoozeTimeParser(
                            call.now(), member.map(Member::schedule).orElse(null))
                    .parse(words);
            if (until.isEmpty()) {
                MarkdownReply reply = call.newReply();
                String problem = words.isEmpty()
                        ? "the time is missing"
                        : reply.code(words) + " is not a time within the next " + SnoozeTimeParser.MAX_SNOOZE.toDays()
                                + " days";
                reply.answer(problem + ". Write " + SnoozeTimeParser.FORMS + ", as in "
                        + reply.code("/ci-notify snooze 4h " + incident.id()) + ".");
                return Reply.refused(reply, "invalid time");
            }
            return execute(
                    new IncidentAction.Snooze(incident.id(), call.author(), until.get(), force),
                    incident,
                    call,
                    "snoozed until " + call.environment().markup().timestamp(until.get())
                            + (force ? ", even if it gets worse" : "")
                            + "; you are notified again if it is still open then");
        }

        /** Phones write two hyphens as a dash. */
        private static boolean isForce(String word) {
            return word.equalsIgnoreCase("--force") || word.equalsIgnoreCase("\u2014force");
        }
    }

    static final class Resolve extends IncidentCommandHandler {
        Resolve() {
            super(
                    "resolve",
                    List.of("resolve"),
                    new CommandHelp.Entry(
                            "/ci-notify resolve [ID]",
                            false,
                            "Resolves the incident, even if its lanes are still failing." + WHERE,
                            List.of("/ci-notify resolve"),
                            Permission.MANAGE));
        }

        @Override
        Reply handle(IncidentView incident, Call call) {
            return execute(new IncidentAction.Resolve(incident.id(), call.author()), incident, call, "resolved");
        }
    }
}
