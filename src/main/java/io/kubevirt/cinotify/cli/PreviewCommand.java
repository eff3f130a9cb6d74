// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.input.PluginConfig;
import io.kubevirt.cinotify.cli.options.AtOption;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.replay.DeckPreview;
import io.kubevirt.cinotify.cli.replay.DeckRuns;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.source.deck.DeckPoller;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows people with a Prow what ci-notify would do for them before they install anything. */
@Command(
        name = "preview",
        description =
                "Replays the runs that a deck still shows, and prints what would have been sent, to whom and why, and"
                        + " what would not. Needs no token and no cluster, and sends nothing.",
        mixinStandardHelpOptions = true)
final class PreviewCommand implements Callable<Integer> {
    @Option(
            names = "--deck",
            paramLabel = "URL",
            required = true,
            description = "The deck, such as https://prow.example.org.")
    URI deck;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            defaultValue = "3",
            description = "Runs of so many days; deck shows only as many as Prow keeps (${DEFAULT-VALUE}).")
    int days;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Directory with ci-notify.yaml; without it, the settings that init would write.")
    private @Nullable Path directory;

    @Option(
            names = "--job-config-path",
            paramLabel = "DIR",
            description = "Directory with Prow's job configuration; without it, which jobs block merging is unknown.")
    private @Nullable Path jobConfigPath;

    @Option(names = "--config-file", paramLabel = "FILE", description = "Prow's config.yaml.")
    private @Nullable Path configFile;

    @Option(
            names = "--sigs",
            paramLabel = "FILE",
            description = "Without --config: your sigs.yaml, in the format of kubernetes/community.")
    private @Nullable Path sigs;

    @Option(
            names = "--member",
            paramLabel = "LOGIN",
            description = "Without --config: GitHub login of a member of the group that is notified; repeatable.")
    private List<String> members = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description =
                    "Wait so long for the beginning of deck's response, and again for its end (${DEFAULT-VALUE}).")
    int timeout;

    @Mixin
    AtOption at;

    @Mixin
    OutputOptions output;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        requireUsable();
        DeckRuns runs = DeckRuns.fetch(deck, Duration.ofSeconds(timeout));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (runs.problem() != null) {
            err.println(runs.problem()
                    + (runs.prowJobs().isEmpty() ? "" : "; the preview has only the runs before that, try again"));
        }
        if (runs.problem() != null && runs.prowJobs().isEmpty()) {
            return ErrorHandlers.PROBLEMS_FOUND;
        }
        DeckPreview preview = DeckPreview.of(runs, config(runs), at.instant(), Duration.ofDays(days));
        if (output.isJson()) {
            out.println(OutputOptions.json(preview));
        } else {
            out.println(settings());
            preview.print(out);
        }
        return runs.problem() == null ? 0 : ErrorHandlers.PROBLEMS_FOUND;
    }

    private void requireUsable() {
        try {
            DeckPoller.requireAddress(deck);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--deck: " + e.getMessage());
        }
        if (days < 1) {
            throw new ParameterException(spec.commandLine(), "--days: must be 1 or more");
        }
        if (timeout < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout: must be 1 or more");
        }
    }

    private Config config(DeckRuns runs) throws InvalidConfigException, IOException {
        List<String> decks = List.of(deck.getScheme() + "://" + deck.getAuthority());
        if (directory != null) {
            return new ConfigLoader(directory, jobConfigPath, configFile, decks, null).load();
        }
        String sigsYaml = ConfigScaffold.sigsYaml(sigs);
        Set<String> folders = sigsYaml == null ? ConfigScaffold.sigFolders(jobConfigPath) : Set.of();
        PluginConfig plugins = new PluginConfig(0, Set.of(), Set.of(), Set.of());
        Config draft = new ConfigScaffold(ProwFacts.none(plugins), sigsYaml, folders, List.of(), members)
                .load(jobConfigPath, configFile, decks);
        ProwFacts facts = ProwFacts.of(draft, plugins).with(List.of(), runs.buckets());
        return new ConfigScaffold(facts, sigsYaml, folders, List.of(), members).load(jobConfigPath, configFile, decks);
    }

    private String settings() {
        if (directory != null) {
            return "settings: " + directory;
        }
        return "settings: as init would write them"
                + (members.isEmpty() ? "; somebody stands for the first member of your group, see --member" : "");
    }
}
