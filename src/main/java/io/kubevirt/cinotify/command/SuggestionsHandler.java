// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.util.List;

/** {@code /ci-notify suggestions}. */
final class SuggestionsHandler implements CommandHandler {

    private static final CommandHelp.Entry HELP = new CommandHelp.Entry(
            "/ci-notify suggestions",
            false,
            "Shows routing rules, as YAML to paste, that would have routed the reassigned incidents.",
            List.of("/ci-notify suggestions"),
            Permissions.Permission.READ);

    @Override
    public String verb() {
        return "suggestions";
    }

    @Override
    public CommandHelp.Entry help() {
        return HELP;
    }

    @Override
    public CommandReply handle(CommandCall call) {
        MarkdownReply reply = call.newReply();
        List<String> yaml = RuleSuggestions.yaml(call.context().reassignments());
        if (yaml.isEmpty()) {
            reply.answer("no reassignment suggests a routing rule.");
        } else {
            reply.answer("these rules would have routed the reassigned incidents. Review them, because a rule"
                            + " applies to every failure of its job, and insert them above the others in"
                            + " `routing.rules`.")
                    .yaml(yaml);
        }
        return CommandReply.done(reply, "answered");
    }
}
