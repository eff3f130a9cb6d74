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

import io.kubevirt.cinotify.command.Moved;
import io.kubevirt.cinotify.command.Suggestions;
import io.kubevirt.cinotify.store.Beside;
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
    Output output;

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
            return Failures.MUST_MEND;
        }
        try (Beside plugin = Beside.embedded(dataDir)) {
            print(plugin.store().read(transaction -> transaction.commands().moved()));
            return 0;
        } catch (StoreUnavailable e) {
            err.println("--data-dir: there is no store of ci-notify in " + dataDir
                    + "; name the folder that serve was given");
            return Failures.MUST_MEND;
        }
    }

    private void print(List<Moved> moved) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            moved.forEach(each -> out.println(Output.json(each)));
            return;
        }
        List<String> yaml = Suggestions.yaml(moved);
        yaml.forEach(out::println);
        if (yaml.isEmpty()) {
            out.println("# Nobody has reassigned anything that a rule could have known.");
        }
    }
}
