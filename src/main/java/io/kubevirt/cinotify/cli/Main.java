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
        return new CommandLine(new CiNotify())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setDefaultValueProvider(new EnvironmentDefaults(System.getenv()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setUsageHelpLongOptionsMaxWidth(LONGEST_OPTION)
                .setParameterExceptionHandler(Failures::reportUsage)
                .setExecutionExceptionHandler(Failures::report);
    }
}
