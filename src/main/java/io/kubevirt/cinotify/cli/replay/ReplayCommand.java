// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.ProgressLine;
import io.kubevirt.cinotify.cli.replay.HistoryReader.HistoryEntry;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.suspect.MergedPull;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays a history, to look at the effect of a configuration change before it is merged. */
@Command(
        name = "replay",
        description = "Replays a history of runs and reports the notifications that would have been sent.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:success", "1:problems found", "2:usage error", "3:--compare found differences"})
public final class ReplayCommand implements Callable<Integer> {
    /** With {@code --compare}: the other configuration would send other notifications. */
    static final int DIFFERENCES_FOUND = 3;

    @Mixin
    ConfigOptions config;

    @Mixin
    OutputOptions output;

    @Option(
            names = "--history",
            paramLabel = "FILE|DIR",
            required = true,
            arity = "1..*",
            description = "Files with one run a line, or directories of them; gzip or plain.")
    List<Path> history;

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description = "Stop at this instant, such as 2026-07-15T10:00:00Z.")
    private @Nullable Instant until;

    @Option(names = "--no-acks", description = "Nobody acknowledges, so that all escalations happen.")
    boolean noAcks;

    @Option(
            names = "--compare",
            paramLabel = "DIR",
            description = "Directory with another configuration: which messages it would add, drop and move.")
    private @Nullable Path compare;

    @Option(
            names = "--merges",
            paramLabel = "FILE",
            description = "File with one merge a line, for the suspects of incidents; the history needs baseSha.")
    private @Nullable Path merges;

    @Option(names = "--skip-bad-lines", description = "Skip lines that are not a run.")
    boolean skipBadLines;

    @Option(names = "--summary", description = "Only figures: no single incident, and in JSON no single message.")
    boolean summary;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        List<MergedPull> merged = merges == null ? List.of() : ReplaySuspects.read(merges);
        Config current = config.load();
        Config other =
                compare == null ? null : new ConfigLoader(compare, config.jobConfigPath, config.configFile).load();
        try (ProgressLine progress = ProgressLine.of(spec, SystemClock.INSTANCE)) {
            ReplayReport report = replay(new ReplaySuspects(current, merged), other, progress);
            print(report, progress);
            return report.compare() != null && report.compare().isDifferent() ? DIFFERENCES_FOUND : 0;
        }
    }

    private ReplayReport replay(ReplaySuspects current, @Nullable Config other, ProgressLine progress)
            throws InvalidConfigException, IOException {
        HistoryReader reader = new HistoryReader(current.config(), lines -> progress.show("reading runs", lines, 0));
        List<HistoryEntry> runs = reader.readAll(history);
        if (!reader.problems().isEmpty()) {
            if (!skipBadLines) {
                throw new InvalidConfigException(reader.problems());
            }
            reader.problems().forEach(problem -> spec.commandLine().getErr().println("skipped " + problem));
        }
        ReplayReport report = play(current, runs, progress);
        return other == null
                ? report
                : report.comparedTo(play(new ReplaySuspects(other, current.merges()), runs, progress));
    }

    private ReplayReport play(ReplaySuspects suspects, List<HistoryEntry> runs, ProgressLine progress) {
        return new Replay(suspects, !noAcks, step -> progress.show("replaying runs", step.received(), runs.size()))
                .play(runs, until);
    }

    private void print(ReplayReport report, ProgressLine progress) {
        progress.close();
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(OutputOptions.json(summary ? report.summary() : report));
        } else {
            new ReplayText(out, summary).print(report);
        }
    }
}
