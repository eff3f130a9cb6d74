/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.document.InvalidDocument;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person sees when a command fails: sentences, never a stack trace. */
final class Failures {

    /** It found what the caller must mend. */
    static final int MUST_MEND = CommandLine.ExitCode.SOFTWARE;

    private Failures() {}

    /** Wrong usage: what is wrong, and where the right one is told. */
    static int reportUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println(failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    static int report(Exception failure, CommandLine command, ParseResult arguments) {
        if (failure instanceof InvalidDocument invalid) {
            invalid.problems().forEach(command.getErr()::println);
        } else {
            command.getErr()
                    .println("ci-notify: unexpected " + failure + "; please report it with the command that you typed");
        }
        return MUST_MEND;
    }
}
