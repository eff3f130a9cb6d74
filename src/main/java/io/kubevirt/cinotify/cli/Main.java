// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.replay.ReplayCommand;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.metrics.BuildInfo;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The program and the root of its commands. Only {@code serve} starts the server; all others print an answer and exit. */
@QuarkusMain
@Command(
        name = "ci-notify",
        description = "Notifies the one responsible person at work, once, when CI breaks.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:success", "1:problems found", "2:usage error", "3:replay --compare found differences"},
        footerHeading = "%n",
        footer = {
            "Without a command ci-notify serves. CI_NOTIFY_CONFIG replaces --config of every command.",
            "Shell completion: source <(ci-notify generate-completion)"
        })
public final class Main implements Callable<Integer> {
    private static final List<Class<?>> COMMANDS = List.of(
            BackupCommand.class,
            CheckConfigCommand.class,
            DigestCommand.class,
            ExplainCommand.class,
            ExportCommand.class,
            IncidentsCommand.class,
            InitCommand.class,
            OutboxCommand.class,
            PreviewCommand.class,
            ReplayCommand.class,
            RestoreCommand.class,
            RosterCommand.class,
            ServeCommand.class,
            StoreCommand.class,
            SuggestionsCommand.class,
            SupportBundleCommand.class,
            TestNotificationCommand.class,
            TestsCommand.class,
            WhyCommand.class,
            CountsCommand.class);

    /** Wide enough that an option and its parameter stay on one line. */
    private static final int HELP_WIDTH = 110;

    private static final int LONGEST_OPTION = 42;
    /** Set by the launcher of the image. It is no shell script: the kernel passes its path as the first argument. */
    private static final boolean IS_LAUNCHED = Boolean.getBoolean("ci-notify.launcher");

    private Main() {}

    /** Exit status: 0 success, 1 problems found, 2 usage error, 3 differences found (design.md section 10). */
    public static void main(String... arguments) {
        String[] words = IS_LAUNCHED ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
        System.exit(commandLine(words).execute(words));
    }

    /** The command that the arguments call; all of them if they call none. To read the options of all would delay each start. */
    static CommandLine commandLine(String... arguments) {
        String name = arguments.length == 0 ? "" : arguments[0];
        List<Class<?>> called = COMMANDS.stream()
                .filter(command -> command.getAnnotation(Command.class).name().equals(name))
                .toList();
        return commandLine(called.isEmpty() ? all() : called);
    }

    private static List<Class<?>> all() {
        return Stream.concat(COMMANDS.stream(), Stream.of(GenerateCompletion.class, HelpCommand.class))
                .toList();
    }

    private static CommandLine commandLine(List<Class<?>> subcommands) {
        CommandLine commands = new CommandLine(new Main());
        subcommands.forEach(commands::addSubcommand);
        commands.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(
                        new CensoringWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8)), true))
                .setDefaultValueProvider(new EnvironmentDefaultProvider(System.getenv()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setUsageHelpLongOptionsMaxWidth(LONGEST_OPTION)
                .setParameterExceptionHandler(ErrorHandlers::reportUsage)
                .setExecutionExceptionHandler(ErrorHandlers::report);
        setVersion(commands, () -> new String[] {BuildInfo.current().toString()});
        return commands;
    }

    private static void setVersion(CommandLine command, IVersionProvider version) {
        command.getCommandSpec().versionProvider(version);
        command.getSubcommands().values().forEach(subcommand -> setVersion(subcommand, version));
    }

    /** Errors without secrets: a server that a command asks may echo its token. */
    static final class CensoringWriter extends FilterWriter {
        CensoringWriter(Writer out) {
            super(out);
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            out.write(Secrets.censor(text.substring(from, from + length)));
        }
    }

    @Override
    public Integer call() {
        return commandLine("serve").execute("serve");
    }
}
