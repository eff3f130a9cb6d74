// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.CommandContext.FailedCheck;
import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** {@code /ci-notify}: notifies whoever is responsible for the failed required checks, each person once. */
final class TriageHandler extends CommandHandler {
    TriageHandler() {
        super(
                "tell",
                List.of(),
                new CommandHelp.Entry(
                        "/ci-notify",
                        true,
                        "On a pull request: notifies whoever is responsible for its failing required checks, each"
                                + " person once. On an issue: notifies whoever is responsible for the area or SIG of its"
                                + " label.",
                        List.of("/ci-notify"),
                        Permission.NOTIFY));
    }

    private static final int MAX_SHOWN = 20;

    @Override
    String identity(Call call) {
        return call.context().failedChecks().stream()
                .filter(check -> check.need().mayBlock())
                .map(check -> check.run().job())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @Override
    Reply handle(Call call) {
        if (!call.conversation().pull()) {
            return NotifyHandler.triageIssue(call);
        }
        List<FailedCheck> required = call.context().failedChecks().stream()
                .filter(check -> check.need().mayBlock())
                .toList();
        if (required.isEmpty()) {
            return nothingFailed(call);
        }
        MarkdownReply reply = call.newReply();
        List<String> lines = new ArrayList<>();
        Map<String, List<FailedCheck>> toNotify = new LinkedHashMap<>();
        for (FailedCheck check : required) {
            List<IncidentView> known = call.context().incidentsOfJob(check.run().job());
            if (known.isEmpty()) {
                toNotify.computeIfAbsent(responsible(check, call), handle -> new ArrayList<>())
                        .add(check);
            } else {
                lines.add(checkLine(reply, check) + ": known, " + reply.incident(known.getFirst()));
            }
        }
        List<String> notified = new ArrayList<>();
        toNotify.values().forEach(checks -> {
            IncidentActions.Opened opened = call.actions().open(manualIncident(call, checks));
            notified.add(reply.notified(opened, call.now()));
            checks.forEach(check -> lines.add(checkLine(reply, check) + ": " + describe(reply, check.diagnosis())));
            reply.because(opened.recipient().reasons());
        });
        reply.answer(summary(required.size(), notified))
                .bullets(lines.stream().limit(MAX_SHOWN).toList());
        notes(reply, call, required.size() - MAX_SHOWN);
        addReasons(reply, required);
        reply.next("/ci-notify explain", "shows the reasons").next("/ci-notify AREA text", "notifies somebody else");
        return notified.isEmpty()
                ? Reply.done(reply, "all failures belong to open incidents")
                : Reply.notified(reply, String.join("; ", notified));
    }

    @Override
    List<String> knownHere(Call call, MarkdownReply reply) {
        return call.context().failedChecks().stream()
                .filter(check -> check.need().mayBlock())
                .flatMap(check -> call.context().incidentsOfJob(check.run().job()).stream()
                        .limit(1)
                        .map(incident -> checkLine(reply, check) + ": known, " + reply.incident(incident)))
                .limit(MAX_SHOWN)
                .toList();
    }

    private static void addReasons(MarkdownReply reply, List<FailedCheck> checks) {
        checks.stream()
                .limit(MAX_SHOWN)
                .forEach(check -> reply.because(check.diagnosis().trace()));
    }

    private static String summary(int failing, List<String> notified) {
        return failing + " required " + (failing == 1 ? "check is" : "checks are") + " failing. "
                + (notified.isEmpty()
                        ? "All failures belong to open incidents; nobody was notified again."
                        : capitalized(String.join("; ", notified)) + ".");
    }

    private Reply nothingFailed(Call call) {
        MarkdownReply reply = call.newReply();
        reply.answer("no required check is failing on the latest commit, so nobody was notified.");
        if (!call.context().failedChecks().isEmpty()) {
            reply.paragraph("Failing, but not required: "
                    + reply.names(call.context().failedChecks().stream()
                            .map(check -> check.run().job())
                            .limit(MAX_SHOWN)
                            .toList()));
        }
        notes(reply, call, 0);
        reply.next("/ci-notify AREA text", "notifies somebody anyway").next("/ci-notify who", "shows who is on duty");
        return Reply.done(reply, "no required check is failing");
    }

    private static void notes(MarkdownReply reply, Call call, int notShown) {
        if (notShown > 0) {
            reply.paragraph("… and " + notShown + " more.");
        }
        if (call.context().checksError() != null) {
            reply.paragraph("GitHub could not be asked for the checks of this pull request ("
                    + reply.escape(call.context().checksError())
                    + "); this reply knows only the events received so far.");
        }
    }

    private String responsible(FailedCheck check, Call call) {
        return Objects.requireNonNullElse(
                call.recipient(check.diagnosis(), true).handle(), "");
    }

    private static IncidentActions.Request manualIncident(Call call, List<FailedCheck> checks) {
        String conversation = call.conversation().reference();
        List<String> jobs =
                checks.stream().map(check -> check.run().job()).sorted().toList();
        Diagnosis diagnosis = combined(checks);
        String author = call.author();
        String count = jobs.size() == 1 ? jobs.getFirst() : Plural.of(jobs.size(), "required check");
        return new IncidentActions.Request(
                String.join(
                        " ",
                        "request",
                        conversation,
                        diagnosis.area(),
                        diagnosis.sig(),
                        String.valueOf(call.context().head())),
                count + ": help is wanted on " + conversation,
                diagnosis,
                NotifyHandler.requestedBy(author, call.conversation()),
                jobs,
                call.context().comment(),
                null);
    }

    /** One incident for all checks of a person; where their SIGs differ it belongs to several. */
    private static Diagnosis combined(List<FailedCheck> checks) {
        Diagnosis first = checks.getFirst().diagnosis();
        boolean one = checks.stream().allMatch(check -> check.diagnosis().sig().equals(first.sig()));
        return one
                ? first
                : new Diagnosis(
                        first.cause(),
                        Diagnosis.SEVERAL_SIGS,
                        first.area(),
                        first.confidence(),
                        first.rule(),
                        checks.stream()
                                .map(check -> check.run().job() + " belongs to "
                                        + check.diagnosis().sig())
                                .collect(Collectors.toList()));
    }

    private static String checkLine(MarkdownReply reply, FailedCheck check) {
        String name = reply.code(check.run().job());
        return check.run().url() == null
                ? name
                : name + " (" + reply.link("run", check.run().url()) + ")";
    }

    static String describe(MarkdownReply reply, Diagnosis diagnosis) {
        return "diagnosed as " + diagnosis.cause().value() + ", SIG " + reply.code(diagnosis.sig()) + ", area "
                + reply.code(diagnosis.area()) + " by rule " + reply.code(diagnosis.rule());
    }

    private static String capitalized(String sentence) {
        // It may begin with code, which stays as it is.
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
