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

import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.policy.Command;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.roster.Member;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Does what people want of one incident. */
final class IncidentClerk {

    private static final int MOST_SHOWN = 10;

    private final Knowledge knowledge;
    private final IncidentDesk desk;

    IncidentClerk(Knowledge knowledge, IncidentDesk desk) {
        this.knowledge = knowledge;
        this.desk = desk;
    }

    Reply handle(Request.OfIncident request, Facts facts) {
        if (request.incident() != null) {
            return facts.incident(request.incident())
                    .map(view -> handle(request, view, facts))
                    .orElseGet(() -> which(request, facts, "there is no incident " + request.incident()));
        }
        List<IncidentView> here = new IncidentsHere(facts).spokenOf();
        if (here.size() == 1) {
            return handle(request, here.getFirst(), facts);
        }
        return which(
                request,
                facts,
                here.isEmpty() ? "no open incident belongs to this conversation" : "several incidents belong here");
    }

    private Reply handle(Request.OfIncident request, IncidentView view, Facts facts) {
        if (!knowledge.access().mayHandle(facts.comment().author(), view.diagnosis())) {
            return mayNot(view, facts);
        }
        if (view.state() != IncidentState.OPEN) {
            Sheet sheet = knowledge.sheet(facts);
            sheet.answer("incident " + sheet.code(view.id()) + " is over already.");
            return Reply.refused(sheet, "it is over already");
        }
        return switch (request) {
            case Request.Acknowledge ack ->
                carriedOut(new Command.Acknowledge(view.id(), by(facts)), view, facts, "you see to it");
            case Request.Resolve resolve ->
                carriedOut(new Command.Resolve(view.id(), by(facts)), view, facts, "it is over");
            case Request.Snooze snooze -> snooze(snooze, view, facts);
            case Request.Reassign reassign ->
                new ReassignClerk(knowledge, this::carriedOut).reassign(reassign, view, facts);
        };
    }

    private Reply snooze(Request.Snooze request, IncidentView view, Facts facts) {
        Optional<Member> member = knowledge.access().roster().member(by(facts));
        Optional<Instant> until =
                new Until(facts.now(), member.map(Member::schedule).orElse(null)).read(request.until());
        if (until.isEmpty()) {
            Sheet sheet = knowledge.sheet(facts);
            String said = request.until().isEmpty()
                    ? "no time was given"
                    : sheet.code(request.until()) + " is no time" + " that I understand, or not within "
                            + Until.LONGEST.toDays() + " days from now";
            sheet.answer(said + ". Write " + Until.FORMS + ", as in " + sheet.code("/ci-notify snooze 4h " + view.id())
                    + ".");
            return Reply.refused(sheet, "an unclear time");
        }
        return carriedOut(
                new Command.Snooze(view.id(), by(facts), until.get()),
                view,
                facts,
                "it is quiet until " + knowledge.dialect().moment(until.get())
                        + "; if it is still open then, you hear of it again");
    }

    /** @param outcome a part of a sentence in Markdown */
    Reply carriedOut(Command command, IncidentView view, Facts facts, String outcome) {
        Optional<String> refusal = desk.carryOut(command);
        Sheet sheet = knowledge.sheet(facts);
        String about = "incident " + sheet.code(view.id()) + " (" + sheet.outside(view.title()) + ")";
        if (refusal.isPresent()) {
            sheet.answer(about + " stays as it is: " + sheet.outside(refusal.get()) + ".");
            return Reply.refused(sheet, "it could not be done");
        }
        sheet.answer(about + ": " + outcome + ".")
                .because(List.of(view.why()))
                .because(view.diagnosis().trace())
                .next("/ci-notify explain " + view.id(), "shows why it is one");
        if (!(command instanceof Command.Resolve)) {
            sheet.next("/ci-notify resolve " + view.id(), "when it is over");
        }
        return Reply.done(sheet, sheet.code(view.id()) + ": " + outcome);
    }

    private Reply mayNot(IncidentView view, Facts facts) {
        Sheet sheet = knowledge.sheet(facts);
        String sig = view.diagnosis().hasSig() ? " (" + view.diagnosis().sig() + ")" : "";
        sheet.answer("thank you, but " + Access.Right.HANDLE.who() + sig + " decide about incident "
                + sheet.code(view.id()) + ".");
        return Reply.forbidden(sheet);
    }

    private Reply which(Request.OfIncident request, Facts facts, String problem) {
        Sheet sheet = knowledge.sheet(facts);
        IncidentsHere incidents = new IncidentsHere(facts);
        List<IncidentView> here = incidents.spokenOf();
        List<IncidentView> open = here.isEmpty() ? incidents.open() : here;
        sheet.answer(sheet.outside(problem) + ", so nothing was done. "
                + (open.isEmpty()
                        ? "None is open."
                        : "Name the one you mean, as in "
                                + sheet.code("/ci-notify " + request.verb() + " "
                                        + open.getFirst().id()) + ":"));
        sheet.bullets(
                open.stream().limit(MOST_SHOWN).map(new Words(sheet)::incident).toList());
        return Reply.refused(sheet, "no single incident");
    }

    private static String by(Facts facts) {
        return facts.comment().author();
    }
}
