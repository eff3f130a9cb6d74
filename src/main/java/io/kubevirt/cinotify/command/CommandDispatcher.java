// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Answers commands: the same command and the same facts give the same answer. */
public final class CommandDispatcher {

    /** For how long a request is not repeated, and over what limits count. */
    public static final Duration HOUR = Duration.ofHours(1);

    private static final int MAX_HISTORY = 10;

    private final CommandEnvironment environment;
    private final NotifyHandler notify;
    private final TriageHandler triage;
    private final IncidentHandler incidents;
    private final DrillHandler drills;

    /** @param desk where incidents are opened and changed */
    public CommandDispatcher(CommandEnvironment knowledge, IncidentActions desk) {
        this.environment = knowledge;
        this.notify = new NotifyHandler(knowledge, desk);
        this.triage = new TriageHandler(knowledge, desk);
        this.incidents = new IncidentHandler(knowledge, desk);
        this.drills = new DrillHandler(knowledge, desk);
    }

    /** Does what is asked for, or says why not. */
    public CommandResult dispatch(Command request, CommandContext facts) {
        CommandReply reply = rejected(request, facts).orElseGet(() -> handle(request, facts));
        boolean refusedPerson = reply.summary().equals(CommandLogEntry.REFUSED);
        boolean said = refusedPerson && facts.recentCommands().stream().anyMatch(each -> isRefusalHere(each, facts));
        String verb = refusedPerson ? CommandLogEntry.REFUSED : request.verb();
        return new CommandResult(
                verb,
                reply.outcome(),
                said || reply.markdown().isEmpty() ? null : reply.markdown() + history(request, facts),
                reply.labels(),
                new CommandLogEntry(
                        facts.now(),
                        facts.conversation().reference(),
                        facts.comment().author(),
                        verb,
                        identity(request, facts),
                        reply.notified(),
                        facts.comment().url(),
                        reply.summary()),
                reply.reassignments());
    }

    /** An answer takes the place of the last one, so it says who was called before. */
    private String history(Command request, CommandContext facts) {
        List<String> before = facts.recentCommands().stream()
                .filter(each -> Permissions.required(request) == Permission.NOTIFY
                        && each.notifies()
                        && each.conversation().equals(facts.conversation().reference()))
                .map(each -> "- " + environment.markup().timestamp(each.at()) + ", "
                        + environment.markup().link(each.person(), each.url()) + ": " + each.summary() + "\n")
                .toList();
        List<String> newest = before.subList(Math.max(0, before.size() - MAX_HISTORY), before.size());
        return newest.isEmpty() ? "" : "\nCalled from here before:\n\n" + String.join("", newest);
    }

    private CommandReply handle(Command request, CommandContext facts) {
        return switch (request) {
            case Command.Triage ask -> facts.conversation().pull() ? triage.handle(facts) : notify.triageIssue(facts);
            case Command.Notify tell -> notify.handle(tell, facts);
            case Command.IncidentCommand of -> incidents.handle(of, facts);
            case Command.Explain explain -> new ExplainHandler(environment).handle(explain, facts);
            case Command.Who who -> new WhoHandler(environment).handle(who, facts);
            case Command.Status status -> new StatusHandler(environment).handle(facts);
            case Command.Help help -> help(facts);
            case Command.Suggestions suggestions -> suggestions(facts);
            case Command.Drill drill -> drills.handle(facts);
        };
    }

    /** What keeps the command from being looked at, in the order in which it matters. */
    private Optional<CommandReply> rejected(Command request, CommandContext facts) {
        Permission right = Permissions.required(request);
        if (recent(facts, each -> each.person().equalsIgnoreCase(facts.comment().author()))
                >= environment.limits().answers()) {
            // Whoever goes on for so long reads no answer; each would only make it worse.
            return Optional.of(CommandReply.silent("too many commands"));
        }
        if (!isAllowed(right, facts)) {
            return Optional.of(forbidden(right, facts));
        }
        if (right != Permission.NOTIFY) {
            return Optional.empty();
        }
        if (!facts.conversation().open()) {
            MarkdownReply sheet = environment.newReply(facts);
            sheet.answer("this conversation is closed, so nobody was told. Open it again, or ask in an open one.");
            return Optional.of(CommandReply.refused(sheet, "closed"));
        }
        return repeated(request, facts).or(() -> tooMany(facts));
    }

    private boolean isAllowed(Permission right, CommandContext facts) {
        return switch (right) {
            case READ -> true;
            case NOTIFY -> environment.permissions().mayNotify(facts);
            // Whose incident it is decides the rest.
            case MANAGE -> environment.permissions().isListed(facts.comment().author());
            case DRILL -> environment.permissions().isMember(facts.comment().author());
        };
    }

    private CommandReply forbidden(Permission right, CommandContext facts) {
        MarkdownReply sheet = environment.newReply(facts);
        sheet.answer("thank you, but this command is for " + right.grantedTo() + "."
                + (right == Permission.NOTIFY ? " One of them can type it for you here." : ""));
        return CommandReply.forbidden(sheet);
    }

    private Optional<CommandReply> repeated(Command request, CommandContext facts) {
        String identity = identity(request, facts);
        return facts.recentCommands().stream()
                .filter(each -> each.notifies()
                        && each.request().equals(identity)
                        && each.conversation().equals(facts.conversation().reference())
                        && each.at().plus(HOUR).isAfter(facts.now()))
                .findFirst()
                .map(first -> {
                    MarkdownReply sheet = environment.newReply(facts);
                    sheet.answer("this was " + sheet.link("asked already", first.url()) + " at "
                            + sheet.moment(first.at()) + ", so nobody was told again. What came of it: "
                            + first.summary() + ".");
                    sheet.next("/ci-notify AREA words", "calls somebody else");
                    return CommandReply.done(sheet, first.summary());
                });
    }

    private Optional<CommandReply> tooMany(CommandContext facts) {
        CommandEnvironment.Limits limits = environment.limits();
        long ofPerson = recent(
                facts,
                each -> each.notifies()
                        && each.person().equalsIgnoreCase(facts.comment().author()));
        long here = recent(
                facts,
                each -> each.notifies()
                        && each.conversation().equals(facts.conversation().reference()));
        if (ofPerson < limits.perPerson() && here < limits.perConversation()) {
            return Optional.empty();
        }
        MarkdownReply sheet = environment.newReply(facts);
        sheet.answer((ofPerson >= limits.perPerson()
                        ? "you have called people " + ofPerson + " times"
                        : "people were called from here " + here + " times")
                + " within an hour, so nobody was told. Try again later, or write to them.");
        return Optional.of(CommandReply.refused(sheet, "too many requests"));
    }

    private static long recent(CommandContext facts, Predicate<CommandLogEntry> which) {
        return facts.recentCommands().stream()
                .filter(each -> each.at().plus(HOUR).isAfter(facts.now()))
                .filter(which)
                .count();
    }

    private static boolean isRefusalHere(CommandLogEntry each, CommandContext facts) {
        return each.verb().equals(CommandLogEntry.REFUSED)
                && each.conversation().equals(facts.conversation().reference());
    }

    /** The same for the same wish about the same commit. */
    private static String identity(Command request, CommandContext facts) {
        String wish =
                switch (request) {
                    case Command.Notify tell -> tell.target() + " " + String.join(" ", Whitespace.words(tell.text()));
                    case Command.Triage ask ->
                        facts.failedChecks().stream()
                                .filter(FailedCheck::required)
                                .map(red -> red.run().job())
                                .sorted()
                                .collect(Collectors.joining(" "));
                    default -> "";
                };
        return request.verb() + " " + facts.head() + " "
                + wish.toLowerCase(Locale.ROOT).strip();
    }

    private CommandReply help(CommandContext facts) {
        MarkdownReply sheet = environment.newReply(facts);
        sheet.answer("what can be typed, each at the beginning of a line:")
                .paragraph(String.join("\n", CommandHelp.table()));
        return CommandReply.done(sheet, "answered");
    }

    private CommandReply suggestions(CommandContext facts) {
        MarkdownReply sheet = environment.newReply(facts);
        List<String> yaml = RuleSuggestions.yaml(facts.reassignments());
        if (yaml.isEmpty()) {
            sheet.answer("nobody has reassigned anything that a rule could have known.");
        } else {
            sheet.answer("where people reassigned, these rules would have known it. They go before the others below"
                            + " `routing: rules:`; look at them first, a rule speaks for every failure of the job.")
                    .yaml(yaml);
        }
        return CommandReply.done(sheet, "answered");
    }
}
