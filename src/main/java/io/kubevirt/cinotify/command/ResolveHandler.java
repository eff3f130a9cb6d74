// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import java.util.List;

/** {@code /ci-notify resolve}. */
final class ResolveHandler extends IncidentCommandHandler {

    private static final CommandHelp.Entry HELP = new CommandHelp.Entry(
            "/ci-notify resolve [ID]",
            false,
            "Resolves the incident, even if its lanes are still failing." + WHERE,
            List.of("/ci-notify resolve"),
            Permissions.Permission.MANAGE);

    @Override
    public String verb() {
        return "resolve";
    }

    @Override
    public CommandHelp.Entry help() {
        return HELP;
    }

    @Override
    CommandReply handle(IncidentView incident, CommandCall call) {
        return execute(new IncidentAction.Resolve(incident.id(), call.author()), incident, call, "resolved");
    }
}
