// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.cli.input.RunJsonWriter;
import io.kubevirt.cinotify.store.EndedRunQuery;
import io.kubevirt.cinotify.store.ReadOnlyStore;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The plugin's own past in the form in which {@code replay} reads it. The plugin may run meanwhile. */
@Command(
        name = "export",
        description = "Writes the runs that the plugin has seen, one a line, as replay --history reads them.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    private final ObjectMapper json = new ObjectMapper();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder of the embedded store (${DEFAULT-VALUE}).")
    Path dataDir;

    @Option(names = "--since", paramLabel = "INSTANT", description = "Runs that ended from then on.")
    @Nullable Instant since;

    @Option(names = "--until", paramLabel = "INSTANT", description = "Runs that ended by then.")
    @Nullable Instant until;

    @Option(
            names = "--with-known",
            description = "Also runs that ended before the plugin began to watch, of which it says nothing.")
    boolean withKnown;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        PrintWriter out = spec.commandLine().getOut();
        ReadOnlyStore journal = ReadOnlyStore.open(dataDir)
                .orElseThrow(() -> new InvalidConfigException(ConfigProblem.ofFile(
                        "--data-dir", "there is no store in " + dataDir, "name the folder that serve was given")));
        Instant from = since == null ? Instant.EPOCH : since;
        Instant began = withKnown ? Instant.EPOCH : journal.watchingSince();
        journal.forEachEnded(
                from.isAfter(began) ? from : began,
                until == null ? Instant.ofEpochMilli(Long.MAX_VALUE) : until,
                ended -> out.println(line(ended)));
        out.flush();
        return 0;
    }

    private ObjectNode line(EndedRunQuery.EndedRun ended) {
        return RunJsonWriter.of(ended.run(), ended.at(), json.createObjectNode());
    }
}
