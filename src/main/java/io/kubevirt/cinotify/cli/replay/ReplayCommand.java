// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
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

/** What would have been said over a history: to be looked at before a change of the settings is merged. */
@Command(
        name = "replay",
        description = "Plays a history of runs on its own clock, and says what would have been said.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:it found what you must mend", "2:--compare found a difference, or wrong usage"})
public final class ReplayCommand implements Callable<Integer> {

    /** With {@code --compare}: the other settings would say something else. */
    static final int DIFFERENCES_FOUND = 2;

    @Mixin
    ConfigOptions config;

    @Mixin
    OutputOptions output;

    @Option(
            names = "--history",
            paramLabel = "FILE|DIR",
            required = true,
            arity = "1..*",
            description = "Files with a run a line, or folders of them; packed with gzip or not.")
    List<Path> history;

    @Option(names = "--until", paramLabel = "INSTANT", description = "Stop there, such as 2026-07-15T10:00:00Z.")
    @Nullable Instant until;

    @Option(names = "--no-acks", description = "Nobody ever acknowledges: plays every escalation.")
    boolean noAcks;

    @Option(
            names = "--compare",
            paramLabel = "DIR",
            description = "A folder with other settings: which messages would be gained, lost and moved with them.")
    @Nullable Path compare;

    @Option(names = "--skip-bad-lines", description = "Leave out lines that describe no run.")
    boolean skipBadLines;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        Config settings = config.load();
        Config others = compare == null ? null : new ConfigLoader(compare, config.jobConfigPath).load();
        HistoryReader reader = new HistoryReader(settings);
        List<HistoryEntry> runs = reader.readAll(HistoryFiles.of(history));
        if (!reader.problems().isEmpty()) {
            if (!skipBadLines) {
                throw new InvalidConfigException(reader.problems());
            }
            reader.problems().forEach(problem -> spec.commandLine().getErr().println("skipped: " + problem));
        }
        ReplayReport report = play(settings, runs);
        if (others != null) {
            report = report.comparedTo(play(others, runs));
        }
        print(report);
        return report.compare() != null && report.compare().isDifferent() ? DIFFERENCES_FOUND : 0;
    }

    private ReplayReport play(Config settings, List<HistoryEntry> runs) {
        return new Replay(settings, !noAcks, step -> {}).play(runs, until);
    }

    private void print(ReplayReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(OutputOptions.json(report));
        } else {
            new ReplayText(out).print(report);
        }
    }
}
