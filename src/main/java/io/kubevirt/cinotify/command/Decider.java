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
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Access.Right;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Answers commands: the same command and the same facts give the same answer. */
public final class Decider {

    /** For how long a request is not repeated, and over what limits count. */
    public static final Duration HOUR = Duration.ofHours(1);

    private static final int MOST_BEFORE = 10;

    private final Knowledge knowledge;
    private final TellClerk tells;
    private final AskClerk asks;
    private final IncidentClerk incidents;
    private final DrillClerk drills;

    /** @param desk where incidents are opened and changed */
    public Decider(Knowledge knowledge, IncidentDesk desk) {
        this.knowledge = knowledge;
        this.tells = new TellClerk(knowledge, desk);
        this.asks = new AskClerk(knowledge, desk);
        this.incidents = new IncidentClerk(knowledge, desk);
        this.drills = new DrillClerk(knowledge, desk);
    }

    /** Does what is asked for, or says why not. */
    public Answer answer(Request request, Facts facts) {
        Reply reply = barred(request, facts).orElseGet(() -> served(request, facts));
        boolean refusedPerson = reply.summary().equals(Earlier.REFUSED);
        boolean said = refusedPerson && facts.earlier().stream().anyMatch(each -> isRefusalHere(each, facts));
        String verb = refusedPerson ? Earlier.REFUSED : request.verb();
        return new Answer(
                verb,
                reply.mood(),
                said || reply.markdown().isEmpty() ? null : reply.markdown() + history(request, facts),
                reply.labels(),
                new Earlier(
                        facts.now(),
                        facts.conversation().place(),
                        facts.comment().author(),
                        verb,
                        identity(request, facts),
                        reply.called(),
                        facts.comment().url(),
                        reply.summary()),
                reply.moved());
    }

    /** An answer takes the place of the last one, so it says who was called before. */
    private String history(Request request, Facts facts) {
        List<String> before = facts.earlier().stream()
                .filter(each -> Access.of(request) == Right.TELL
                        && each.telling()
                        && each.place().equals(facts.conversation().place()))
                .map(each -> "- " + knowledge.dialect().moment(each.at()) + ", "
                        + knowledge.dialect().link(each.person(), each.url()) + ": " + each.summary() + "\n")
                .toList();
        List<String> newest = before.subList(Math.max(0, before.size() - MOST_BEFORE), before.size());
        return newest.isEmpty() ? "" : "\nCalled from here before:\n\n" + String.join("", newest);
    }

    private Reply served(Request request, Facts facts) {
        return switch (request) {
            case Request.Ask ask -> facts.conversation().pull() ? asks.ask(facts) : tells.askOnIssue(facts);
            case Request.Tell tell -> tells.tell(tell, facts);
            case Request.OfIncident of -> incidents.handle(of, facts);
            case Request.Explain explain -> new ExplainClerk(knowledge).explain(explain, facts);
            case Request.Who who -> new WhoClerk(knowledge).who(who, facts);
            case Request.Status status -> new StatusClerk(knowledge).status(facts);
            case Request.Help help -> help(facts);
            case Request.Suggestions suggestions -> suggestions(facts);
            case Request.Drill drill -> drills.drill(facts);
        };
    }

    /** What keeps the command from being looked at, in the order in which it matters. */
    private Optional<Reply> barred(Request request, Facts facts) {
        Right right = Access.of(request);
        if (recent(facts, each -> each.person().equalsIgnoreCase(facts.comment().author()))
                >= knowledge.limits().answers()) {
            // Whoever goes on for so long reads no answer; each would only make it worse.
            return Optional.of(Reply.silent("too many commands"));
        }
        if (!may(right, facts)) {
            return Optional.of(mayNot(right, facts));
        }
        if (right != Right.TELL) {
            return Optional.empty();
        }
        if (!facts.conversation().open()) {
            Sheet sheet = knowledge.sheet(facts);
            sheet.answer("this conversation is closed, so nobody was told. Open it again, or ask in an open one.");
            return Optional.of(Reply.refused(sheet, "closed"));
        }
        return repeated(request, facts).or(() -> tooMany(facts));
    }

    private boolean may(Right right, Facts facts) {
        return switch (right) {
            case READ -> true;
            case TELL -> knowledge.access().mayTell(facts);
            // Whose incident it is decides the rest.
            case HANDLE -> knowledge.access().knows(facts.comment().author());
            case REHEARSE -> knowledge.access().isMember(facts.comment().author());
        };
    }

    private Reply mayNot(Right right, Facts facts) {
        Sheet sheet = knowledge.sheet(facts);
        sheet.answer("thank you, but this command is for " + right.who() + "."
                + (right == Right.TELL ? " One of them can type it for you here." : ""));
        return Reply.forbidden(sheet);
    }

    private Optional<Reply> repeated(Request request, Facts facts) {
        String identity = identity(request, facts);
        return facts.earlier().stream()
                .filter(each -> each.telling()
                        && each.request().equals(identity)
                        && each.place().equals(facts.conversation().place())
                        && each.at().plus(HOUR).isAfter(facts.now()))
                .findFirst()
                .map(first -> {
                    Sheet sheet = knowledge.sheet(facts);
                    sheet.answer("this was " + sheet.link("asked already", first.url()) + " at "
                            + sheet.moment(first.at()) + ", so nobody was told again. What came of it: "
                            + first.summary() + ".");
                    sheet.next("/ci-notify AREA words", "calls somebody else");
                    return Reply.done(sheet, first.summary());
                });
    }

    private Optional<Reply> tooMany(Facts facts) {
        Knowledge.Limits limits = knowledge.limits();
        long ofPerson = recent(
                facts,
                each -> each.telling()
                        && each.person().equalsIgnoreCase(facts.comment().author()));
        long here = recent(
                facts,
                each -> each.telling()
                        && each.place().equals(facts.conversation().place()));
        if (ofPerson < limits.perPerson() && here < limits.perConversation()) {
            return Optional.empty();
        }
        Sheet sheet = knowledge.sheet(facts);
        sheet.answer((ofPerson >= limits.perPerson()
                        ? "you have called people " + ofPerson + " times"
                        : "people were called from here " + here + " times")
                + " within an hour, so nobody was told. Try again later, or write to them.");
        return Optional.of(Reply.refused(sheet, "too many requests"));
    }

    private static long recent(Facts facts, Predicate<Earlier> which) {
        return facts.earlier().stream()
                .filter(each -> each.at().plus(HOUR).isAfter(facts.now()))
                .filter(which)
                .count();
    }

    private static boolean isRefusalHere(Earlier each, Facts facts) {
        return each.verb().equals(Earlier.REFUSED)
                && each.place().equals(facts.conversation().place());
    }

    /** The same for the same wish about the same commit. */
    private static String identity(Request request, Facts facts) {
        String wish =
                switch (request) {
                    case Request.Tell tell -> tell.target() + " " + String.join(" ", Blank.words(tell.words()));
                    case Request.Ask ask ->
                        facts.reds().stream()
                                .filter(Red::required)
                                .map(red -> red.run().job())
                                .sorted()
                                .collect(Collectors.joining(" "));
                    default -> "";
                };
        return request.verb() + " " + facts.head() + " "
                + wish.toLowerCase(Locale.ROOT).strip();
    }

    private Reply help(Facts facts) {
        Sheet sheet = knowledge.sheet(facts);
        sheet.answer("what can be typed, each at the beginning of a line:")
                .paragraph(String.join("\n", Manual.table()));
        return Reply.done(sheet, "answered");
    }

    private Reply suggestions(Facts facts) {
        Sheet sheet = knowledge.sheet(facts);
        List<String> yaml = Suggestions.yaml(facts.moved());
        if (yaml.isEmpty()) {
            sheet.answer("nobody has reassigned anything that a rule could have known.");
        } else {
            sheet.answer("where people reassigned, these rules would have known it. They go before the others below"
                            + " `routing: rules:`; look at them first, a rule speaks for every failure of the job.")
                    .yaml(yaml);
        }
        return Reply.done(sheet, "answered");
    }
}
