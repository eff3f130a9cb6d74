// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.command.Reassignment;
import io.kubevirt.cinotify.command.RuleSuggestions;
import io.kubevirt.cinotify.store.StoreClient;
import io.kubevirt.cinotify.store.StoreUnavailable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The routing rules that would have known what people had to reassign. */
@Command(
        name = "suggestions",
        description = "The routing rules that would have known what people reassigned with /ci-notify, as YAML to paste"
                + " before the others below \"routing: rules:\"; as JSON, what was reassigned, one a line.",
        mixinStandardHelpOptions = true)
final class SuggestionsCommand implements Callable<Integer> {

    @Mixin
    OutputOptions output;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder of the embedded store (${DEFAULT-VALUE}); the plugin may be running.")
    Path dataDir;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (!Files.isDirectory(dataDir)) {
            err.println("--data-dir: " + dataDir + " is no folder; name the one that serve was given");
            return ErrorHandlers.PROBLEMS_FOUND;
        }
        try (StoreClient plugin = StoreClient.embedded(dataDir)) {
            print(plugin.store().read(transaction -> transaction.commands().reassignments()));
            return 0;
        } catch (StoreUnavailable e) {
            err.println("--data-dir: there is no store of ci-notify in " + dataDir
                    + "; name the folder that serve was given");
            return ErrorHandlers.PROBLEMS_FOUND;
        }
    }

    private void print(List<Reassignment> moved) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            moved.forEach(each -> out.println(OutputOptions.json(each)));
            return;
        }
        List<String> yaml = RuleSuggestions.yaml(moved);
        yaml.forEach(out::println);
        if (yaml.isEmpty()) {
            out.println("# Nobody has reassigned anything that a rule could have known.");
        }
    }
}
