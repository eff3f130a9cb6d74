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
import io.kubevirt.cinotify.roster.Person;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.roster.Standing;
import java.util.List;

/** Says who is responsible now and who is next, and calls nobody. */
final class WhoClerk {

    private final Knowledge knowledge;

    WhoClerk(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    Reply who(Request.Who request, Facts facts) {
        Sheet sheet = knowledge.sheet(facts);
        if (request.target().isEmpty()) {
            sheet.answer("responsible now, and next:")
                    .bullets(roster().areas().stream()
                            .map(area -> standing(sheet, area, facts))
                            .toList());
            return done(sheet);
        }
        return switch (knowledge.targets().find(request.target())) {
            case Target.OfArea(String area) -> {
                sheet.answer(standing(sheet, area, facts) + ".");
                yield done(sheet);
            }
            case Target.OfSig(Sig sig) -> sig(sheet, sig, facts);
            case Target.OfJob(io.kubevirt.cinotify.prow.Job job) -> {
                sheet.answer("ask " + sheet.code("/ci-notify explain " + job.name()) + " about a job.");
                yield Reply.refused(sheet, "a job, no area");
            }
            case Target.Several several -> unknown(sheet, request, List.of());
            case Target.Unknown(List<String> nearest) -> unknown(sheet, request, nearest);
        };
    }

    private Reply sig(Sheet sheet, Sig sig, Facts facts) {
        List<String> people = sig.people().stream().map(Person::handle).toList();
        sheet.answer(sheet.code(Targets.sigWord(sig.shortName())) + ": "
                + (people.isEmpty() ? "nobody is named for it" : new Words(sheet).names(people) + ", asked in turn")
                + (sig.channel() == null ? "" : "; Slack " + sheet.outside("#" + sig.channel())) + ".");
        sheet.paragraph("For the group, " + standing(sheet, knowledge.supportArea(), facts) + ".");
        return done(sheet);
    }

    private String standing(Sheet sheet, String area, Facts facts) {
        Standing standing = roster().standing(area, facts.now());
        String now = standing.responsible() == null || standing.level() == null
                ? "nobody is at work"
                : sheet.code(standing.responsible().handle()) + " ("
                        + standing.level().title() + ")";
        Standing.Next next = standing.next();
        String then = next == null
                ? ", nobody comes next"
                : ", next " + sheet.code(next.person().handle()) + " ("
                        + next.level().title() + ")"
                        + (next.at().isAfter(facts.now()) ? " from " + sheet.moment(next.at()) : "");
        return sheet.code(area) + ": " + now + then;
    }

    private Roster roster() {
        return knowledge.access().roster();
    }

    private Reply done(Sheet sheet) {
        sheet.next("/ci-notify AREA words", "calls them");
        return Reply.done(sheet, "answered");
    }

    private Reply unknown(Sheet sheet, Request.Who request, List<String> nearest) {
        List<String> fitting =
                nearest.stream().filter(word -> !Grammar.VERBS.contains(word)).toList();
        Words words = new Words(sheet);
        sheet.answer(sheet.code(request.target()) + " is no area or SIG that I know."
                + (fitting.isEmpty() ? "" : " Did you mean " + words.commands("/ci-notify who ", fitting) + "?")
                + " The areas are " + words.names(roster().areas()) + ".");
        return Reply.refused(sheet, "an unknown word");
    }
}
