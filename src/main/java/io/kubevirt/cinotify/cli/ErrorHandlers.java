// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.store.SchemaVersion;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints the error of a failed command in sentences, without a stack trace. */
final class ErrorHandlers {
    static final int PROBLEMS_FOUND = CommandLine.ExitCode.SOFTWARE;

    private ErrorHandlers() {}

    /** A usage error: what is wrong, the nearest option or command, and where to read on. */
    static int reportUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println(failure.getMessage() + suggestion(failure).orElse(""));
        command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    /** @throws ParameterException if the value of an option is not from 1 to the most */
    static void requireWithin(CommandLine command, String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(command, option + " is " + value + "; use a number from 1 to " + most);
        }
    }

    private static Optional<String> suggestion(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        String typed = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
        CommandLine command = failure.getCommandLine();
        Collection<String> names = typed.startsWith("-")
                ? optionNames(command)
                : command.getSubcommands().keySet();
        return ClosestMatch.find(typed, List.copyOf(names)).map(nearest -> "; did you mean " + nearest + "?");
    }

    private static List<String> optionNames(CommandLine command) {
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }

    static int report(Exception failure, CommandLine command, ParseResult arguments) {
        if (failure instanceof InvalidConfigException invalid) {
            invalid.problems().forEach(command.getErr()::println);
        } else if (failure instanceof SchemaVersion.Mismatch || failure instanceof StoreUnavailable) {
            command.getErr().println(failure.getMessage());
        } else {
            command.getErr()
                    .println("ci-notify: unexpected error: " + failure + "; please report it with the command line");
        }
        return PROBLEMS_FOUND;
    }
}
