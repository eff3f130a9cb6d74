// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.cli.input.FileIssueSource;
import io.kubevirt.cinotify.cli.options.AtOption;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.GitHubOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.cli.replay.HistoryReader;
import io.kubevirt.cinotify.cli.replay.HistoryReader.HistoryEntry;
import io.kubevirt.cinotify.cli.replay.ReplayDigestData;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.digest.Digest;
import io.kubevirt.cinotify.digest.DigestData;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.DigestSchedule;
import io.kubevirt.cinotify.digest.DigestSchedule.Subject;
import io.kubevirt.cinotify.engine.digest.DigestDataLoader;
import io.kubevirt.cinotify.engine.digest.DigestFactory;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.roster.Sig;
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

@Command(name = "digest", description = "Prints a meeting digest.", mixinStandardHelpOptions = true)
final class DigestCommand implements Callable<Integer> {
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
            description = "The state of CI, the open issues, or the state of CI for one SIG given by its short name.")
    String subject;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "Number of days to look back (${DEFAULT-VALUE}).")
    int days;

    @Option(
            names = "--history",
            paramLabel = "FILE|DIR",
            arity = "1..*",
            description =
                    "Replay a history instead of reading the store: files with one run a line, or directories of them.")
    private @Nullable List<Path> history;

    @Mixin
    StoreOptions store;

    @Option(
            names = "--issues",
            paramLabel = "FILE",
            description = "Open issues as the GitHub API returns them, one a line; requested from GitHub if not given.")
    private @Nullable Path issues;

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
        Config loaded = config.load();
        DigestPeriod period = DigestPeriod.before(at.instant(), Duration.ofDays(days));
        DigestFactory factory = new DigestFactory(dataSource(loaded), issues(loaded));
        try {
            print(
                    period,
                    factory.create(subject(loaded), period, loaded.digests().zone()));
            return 0;
        } catch (GitHubException e) {
            throw new InvalidConfigException(
                    ConfigProblem.ofFile("GitHub", String.valueOf(e.getMessage()), "try again, or use --issues"));
        }
    }

    private Subject subject(Config loaded) throws InvalidConfigException {
        return switch (subject) {
            case "taskforce" -> new Subject.Taskforce();
            case "grooming" ->
                loaded.digests().entries().stream()
                        .map(DigestSchedule.Entry::subject)
                        .filter(Subject.Grooming.class::isInstance)
                        .findFirst()
                        .orElseThrow(() -> new InvalidConfigException(ConfigProblem.ofFile(
                                ConfigLoader.FILE,
                                "digests.grooming is missing",
                                "add it with the repositories, see docs/settings.md")));
            default -> sig(loaded);
        };
    }

    private Subject sig(Config loaded) {
        List<String> known = loaded.sigs().sigs().stream().map(Sig::shortName).toList();
        if (!known.contains(subject)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "unknown digest \"" + subject + "\": it is neither taskforce nor grooming nor a SIG; "
                            + ClosestMatch.find(subject, known)
                                    .map(nearest -> "did you mean " + nearest + "?")
                                    .orElse("known SIGs: " + String.join(", ", known)));
        }
        return new Subject.Sig(subject);
    }

    private DigestFactory.DataSource dataSource(Config loaded) throws InvalidConfigException, IOException {
        if (history == null) {
            return (period, sig) -> stored(loaded, period, sig);
        }
        HistoryReader reader = new HistoryReader(loaded);
        List<HistoryEntry> runs = reader.readAll(history);
        if (!reader.problems().isEmpty()) {
            throw new InvalidConfigException(reader.problems());
        }
        return new ReplayDigestData(loaded, runs);
    }

    private DigestData stored(Config loaded, DigestPeriod period, @Nullable String sig) {
        try {
            return store.read(
                    transaction -> DigestDataLoader.load(transaction, loaded, period, Audience.OPERATOR, sig));
        } catch (InvalidConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ", or use --history", e);
        }
    }

    private DigestFactory.IssueSource issues(Config loaded) throws InvalidConfigException, IOException {
        return issues != null
                ? FileIssueSource.read(issues)
                : repositories -> {
                    try (GitHubApi api = github(loaded)) {
                        return DigestFactory.IssueSource.gitHub(api).of(repositories);
                    }
                };
    }

    private GitHubApi github(Config loaded) {
        return github.connection(loaded)
                .api()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no GitHub credentials for the open issues; add --github-token-path, or --issues with a file"));
    }

    private void print(DigestPeriod period, Digest digest) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(OutputOptions.json(new Row(
                    subject, period.from(), period.until(), digest.title(), digest.markdown(), digest.slack())));
        } else {
            out.print(format == Format.SLACK ? digest.slack() : digest.markdown());
            out.flush();
        }
    }
}
