// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import java.util.ArrayList;
import java.util.List;

/** The help of all commands: for deck, for {@code /ci-notify help} and for the documentation. */
public final class CommandHelp {
    /**
     * One command.
     *
     * @param usage how it is written; capitals are placeholders
     */
    public record Entry(
            String usage, boolean featured, String description, List<String> examples, Permission permission) {
        public Entry {
            examples = List.copyOf(examples);
        }
    }

    private CommandHelp() {}

    public static List<Entry> entries() {
        return CommandRegistry.ALL.stream().map(CommandHandler::help).toList();
    }

    public static List<String> table() {
        List<String> lines = new ArrayList<>(List.of("| command | description | who |", "|---|---|---|"));
        entries()
                .forEach(entry -> lines.add("| `" + entry.usage().replace("|", "\\|") + "` | " + entry.description()
                        + " | " + entry.permission().grantedTo() + " |"));
        return lines;
    }

    static final class Handler extends CommandHandler {
        Handler() {
            super(
                    "help",
                    List.of("help", "?", "-h", "--help"),
                    new Entry(
                            "/ci-notify help",
                            false,
                            "Shows all commands.",
                            List.of("/ci-notify help"),
                            Permission.READ));
        }

        @Override
        Reply handle(Call call) {
            MarkdownReply reply = call.newReply();
            if (call.conversation().isChat()) {
                reply.answer("the commands:")
                        .bullets(entries().stream()
                                .filter(entry -> entry.permission().inChat())
                                .map(entry -> reply.code(entry.usage()))
                                .toList());
            } else {
                reply.answer("the commands, each at the beginning of a line:").paragraph(String.join("\n", table()));
            }
            return Reply.done(reply, "answered");
        }
    }
}
