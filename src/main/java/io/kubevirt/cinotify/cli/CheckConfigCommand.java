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
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.diagnosis.Route;
import io.kubevirt.cinotify.diagnosis.Routing;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.settings.SettingsLoader;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what is wrong with the settings, and how many jobs each rule routes. */
@Command(
        name = "check-config",
        description = "Checks settings, roster and rules; with --job-config-path says how many jobs each rule routes.",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {

    /** Somebody stands and waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Mixin
    ConfigOptions config;

    @Mixin
    Output output;

    @Mixin
    ArtifactOptions artifacts;

    @Spec
    CommandSpec spec;

    /** What the command answers; the contract is in design.md section 10. */
    record Report(int jobs, SequencedMap<String, Integer> byRule, int byDefault, List<Problem> problems) {}

    @Override
    public Integer call() {
        List<Problem> problems = new ArrayList<>();
        List<Job> unrouted = new ArrayList<>();
        SequencedMap<String, Integer> byRule = new TreeMap<>();
        int jobs = 0;
        try {
            Settings settings = config.load();
            problems.addAll(settings.jobs().problems());
            problems.addAll(settings.jobWishes().problems(settings.jobs()));
            problems.addAll(settings.overlay().problems(settings.knownHandles()));
            problems.addAll(artifacts.problems());
            if (artifacts.problems().isEmpty()) {
                problems.addAll(tryKnownIssues(settings));
            }
            for (Job job : settings.jobs().all()) {
                jobs++;
                Route route = settings.diagnoser().route(run(job));
                if (route.rule().equals(Routing.DEFAULT_RULE)) {
                    unrouted.add(job);
                } else {
                    byRule.merge(route.rule(), 1, Integer::sum);
                }
            }
        } catch (InvalidDocument e) {
            problems.addAll(e.problems());
        }
        print(new Report(jobs, byRule, unrouted.size(), problems), unrouted);
        return problems.isEmpty() ? 0 : Failures.MUST_MEND;
    }

    /** Their examples have been tried with the settings; the runs that they name are read here. */
    private List<Problem> tryKnownIssues(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        List<KnownIssue> named = settings.knownIssues().stream()
                .filter(issue -> issue.build() != null)
                .toList();
        if (named.isEmpty()) {
            return problems;
        }
        try (ArtifactPlaces places =
                new ArtifactPlaces(settings, artifacts.address(), PATIENCE, SystemClock.INSTANCE)) {
            KnownIssues issues = new KnownIssues(places);
            for (KnownIssue issue : named) {
                switch (issues.attempt(settings, issue)) {
                    case PASSED -> {}
                    case FAILED ->
                        problems.add(Problem.ofFile(
                                SettingsLoader.FILE,
                                "known issue \"" + issue.name()
                                        + "\" does not count: its pattern does not match its own" + " build "
                                        + issue.build(),
                                "mend the pattern, or name a run that failed by it"));
                    case OPEN ->
                        spec.commandLine()
                                .getErr()
                                .println("known issue \"" + issue.name() + "\" could not be tried: its build "
                                        + issue.build() + " cannot be read from here");
                }
            }
        }
        return problems;
    }

    private static JobRun run(Job job) {
        return JobRun.of(job.name(), job.type(), JobState.FAILURE)
                .repository(job.repository())
                .cluster(job.cluster())
                .build();
    }

    private void print(Report report, List<Job> unrouted) {
        PrintWriter out = spec.commandLine().getOut();
        report.problems().forEach(spec.commandLine().getErr()::println);
        if (output.isJson()) {
            out.println(Output.json(report));
            return;
        }
        if (report.jobs() > 0) {
            out.println(report.jobs() + " jobs");
            report.byRule().entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .forEach(rule -> out.printf("%6d  %s%n", rule.getValue(), rule.getKey()));
            out.printf("%6d  by the default only%n", report.byDefault());
            unrouted.forEach(job -> out.println("        " + job.name() + "  " + job.file() + ":" + job.line()));
        }
        out.println(
                report.problems().isEmpty()
                        ? "the settings are good"
                        : report.problems().size() + " to mend");
    }
}
