/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.ArtifactPlaces;
import io.kubevirt.cinotify.app.KnownIssues;
import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.bump.PullRequest;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.settings.Settings;
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
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Mixin
    ConfigOptions config;

    @Mixin
    Output output;

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
    public Integer call() throws InvalidDocument {
        requireOneSubject();
        Settings settings = config.load();
        if (bumpFile != null) {
            return explainBumps(settings, bumpFile);
        }
        RunReader reader = new RunReader(settings);
        List<Failure> failures =
                file == null ? List.of(withEvidence(settings, described(reader))) : reader.readAll(file);
        try (ArtifactPlaces places = places(settings)) {
            KnownIssues issues = new KnownIssues(places);
            Explainer explainer = new Explainer(settings, at.instant(), symptoms -> issues.match(
                            settings.knownIssues(), settings, symptoms, at.instant())
                    .orElse(null));
            PrintWriter out = spec.commandLine().getOut();
            for (Failure failure : failures) {
                Explanation explanation = explainer.explain(failure);
                out.println(output.isJson() ? Output.json(explanation) : explanation.text());
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

    private ArtifactPlaces places(Settings settings) {
        return new ArtifactPlaces(settings, artifacts.address(), PATIENCE, SystemClock.INSTANCE);
    }

    private int explainBumps(Settings settings, Path file) throws InvalidDocument {
        BumpExplainer explainer = new BumpExplainer(settings);
        PrintWriter out = spec.commandLine().getOut();
        for (PullRequest pull : JsonLines.read(file, "--bump-file", BumpExplainer::read)) {
            BumpExplanation explanation = explainer.explain(pull);
            out.println(output.isJson() ? Output.json(explanation) : explanation.text());
        }
        return 0;
    }

    /** A copy is read, a run whose page is given is fetched; tests that are given say all there is to say. */
    private Failure withEvidence(Settings settings, Failure failure) {
        requireUsable();
        Path copy = run.artifacts;
        if (copy == null
                && (failure.run().url() == null || !failure.tests().names().isEmpty())) {
            return failure;
        }
        try (ArtifactPlaces places = places(settings)) {
            if (copy != null) {
                return failure.with(places.read(copy));
            }
            return places.areKnown(settings)
                    ? places.read(settings, failure.run()).map(failure::with).orElse(failure)
                    : failure;
        }
    }

    private void requireUsable() {
        List<Problem> problems = artifacts.problems();
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), problems.getFirst().toString());
        }
        if (run.artifacts != null && !Files.isDirectory(run.artifacts)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--artifacts: " + run.artifacts + " is no folder; name one with a copy of a run's directory");
        }
    }

    private Failure described(RunReader reader) {
        try {
            return reader.read(run.described());
        } catch (Unclear e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
