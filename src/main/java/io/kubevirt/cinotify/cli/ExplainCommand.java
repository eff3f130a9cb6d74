// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.bump.BumpCandidate;
import io.kubevirt.cinotify.cli.input.InvalidInputException;
import io.kubevirt.cinotify.cli.input.JsonLines;
import io.kubevirt.cinotify.cli.input.RunJsonCodec;
import io.kubevirt.cinotify.cli.input.RunJsonCodec.ExplainInput;
import io.kubevirt.cinotify.cli.options.ArtifactOptions;
import io.kubevirt.cinotify.cli.options.AtOption;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.RunOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.ArtifactLocator;
import io.kubevirt.cinotify.engine.Explainer;
import io.kubevirt.cinotify.engine.KnownIssueMatcher;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        description = "Explains a failure: SIG, area, responsible member, notification time and the rules applied.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Mixin
    ConfigOptions config;

    @Mixin
    OutputOptions output;

    @Mixin
    AtOption at;

    @Mixin
    ArtifactOptions artifacts;

    @Mixin
    RunOptions run;

    @Option(
            names = "--file",
            paramLabel = "RUNS.jsonl",
            description =
                    "File with one run a line: job, type, org, repo, cluster, state, description, baseRef, url, tests.")
    private @Nullable Path file;

    @Option(
            names = "--bump-file",
            paramLabel = "PULLS.jsonl",
            description =
                    "File with one pull request of a bot a line: org, repo, number, author, title, headRef, headOwner.")
    private @Nullable Path bumpFile;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        requireOneSubject();
        Config loaded = config.load();
        if (bumpFile != null) {
            return explainBumps(loaded, bumpFile);
        }
        RunJsonCodec reader = new RunJsonCodec(loaded);
        List<ExplainInput> failures =
                file == null ? List.of(withEvidence(loaded, fromOptions(reader))) : reader.readAll(file);
        if (config.jobConfigPath == null) {
            spec.commandLine().getErr().println("warning: " + ConfigLoader.WITHOUT_JOBS);
        }
        try (ArtifactLocator locator = locator(loaded)) {
            KnownIssueMatcher matcher = new KnownIssueMatcher(locator);
            Explainer explainer = new Explainer(loaded, at.instant(), symptoms -> matcher.match(
                            loaded.knownIssues(), loaded, symptoms, at.instant())
                    .orElse(null));
            PrintWriter out = spec.commandLine().getOut();
            for (ExplainInput failure : failures) {
                Explainer.Explanation explanation =
                        explainer.explain(failure.run(), failure.tests(), failure.evidence());
                out.println(output.isJson() ? OutputOptions.json(explanation) : explanation.text());
            }
        }
        return 0;
    }

    private void requireOneSubject() {
        long given = Stream.of(run.areGiven(), file != null, bumpFile != null)
                .filter(Boolean::booleanValue)
                .count();
        if (given == 0) {
            throw new ParameterException(
                    spec.commandLine(), "no failure given; use --url BUILD_URL, --job NAME, --file or --bump-file");
        }
        if (given > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--file and --bump-file cannot be combined with each other or with the options of a run");
        }
    }

    private ArtifactLocator locator(Config loaded) {
        return new ArtifactLocator(loaded, artifacts.address(), TIMEOUT, SystemClock.INSTANCE);
    }

    private int explainBumps(Config loaded, Path file) throws InvalidConfigException {
        BumpExplainer explainer = new BumpExplainer(loaded);
        PrintWriter out = spec.commandLine().getOut();
        for (BumpCandidate candidate : JsonLines.read(file, "--bump-file", BumpExplainer::read)) {
            BumpExplainer.Result result = explainer.explain(candidate);
            out.println(output.isJson() ? OutputOptions.json(result) : result.text());
        }
        return 0;
    }

    /** Reads the copy of the artifacts, or fetches those of the URL; given tests replace both. */
    private ExplainInput withEvidence(Config loaded, ExplainInput failure) {
        requireUsable();
        Path copy = run.artifacts;
        if (copy == null
                && (failure.run().url() == null || !failure.tests().names().isEmpty())) {
            return failure;
        }
        try (ArtifactLocator locator = locator(loaded)) {
            if (copy != null) {
                return failure.with(locator.read(copy));
            }
            return locator.isConfigured(loaded)
                    ? locator.read(loaded, failure.run()).map(failure::with).orElse(failure)
                    : failure;
        }
    }

    private void requireUsable() {
        List<ConfigProblem> problems = artifacts.problems();
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), problems.getFirst().toString());
        }
        if (run.artifacts != null && !Files.isDirectory(run.artifacts)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--artifacts: " + run.artifacts + " is not a directory; give a copy of the run's directory");
        }
    }

    private ExplainInput fromOptions(RunJsonCodec reader) {
        try {
            return reader.readOne(run.toJson());
        } catch (InvalidInputException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
