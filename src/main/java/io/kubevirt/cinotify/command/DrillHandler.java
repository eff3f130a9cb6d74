// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.util.List;

/** {@code /ci-notify drill}: tests the way from an incident to a notification. */
final class DrillHandler extends CommandHandler {
    DrillHandler() {
        super(
                "drill",
                List.of("drill"),
                new CommandHelp.Entry(
                        "/ci-notify drill",
                        false,
                        "Opens a test incident, marked as a drill, and notifies only you.",
                        List.of("/ci-notify drill"),
                        Permission.DRILL));
    }

    @Override
    Reply handle(Call call) {
        String person = call.author();
        String conversation = call.conversation().reference();
        Diagnosis diagnosis = new Diagnosis(
                Cause.CONFIG,
                Diagnosis.NO_SIG,
                call.environment().supportArea(),
                Confidence.HIGH,
                "drill",
                List.of("somebody tests the way from an incident to a notification"));
        IncidentActions.Opened opened = call.actions()
                .open(new IncidentActions.Request(
                        "drill " + conversation + " " + person + " "
                                + call.now().getEpochSecond(),
                        "DRILL: nothing is broken",
                        diagnosis,
                        person + " started it in " + conversation + "; no action is needed",
                        List.of(),
                        call.context().comment(),
                        person));
        MarkdownReply reply = call.newReply();
        String notified = reply.notified(opened, call.now());
        reply.answer("**drill**: " + notified + ". Only you are notified.")
                .because(opened.recipient().reasons())
                .next("/ci-notify ack " + opened.incident(), "acknowledges it")
                .next("/ci-notify resolve " + opened.incident(), "resolves it");
        return Reply.done(reply, "drill: " + notified);
    }
}
