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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Finds out what keeps a pull request from merging, and tells whoever is responsible, each person once. */
final class AskClerk {

    private static final int MOST_SHOWN = 20;

    private final Knowledge knowledge;
    private final IncidentDesk desk;

    AskClerk(Knowledge knowledge, IncidentDesk desk) {
        this.knowledge = knowledge;
        this.desk = desk;
    }

    Reply ask(Facts facts) {
        List<Red> required = facts.reds().stream().filter(Red::required).toList();
        if (required.isEmpty()) {
            return nothingRed(facts);
        }
        Sheet sheet = knowledge.sheet(facts);
        Words words = new Words(sheet);
        IncidentsHere here = new IncidentsHere(facts);
        List<String> lines = new ArrayList<>();
        Map<String, List<Red>> toTell = new LinkedHashMap<>();
        for (Red red : required) {
            List<IncidentView> known = here.ofJob(red.run().job());
            if (known.isEmpty()) {
                toTell.computeIfAbsent(responsible(red, facts), handle -> new ArrayList<>())
                        .add(red);
            } else {
                lines.add(shown(sheet, red) + ": is known, " + words.incident(known.getFirst()));
            }
        }
        List<String> told = new ArrayList<>();
        toTell.values().forEach(reds -> {
            IncidentDesk.Raised raised = desk.raise(call(facts, reds));
            told.add(words.told(raised, facts.now()));
            reds.forEach(red -> lines.add(shown(sheet, red) + ": " + whose(sheet, red.diagnosis())));
            sheet.because(raised.to().reasons());
        });
        sheet.answer(required.size() + " required " + (required.size() == 1 ? "check is" : "checks are") + " red here. "
                        + (told.isEmpty()
                                ? "All of it is known, and somebody has it; nobody was told again."
                                : capital(String.join("; ", told)) + "."))
                .bullets(lines.stream().limit(MOST_SHOWN).toList());
        notes(sheet, facts, required.size() - MOST_SHOWN);
        required.stream()
                .limit(MOST_SHOWN)
                .forEach(red -> sheet.because(red.diagnosis().trace()));
        sheet.next("/ci-notify explain", "shows each decision").next("/ci-notify AREA words", "calls somebody else");
        return told.isEmpty()
                ? Reply.done(sheet, "everything is known already")
                : Reply.called(sheet, String.join("; ", told));
    }

    private Reply nothingRed(Facts facts) {
        Sheet sheet = knowledge.sheet(facts);
        sheet.answer("no required check is red on the newest commit that I know, so nobody was told.");
        if (!facts.reds().isEmpty()) {
            sheet.paragraph("Red, but not needed to merge: "
                    + new Words(sheet)
                            .names(facts.reds().stream()
                                    .map(red -> red.run().job())
                                    .limit(MOST_SHOWN)
                                    .toList()));
        }
        notes(sheet, facts, 0);
        sheet.next("/ci-notify AREA words", "calls somebody all the same")
                .next("/ci-notify who", "tells who is responsible");
        return Reply.done(sheet, "no required check is red");
    }

    private static void notes(Sheet sheet, Facts facts, int notShown) {
        if (notShown > 0) {
            sheet.paragraph("… and " + notShown + " more.");
        }
        if (facts.unread() != null) {
            sheet.paragraph("GitHub could not be asked for the checks of this pull request ("
                    + sheet.outside(facts.unread()) + "): this is what I have seen myself.");
        }
    }

    private String responsible(Red red, Facts facts) {
        return Objects.requireNonNullElse(
                knowledge.addressing().of(red.diagnosis(), true, facts.now()).handle(), "");
    }

    private static Call call(Facts facts, List<Red> reds) {
        String place = facts.conversation().place();
        List<String> jobs = reds.stream().map(red -> red.run().job()).sorted().toList();
        Diagnosis diagnosis = whole(reds);
        String asker = facts.comment().author();
        String count = jobs.size() == 1 ? jobs.getFirst() : jobs.size() + " required checks";
        return new Call(
                String.join(" ", "request", place, diagnosis.area(), diagnosis.sig(), String.valueOf(facts.head())),
                count + ": help is wanted on " + place,
                diagnosis,
                TellClerk.asked(asker, facts.conversation()),
                jobs,
                facts.comment(),
                null);
    }

    /** One person is told of all of it once, so where the SIGs differ it is one matter of several. */
    private static Diagnosis whole(List<Red> reds) {
        Diagnosis first = reds.getFirst().diagnosis();
        boolean one = reds.stream().allMatch(red -> red.diagnosis().sig().equals(first.sig()));
        return one
                ? first
                : new Diagnosis(
                        first.cause(),
                        Diagnosis.SEVERAL_SIGS,
                        first.area(),
                        first.confidence(),
                        first.rule(),
                        reds.stream()
                                .map(red -> red.run().job() + " belongs to "
                                        + red.diagnosis().sig())
                                .collect(Collectors.toList()));
    }

    private static String shown(Sheet sheet, Red red) {
        String name = sheet.code(red.run().job());
        return red.run().url() == null
                ? name
                : name + " (" + sheet.link("run", red.run().url()) + ")";
    }

    static String whose(Sheet sheet, Diagnosis diagnosis) {
        return "read as " + diagnosis.cause().word() + ", SIG " + sheet.code(diagnosis.sig()) + ", area "
                + sheet.code(diagnosis.area()) + " by rule " + sheet.code(diagnosis.rule());
    }

    private static String capital(String sentence) {
        // It may begin with code, which has no capital.
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
