// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.input.RunJsonCodec;
import io.kubevirt.cinotify.cli.options.ProgressLine;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.store.EndedRunQuery;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description =
                "Writes the runs that the plugin observed, one JSON object a line, as replay --history reads them.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private static final String WATCH_START = "watch/began";

    private final ObjectMapper json = new ObjectMapper();

    @Mixin
    StoreOptions store;

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
        try (ProgressLine progress = ProgressLine.of(spec, SystemClock.INSTANCE)) {
            store.read(transaction -> {
                AtomicLong written = new AtomicLong();
                transaction.endedRuns().forEach(from(transaction), until(), ended -> {
                    out.println(line(ended));
                    progress.show("exporting runs", written.incrementAndGet(), 0);
                });
                return true;
            });
        }
        out.flush();
        return 0;
    }

    /** Runs from before the start of monitoring were only stored. */
    private Instant from(Transaction transaction) {
        Instant from = since == null ? Instant.EPOCH : since;
        Instant began = withKnown
                ? Instant.EPOCH
                : transaction.watermarks().find(WATCH_START).map(Watermark::at).orElse(Instant.EPOCH);
        return from.isAfter(began) ? from : began;
    }

    private Instant until() {
        return until == null ? Instant.ofEpochMilli(Long.MAX_VALUE) : until;
    }

    private ObjectNode line(EndedRunQuery.EndedRun ended) {
        return RunJsonCodec.write(ended.run(), ended.at(), json.createObjectNode());
    }
}
