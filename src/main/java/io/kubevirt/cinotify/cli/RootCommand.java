// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.replay.ReplayCommand;
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
final class RootCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return Main.commandLine().execute("serve");
    }
}
