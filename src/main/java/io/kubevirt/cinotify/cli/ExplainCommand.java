// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.bump.BumpCandidate;
import io.kubevirt.cinotify.cli.input.ExplainInput;
import io.kubevirt.cinotify.cli.input.InvalidInputException;
import io.kubevirt.cinotify.cli.input.JsonLines;
import io.kubevirt.cinotify.cli.input.RunJsonCodec;
import io.kubevirt.cinotify.cli.options.ArtifactOptions;
import io.kubevirt.cinotify.cli.options.AtOption;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.RunOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.engine.ArtifactLocator;
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

/** Says what ci-notify would make of a failure: whose it is, who would be told, when, and why. */
@Command(
        name = "explain",
        description = "Says what ci-notify would make of a failure: whose it is, who would be told, when, and why.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    /** Somebody stands and waits. */
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
            description = "A run a line: job, type, org, repo, cluster, state, description, baseRef, url, tests.")
    @Nullable Path file;

    @Option(
            names = "--bump-file",
            paramLabel = "PULLS.jsonl",
            description = "A pull request of a bot a line: org, repo, number, author, title, headRef, headOwner.")
    @Nullable Path bumpFile;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        requireOneSubject();
        Config settings = config.load();
        if (bumpFile != null) {
            return explainBumps(settings, bumpFile);
        }
        RunJsonCodec reader = new RunJsonCodec(settings);
        List<ExplainInput> failures =
                file == null ? List.of(withEvidence(settings, described(reader))) : reader.readAll(file);
        try (ArtifactLocator places = locator(settings)) {
            KnownIssueMatcher issues = new KnownIssueMatcher(places);
            Explainer explainer = new Explainer(settings, at.instant(), symptoms -> issues.match(
                            settings.knownIssues(), settings, symptoms, at.instant())
                    .orElse(null));
            PrintWriter out = spec.commandLine().getOut();
            for (ExplainInput failure : failures) {
                Explanation explanation = explainer.explain(failure);
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
                    spec.commandLine(),
                    "which failure? Name its page, as in ci-notify explain --url BUILD_URL; or a job: --job NAME");
        }
        if (given > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--file and --bump-file stand alone; leave out the others, or the file");
        }
    }

    private ArtifactLocator locator(Config settings) {
        return new ArtifactLocator(settings, artifacts.address(), TIMEOUT, SystemClock.INSTANCE);
    }

    private int explainBumps(Config settings, Path file) throws InvalidConfigException {
        BumpExplainer explainer = new BumpExplainer(settings);
        PrintWriter out = spec.commandLine().getOut();
        for (BumpCandidate pull : JsonLines.read(file, "--bump-file", BumpExplainer::read)) {
            BumpExplanation explanation = explainer.explain(pull);
            out.println(output.isJson() ? OutputOptions.json(explanation) : explanation.text());
        }
        return 0;
    }

    /** A copy is read, a run whose page is given is fetched; tests that are given say all there is to say. */
    private ExplainInput withEvidence(Config settings, ExplainInput failure) {
        requireUsable();
        Path copy = run.artifacts;
        if (copy == null
                && (failure.run().url() == null || !failure.tests().names().isEmpty())) {
            return failure;
        }
        try (ArtifactLocator places = locator(settings)) {
            if (copy != null) {
                return failure.with(places.read(copy));
            }
            return places.isConfigured(settings)
                    ? places.read(settings, failure.run()).map(failure::with).orElse(failure)
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
                    "--artifacts: " + run.artifacts + " is no folder; name one with a copy of a run's directory");
        }
    }

    private ExplainInput described(RunJsonCodec reader) {
        try {
            return reader.read(run.described());
        } catch (InvalidInputException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
