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

import io.kubevirt.cinotify.bump.PullRequest;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

    @Mixin
    ConfigOptions config;

    @Mixin
    Output output;

    @Mixin
    AtOption at;

    @ArgGroup(multiplicity = "1")
    Subject subject;

    /** One run by its facts, or many from a file. */
    static final class Subject {
        @ArgGroup(exclusive = false)
        RunOptions run = new RunOptions();

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
    }

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidDocument {
        Settings settings = config.load();
        if (subject.bumpFile != null) {
            return explainBumps(settings, subject.bumpFile);
        }
        RunReader reader = new RunReader(settings);
        List<Failure> failures = subject.file == null ? List.of(described(reader)) : reader.readAll(subject.file);
        Explainer explainer = new Explainer(settings, at.instant());
        PrintWriter out = spec.commandLine().getOut();
        for (Failure failure : failures) {
            Explanation explanation = explainer.explain(failure);
            out.println(output.isJson() ? Output.json(explanation) : text(explanation));
        }
        return 0;
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

    private Failure described(RunReader reader) {
        try {
            return reader.read(subject.run.described());
        } catch (Unclear e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static String text(Explanation explained) {
        StringBuilder text = new StringBuilder(explained.job() + "\n");
        text.append("  sig     ").append(explained.sig());
        text.append(explained.sigPerson() == null ? "" : " (" + explained.sigPerson() + ")")
                .append('\n');
        text.append("  area    ").append(explained.area()).append('\n');
        text.append("  cause   ").append(explained.cause().word()).append(" by rule ");
        text.append(explained.rule()).append('\n');
        text.append("  tell    ");
        text.append(
                explained.responsible() == null || explained.level() == null
                        ? "nobody"
                        : explained.responsible() + " (" + explained.level().title() + ") at " + explained.notifyAt());
        explained.trace().forEach(reason -> text.append("\n  why     ").append(reason));
        return text.toString();
    }
}
