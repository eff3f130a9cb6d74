// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import java.util.List;

/** {@code /ci-notify ack}. */
final class AcknowledgeHandler extends IncidentCommandHandler {

    private static final CommandHelp.Entry HELP = new CommandHelp.Entry(
            "/ci-notify ack [ID]",
            true,
            "Acknowledges the incident; stops escalation." + WHERE,
            List.of("/ci-notify ack", "/ci-notify ack 6c64f78b1d"),
            Permissions.Permission.MANAGE);

    @Override
    public String verb() {
        return "ack";
    }

    @Override
    public List<String> names() {
        return List.of("ack", "acknowledge");
    }

    @Override
    public CommandHelp.Entry help() {
        return HELP;
    }

    @Override
    CommandReply handle(IncidentView incident, CommandCall call) {
        return execute(
                new IncidentAction.Acknowledge(incident.id(), call.author()),
                incident,
                call,
                "acknowledged; escalation stops");
    }
}
