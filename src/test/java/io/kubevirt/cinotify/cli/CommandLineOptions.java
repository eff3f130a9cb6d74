// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What can be typed, for tests of documents and manifests. */
public final class CommandLineOptions {
    /** Without what is set in the environment of the test. */
    private static final CommandLine COMMANDS =
            Main.commandLine().setDefaultValueProvider(new EnvironmentDefaultProvider(Map.of()));

    private CommandLineOptions() {}

    /** The long options of {@code serve}. */
    public static Set<String> ofServe() {
        return of("serve");
    }

    /**
     * The long options of a command.
     *
     * @param words the command, and its part where it has parts
     */
    public static Set<String> of(String... words) {
        return find(words).options().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The words of a line that name its command: two if the first one is a group. */
    static String[] command(List<String> words) {
        CommandLine first = COMMANDS.getSubcommands().get(words.getFirst());
        boolean isGroup =
                first != null && words.size() > 1 && first.getSubcommands().containsKey(words.get(1));
        return words.subList(0, isGroup ? 2 : 1).toArray(String[]::new);
    }

    /** The commands, without their parts. */
    public static Set<String> commands() {
        return COMMANDS.getSubcommands().keySet();
    }

    /** Rows of a table: each option of {@code serve} with its variable and what it is for. */
    public static List<String> rowsOfServe() {
        return find("serve").options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(CommandLineOptions::row)
                .sorted()
                .toList();
    }

    private static String row(OptionSpec option) {
        String standard = option.defaultValue() == null ? "" : "`" + option.defaultValue() + "`";
        String text = String.join(" ", option.description())
                .replaceAll(" ?\\(\\$\\{DEFAULT-VALUE}\\)", "")
                .replace("|", "\\|");
        return "| `" + option.longestName() + "` | `" + EnvironmentDefaultProvider.variable(option.longestName())
                + "` | " + standard + " | " + text + " |";
    }

    private static CommandSpec find(String... words) {
        CommandLine command = COMMANDS;
        for (String word : words) {
            command = command.getSubcommands().get(word);
        }
        return command.getCommandSpec();
    }
}
