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

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The commands' common root; without a command it serves. */
@Command(
        name = "ci-notify",
        description = "Tells the one responsible person at work, once, when CI breaks.",
        mixinStandardHelpOptions = true,
        version = "ci-notify",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            CheckConfigCommand.class,
            DigestCommand.class,
            ExplainCommand.class,
            InitCommand.class,
            ExportCommand.class,
            OutboxCommand.class,
            ReplayCommand.class,
            RosterCommand.class,
            ServeCommand.class,
            SuggestionsCommand.class
        })
final class CiNotify implements Callable<Integer> {

    @Override
    public Integer call() {
        return Main.commandLine().execute("serve");
    }
}
