// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.util.List;

/** {@code /ci-notify drill}: tests the way from an incident to a notification. */
final class DrillHandler implements CommandHandler {

    private static final CommandHelp.Entry HELP = new CommandHelp.Entry(
            "/ci-notify drill",
            false,
            "Opens a test incident, marked as a drill, and notifies only you.",
            List.of("/ci-notify drill"),
            Permissions.Permission.DRILL);

    @Override
    public String verb() {
        return "drill";
    }

    @Override
    public CommandHelp.Entry help() {
        return HELP;
    }

    @Override
    public CommandReply handle(CommandCall call) {
        String person = call.author();
        String conversation = call.conversation().reference();
        Diagnosis diagnosis = new Diagnosis(
                Cause.CONFIG,
                Diagnosis.NO_SIG,
                call.environment().supportArea(),
                Confidence.HIGH,
                "drill",
                List.of("this is a drill: nothing is broken"));
        IncidentActions.Opened opened = call.actions()
                .open(new ManualIncident(
                        "drill " + conversation + " " + person + " "
                                + call.now().getEpochSecond(),
                        "DRILL: nothing is broken",
                        diagnosis,
                        "DRILL: " + person + " started a drill in " + conversation + "; nothing is broken",
                        List.of(),
                        call.context().comment(),
                        person));
        MarkdownReply reply = call.newReply();
        String notified = reply.notified(opened, call.now());
        reply.answer("**drill**: " + notified + ". Only you are notified.")
                .because(opened.recipient().reasons())
                .next("/ci-notify ack " + opened.incident(), "acknowledges it")
                .next("/ci-notify resolve " + opened.incident(), "resolves it");
        return CommandReply.done(reply, "drill: " + notified);
    }
}
