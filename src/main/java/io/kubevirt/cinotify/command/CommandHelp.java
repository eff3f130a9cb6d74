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
     * @param featured whether deck shows it first
     * @param description what it does, in plain sentences
     * @param examples complete commands
     * @param permission who may use it
     */
    public record Entry(
            String usage, boolean featured, String description, List<String> examples, Permission permission) {

        /** Copies the examples. */
        public Entry {
            examples = List.copyOf(examples);
        }
    }

    private CommandHelp() {}

    /** Every command, in the order in which it is shown. */
    public static List<Entry> entries() {
        return CommandRegistry.ALL.stream().map(CommandHandler::help).toList();
    }

    /** A Markdown table, one entry for each line. */
    public static List<String> table() {
        List<String> lines = new ArrayList<>(List.of("| command | description | who |", "|---|---|---|"));
        entries()
                .forEach(entry -> lines.add("| `" + entry.usage().replace("|", "\\|") + "` | " + entry.description()
                        + " | " + entry.permission().grantedTo() + " |"));
        return lines;
    }
}
