// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.cli.input.RunJsonCodec;
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

@Command(
        name = "export",
        description =
                "Writes the runs that the plugin observed, one JSON object a line, as replay --history reads them.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private final ObjectMapper json = new ObjectMapper();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data directory of the embedded SQLite store (${DEFAULT-VALUE}).")
    Path dataDir;

    @Option(names = "--since", paramLabel = "INSTANT", description = "Only runs that ended at or after this instant.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "INSTANT", description = "Only runs that ended by this instant.")
    private @Nullable Instant until;

    @Option(
            names = "--with-known",
            description = "Also runs that ended before the plugin was first started; they cause no notifications.")
    boolean withKnown;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        PrintWriter out = spec.commandLine().getOut();
        ReadOnlyStore journal = ReadOnlyStore.open(dataDir)
                .orElseThrow(() -> new InvalidConfigException(ConfigProblem.ofFile(
                        "--data-dir", "no store of ci-notify in " + dataDir, "use the directory of serve")));
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
        return RunJsonCodec.write(ended.run(), ended.at(), json.createObjectNode());
    }
}
