// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.input.FileIssueSource;
import io.kubevirt.cinotify.cli.options.AtOption;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.GitHubOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.replay.HistoryEntry;
import io.kubevirt.cinotify.cli.replay.HistoryFiles;
import io.kubevirt.cinotify.cli.replay.HistoryReader;
import io.kubevirt.cinotify.cli.replay.ReplayDigestData;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.config.DigestSchedule;
import io.kubevirt.cinotify.config.DigestSchedule.Subject;
import io.kubevirt.cinotify.digest.Digest;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.engine.digest.DigestDataLoader;
import io.kubevirt.cinotify.engine.digest.DigestFactory;
import io.kubevirt.cinotify.engine.digest.GitHubIssueSource;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.store.ReadOnlyStore;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is said before a meeting, to be looked at, or pasted into its notes. */
@Command(
        name = "digest",
        description = "Puts together what a meeting would otherwise collect by hand.",
        mixinStandardHelpOptions = true)
final class DigestCommand implements Callable<Integer> {

    /** In which markup the page is written. */
    enum Format {
        MARKDOWN,
        SLACK
    }

    @Mixin
    ConfigOptions config;

    @Mixin
    OutputOptions output;

    @Mixin
    AtOption at;

    @Mixin
    GitHubOptions github;

    @Option(
            names = "--for",
            paramLabel = "taskforce|grooming|SIG",
            required = true,
            description = "The state of CI, the open issues, or the state of CI for one SIG, by its short name.")
    String subject;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "How many days it looks back on (${DEFAULT-VALUE}).")
    int days;

    @Option(
            names = "--history",
            paramLabel = "FILE|DIR",
            arity = "1..*",
            description = "As if the plugin had run over a history: files with a run a line, or folders of them.")
    @Nullable List<Path> history;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder of the embedded store, where --history is not given (${DEFAULT-VALUE}).")
    Path dataDir;

    @Option(
            names = "--issues",
            paramLabel = "FILE",
            description = "Open issues as GitHub's API gives them, one a line; asked from GitHub if not given.")
    @Nullable Path issues;

    @Option(
            names = "--form",
            paramLabel = "markdown|slack",
            defaultValue = "MARKDOWN",
            description = "markdown or slack (markdown).")
    Format format;

    @Spec
    CommandSpec spec;

    /** The contract of {@code digest --output json}. */
    record Row(
            @JsonProperty("for") String subject,
            Instant from,
            Instant until,
            String title,
            String markdown,
            String slack) {}

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        if (days < 1) {
            throw new ParameterException(spec.commandLine(), "--days must be at least 1");
        }
        Config settings = config.load();
        DigestPeriod period = DigestPeriod.before(at.instant(), Duration.ofDays(days));
        DigestFactory pages = new DigestFactory(dataSource(settings), issues());
        try {
            print(
                    period,
                    pages.create(named(settings), period, settings.digests().zone()));
            return 0;
        } catch (GitHubException e) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    "GitHub", String.valueOf(e.getMessage()), "try again, or give the issues with --issues"));
        }
    }

    private Subject named(Config settings) throws InvalidConfigException {
        return switch (subject) {
            case "taskforce" -> new Subject.Taskforce();
            case "grooming" ->
                settings.digests().entries().stream()
                        .map(DigestSchedule.Entry::subject)
                        .filter(Subject.Grooming.class::isInstance)
                        .findFirst()
                        .orElseThrow(() -> new InvalidConfigException(ConfigProblem.ofFile(
                                ConfigLoader.FILE,
                                "digests.grooming is missing, which says of which repositories",
                                "add it, as docs/settings.md shows")));
            default -> ofSig(settings);
        };
    }

    private Subject ofSig(Config settings) {
        List<String> known = settings.sigs().sigs().stream().map(Sig::shortName).toList();
        if (!known.contains(subject)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "\"" + subject + "\" is neither taskforce nor grooming nor a SIG; "
                            + ClosestMatch.find(subject, known)
                                    .map(nearest -> "did you mean " + nearest + "?")
                                    .orElse("known are " + String.join(", ", known)));
        }
        return new Subject.Sig(subject);
    }

    private DigestFactory.DataSource dataSource(Config settings) throws InvalidConfigException, IOException {
        if (history == null) {
            return period -> store().read(transaction -> DigestDataLoader.load(transaction, settings, period));
        }
        HistoryReader reader = new HistoryReader(settings);
        List<HistoryEntry> runs = reader.readAll(HistoryFiles.of(history));
        if (!reader.problems().isEmpty()) {
            throw new InvalidConfigException(reader.problems());
        }
        return new ReplayDigestData(settings, runs);
    }

    private ReadOnlyStore store() {
        return ReadOnlyStore.open(dataDir)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no store in " + dataDir
                                + ": name the folder that serve was given with --data-dir, or add --history"));
    }

    private DigestFactory.IssueSource issues() throws InvalidConfigException, IOException {
        return issues != null
                ? FileIssueSource.read(issues)
                : repositories -> {
                    try (GitHubApi api = github()) {
                        return new GitHubIssueSource(api).of(repositories);
                    }
                };
    }

    private GitHubApi github() {
        GitHubClientOptions.Identity identity =
                GitHubClientOptions.identity(github.appId, github.appPrivateKeyPath, github.tokenPath);
        if (identity == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the open issues are not known: add --github-token-path, or --issues with a file of them");
        }
        return new GitHubApi(new GitHubClientOptions(
                github.endpoints == null ? List.of() : github.endpoints,
                identity,
                true,
                GitHubClientOptions.TIMEOUT,
                SystemClock.INSTANCE));
    }

    private void print(DigestPeriod period, Digest page) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(OutputOptions.json(
                    new Row(subject, period.from(), period.until(), page.title(), page.markdown(), page.slack())));
        } else {
            out.print(format == Format.SLACK ? page.slack() : page.markdown());
            out.flush();
        }
    }
}
