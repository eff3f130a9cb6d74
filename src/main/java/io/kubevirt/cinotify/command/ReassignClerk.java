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

import io.kubevirt.cinotify.command.Targets.Target;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.document.Nearest;
import io.kubevirt.cinotify.incident.policy.Command;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.roster.Member;
import java.util.List;
import java.util.Optional;

/** Gives an incident to somebody else, and remembers what that says about routing. */
final class ReassignClerk {

    private static final int MOST_LANES = 5;

    private final Knowledge knowledge;
    private final Carrier carrier;

    /** Carries a command out and answers. */
    interface Carrier {
        Reply carriedOut(Command command, IncidentView view, Facts facts, String outcome);
    }

    ReassignClerk(Knowledge knowledge, Carrier carrier) {
        this.knowledge = knowledge;
        this.carrier = carrier;
    }

    Reply reassign(Request.Reassign request, IncidentView view, Facts facts) {
        String to = request.to();
        if (to.startsWith("@")) {
            return toMember(to.substring(1), view, facts);
        }
        return switch (knowledge.targets().find(to)) {
            case Target.OfArea(String area) -> {
                boolean support = area.equals(knowledge.supportArea());
                yield toArea(area, support ? view.diagnosis().sig() : Diagnosis.NO_SIG, view, facts);
            }
            case Target.OfSig(io.kubevirt.cinotify.roster.Sig sig) ->
                toArea(knowledge.supportArea(), sig.shortName(), view, facts);
            case Target.OfJob job -> unclear(facts, to, List.of());
            case Target.Several several -> unclear(facts, to, List.of());
            case Target.Unknown(List<String> nearest) -> unclear(facts, to, nearest);
        };
    }

    private Reply toMember(String handle, IncidentView view, Facts facts) {
        Optional<Member> member = knowledge.access().roster().member(handle);
        if (member.isEmpty()) {
            List<String> handles = knowledge.access().roster().members().stream()
                    .map(Member::handle)
                    .toList();
            return unclear(
                    facts,
                    "@" + handle,
                    Nearest.to(handle, handles).map(near -> List.of("@" + near)).orElse(List.of()));
        }
        String name = member.get().handle();
        return carrier.carriedOut(
                new Command.Reassign(view.id(), facts.comment().author(), name, null),
                view,
                facts,
                "it is with " + knowledge.dialect().code(name) + " now, who is told at work");
    }

    private Reply toArea(String area, String sig, IncidentView view, Facts facts) {
        String whom = sig.equals(view.diagnosis().sig()) || sig.equals(Diagnosis.NO_SIG)
                ? "the area " + knowledge.dialect().code(area)
                : "the SIG " + knowledge.dialect().code(sig);
        Reply reply = carrier.carriedOut(
                new Command.Reassign(view.id(), facts.comment().author(), null, area, sig),
                view,
                facts,
                "it is a matter of " + whom + " now. `/ci-notify suggestions` shows the rule that would have known");
        return reply.mood() == Answer.Mood.DONE ? reply.withMoved(learnt(area, sig, view, facts)) : reply;
    }

    private static List<Moved> learnt(String area, String sig, IncidentView view, Facts facts) {
        Diagnosis before = view.diagnosis();
        return view.lanes().stream()
                .limit(MOST_LANES)
                .map(job -> new Moved(
                        facts.now(),
                        facts.comment().author(),
                        view.id(),
                        job,
                        view.latest() == null ? null : view.latest().repository(),
                        before.rule(),
                        before.sig(),
                        before.area(),
                        sig,
                        area))
                .toList();
    }

    private Reply unclear(Facts facts, String to, List<String> nearest) {
        Sheet sheet = knowledge.sheet(facts);
        List<String> fitting =
                nearest.stream().filter(word -> !Grammar.VERBS.contains(word)).toList();
        Words words = new Words(sheet);
        sheet.answer((to.isEmpty() ? "to whom? " : sheet.code(to) + " is no area, SIG or member of the group. ")
                + (fitting.isEmpty() ? "" : "Did you mean " + words.names(fitting) + "? ")
                + "Write an area ("
                + words.names(knowledge.areas().stream().sorted().toList())
                + "), a SIG or a member as " + sheet.code("@handle") + ".");
        return Reply.refused(sheet, "an unknown addressee");
    }
}
