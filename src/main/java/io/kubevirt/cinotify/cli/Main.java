// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The program. Only {@code serve} starts the server; every other command answers and ends. */
@QuarkusMain
public final class Main {

    /** In columns; an option and its parameter are not torn apart. */
    private static final int HELP_WIDTH = 110;

    private static final int LONGEST_OPTION = 42;

    private Main() {}

    /** Exit code: 0 done, 1 it found what must be mended, 2 wrong usage (design.md section 10). */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, ready to execute. */
    static CommandLine commandLine() {
        return new CommandLine(new RootCommand())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setDefaultValueProvider(new EnvironmentDefaultProvider(System.getenv()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setUsageHelpLongOptionsMaxWidth(LONGEST_OPTION)
                .setParameterExceptionHandler(ErrorHandlers::reportUsage)
                .setExecutionExceptionHandler(ErrorHandlers::report);
    }
}
