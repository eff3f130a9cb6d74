// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.store.SchemaMismatch;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person sees when a command fails: sentences, never a stack trace. */
final class ErrorHandlers {

    /** It found what the caller must mend. */
    static final int PROBLEMS_FOUND = CommandLine.ExitCode.SOFTWARE;

    private ErrorHandlers() {}

    /** Wrong usage: what is wrong, and where the right one is told. */
    static int reportUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println(failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    static int report(Exception failure, CommandLine command, ParseResult arguments) {
        if (failure instanceof InvalidConfigException invalid) {
            invalid.problems().forEach(command.getErr()::println);
        } else if (failure instanceof SchemaMismatch || failure instanceof StoreUnavailable) {
            command.getErr().println(failure.getMessage());
        } else {
            command.getErr()
                    .println("ci-notify: unexpected " + failure + "; please report it with the command that you typed");
        }
        return PROBLEMS_FOUND;
    }
}
