// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.util.List;

/** {@code /ci-notify help}. */
final class HelpCommandHandler implements CommandHandler {

    private static final CommandHelp.Entry HELP = new CommandHelp.Entry(
            "/ci-notify help", false, "Shows all commands.", List.of("/ci-notify help"), Permissions.Permission.READ);

    @Override
    public String verb() {
        return "help";
    }

    @Override
    public List<String> names() {
        return List.of("help", "?", "-h", "--help");
    }

    @Override
    public CommandHelp.Entry help() {
        return HELP;
    }

    @Override
    public CommandReply handle(CommandCall call) {
        MarkdownReply reply = call.newReply();
        reply.answer("the commands, each at the beginning of a line:")
                .paragraph(String.join("\n", CommandHelp.table()));
        return CommandReply.done(reply, "answered");
    }
}
