// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Finds out what keeps a pull request from merging, and tells whoever is responsible, each person once. */
final class TriageHandler {

    private static final int MAX_SHOWN = 20;

    private final CommandEnvironment environment;
    private final IncidentActions actions;

    TriageHandler(CommandEnvironment knowledge, IncidentActions desk) {
        this.environment = knowledge;
        this.actions = desk;
    }

    CommandReply handle(CommandContext facts) {
        List<FailedCheck> required =
                facts.failedChecks().stream().filter(FailedCheck::required).toList();
        if (required.isEmpty()) {
            return nothingFailed(facts);
        }
        MarkdownReply sheet = environment.newReply(facts);
        ReplyText words = new ReplyText(sheet);
        ConversationIncidents here = new ConversationIncidents(facts);
        List<String> lines = new ArrayList<>();
        Map<String, List<FailedCheck>> toTell = new LinkedHashMap<>();
        for (FailedCheck red : required) {
            List<IncidentView> known = here.ofJob(red.run().job());
            if (known.isEmpty()) {
                toTell.computeIfAbsent(responsible(red, facts), handle -> new ArrayList<>())
                        .add(red);
            } else {
                lines.add(checkLine(sheet, red) + ": is known, " + words.incident(known.getFirst()));
            }
        }
        List<String> told = new ArrayList<>();
        toTell.values().forEach(reds -> {
            IncidentActions.Opened raised = actions.open(manualIncident(facts, reds));
            told.add(words.notified(raised, facts.now()));
            reds.forEach(red -> lines.add(checkLine(sheet, red) + ": " + describe(sheet, red.diagnosis())));
            sheet.because(raised.recipient().reasons());
        });
        sheet.answer(required.size() + " required " + (required.size() == 1 ? "check is" : "checks are") + " red here. "
                        + (told.isEmpty()
                                ? "All of it is known, and somebody has it; nobody was told again."
                                : capitalized(String.join("; ", told)) + "."))
                .bullets(lines.stream().limit(MAX_SHOWN).toList());
        notes(sheet, facts, required.size() - MAX_SHOWN);
        required.stream()
                .limit(MAX_SHOWN)
                .forEach(red -> sheet.because(red.diagnosis().trace()));
        sheet.next("/ci-notify explain", "shows each decision").next("/ci-notify AREA words", "calls somebody else");
        return told.isEmpty()
                ? CommandReply.done(sheet, "everything is known already")
                : CommandReply.notified(sheet, String.join("; ", told));
    }

    private CommandReply nothingFailed(CommandContext facts) {
        MarkdownReply sheet = environment.newReply(facts);
        sheet.answer("no required check is red on the newest commit that I know, so nobody was told.");
        if (!facts.failedChecks().isEmpty()) {
            sheet.paragraph("Red, but not needed to merge: "
                    + new ReplyText(sheet)
                            .names(facts.failedChecks().stream()
                                    .map(red -> red.run().job())
                                    .limit(MAX_SHOWN)
                                    .toList()));
        }
        notes(sheet, facts, 0);
        sheet.next("/ci-notify AREA words", "calls somebody all the same")
                .next("/ci-notify who", "tells who is responsible");
        return CommandReply.done(sheet, "no required check is red");
    }

    private static void notes(MarkdownReply sheet, CommandContext facts, int notShown) {
        if (notShown > 0) {
            sheet.paragraph("… and " + notShown + " more.");
        }
        if (facts.checksError() != null) {
            sheet.paragraph("GitHub could not be asked for the checks of this pull request ("
                    + sheet.escape(facts.checksError()) + "): this is what I have seen myself.");
        }
    }

    private String responsible(FailedCheck red, CommandContext facts) {
        return Objects.requireNonNullElse(
                environment
                        .recipients()
                        .resolve(red.diagnosis(), true, facts.now())
                        .handle(),
                "");
    }

    private static ManualIncident manualIncident(CommandContext facts, List<FailedCheck> reds) {
        String place = facts.conversation().reference();
        List<String> jobs = reds.stream().map(red -> red.run().job()).sorted().toList();
        Diagnosis diagnosis = combined(reds);
        String asker = facts.comment().author();
        String count = jobs.size() == 1 ? jobs.getFirst() : jobs.size() + " required checks";
        return new ManualIncident(
                String.join(" ", "request", place, diagnosis.area(), diagnosis.sig(), String.valueOf(facts.head())),
                count + ": help is wanted on " + place,
                diagnosis,
                NotifyHandler.requestedBy(asker, facts.conversation()),
                jobs,
                facts.comment(),
                null);
    }

    /** One person is told of all of it once, so where the SIGs differ it is one matter of several. */
    private static Diagnosis combined(List<FailedCheck> reds) {
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

    private static String checkLine(MarkdownReply sheet, FailedCheck red) {
        String name = sheet.code(red.run().job());
        return red.run().url() == null
                ? name
                : name + " (" + sheet.link("run", red.run().url()) + ")";
    }

    static String describe(MarkdownReply sheet, Diagnosis diagnosis) {
        return "read as " + diagnosis.cause().value() + ", SIG " + sheet.code(diagnosis.sig()) + ", area "
                + sheet.code(diagnosis.area()) + " by rule " + sheet.code(diagnosis.rule());
    }

    private static String capitalized(String sentence) {
        // It may begin with code, which has no capital.
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
