// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.util.List;

/** A rehearsal from the incident to the message, to whoever asks for it. */
final class DrillHandler {

    private final CommandEnvironment environment;
    private final IncidentActions actions;

    DrillHandler(CommandEnvironment knowledge, IncidentActions desk) {
        this.environment = knowledge;
        this.actions = desk;
    }

    CommandReply handle(CommandContext facts) {
        String person = facts.comment().author();
        String place = facts.conversation().reference();
        Diagnosis diagnosis = new Diagnosis(
                Cause.CONFIG,
                Diagnosis.NO_SIG,
                environment.supportArea(),
                Confidence.HIGH,
                "drill",
                List.of("this is a drill: nothing is broken"));
        IncidentActions.Opened raised = actions.open(new ManualIncident(
                "drill " + place + " " + person + " " + facts.now().getEpochSecond(),
                "DRILL: nothing is broken",
                diagnosis,
                "DRILL: " + person + " rehearses on " + place + "; nothing is broken",
                List.of(),
                facts.comment(),
                person));
        MarkdownReply sheet = environment.newReply(facts);
        String told = new ReplyText(sheet).notified(raised, facts.now());
        sheet.answer("**drill**: " + told + ". Only you are told.")
                .because(raised.recipient().reasons())
                .next("/ci-notify ack " + raised.incident(), "answers as one would")
                .next("/ci-notify resolve " + raised.incident(), "ends it");
        return CommandReply.done(sheet, "drill: " + told);
    }
}
