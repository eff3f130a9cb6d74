// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ArtifactOptions;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.engine.ArtifactLocator;
import io.kubevirt.cinotify.engine.KnownIssueMatcher;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.Routing;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
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
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Mixin
    ConfigOptions config;

    @Mixin
    OutputOptions output;

    @Mixin
    ArtifactOptions artifacts;

    @Spec
    CommandSpec spec;

    /** What the command answers; the contract is in design.md section 10. */
    record Report(int jobs, SequencedMap<String, Integer> byRule, int byDefault, List<ConfigProblem> problems) {}

    @Override
    public Integer call() {
        List<ConfigProblem> problems = new ArrayList<>();
        List<Job> unrouted = new ArrayList<>();
        SequencedMap<String, Integer> byRule = new TreeMap<>();
        int jobs = 0;
        try {
            Config settings = config.load();
            problems.addAll(settings.jobs().problems());
            problems.addAll(settings.jobAnnotations().problems(settings.jobs()));
            problems.addAll(settings.memberOverrides().problems(settings.knownHandles()));
            problems.addAll(artifacts.problems());
            if (artifacts.problems().isEmpty()) {
                problems.addAll(checkKnownIssues(settings));
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
        } catch (InvalidConfigException e) {
            problems.addAll(e.problems());
        }
        print(new Report(jobs, byRule, unrouted.size(), problems), unrouted);
        return problems.isEmpty() ? 0 : ErrorHandlers.PROBLEMS_FOUND;
    }

    /** Their examples have been tried with the settings; the runs that they name are read here. */
    private List<ConfigProblem> checkKnownIssues(Config settings) {
        List<ConfigProblem> problems = new ArrayList<>();
        List<KnownIssue> named = settings.knownIssues().stream()
                .filter(issue -> issue.build() != null)
                .toList();
        if (named.isEmpty()) {
            return problems;
        }
        try (ArtifactLocator places =
                new ArtifactLocator(settings, artifacts.address(), TIMEOUT, SystemClock.INSTANCE)) {
            KnownIssueMatcher issues = new KnownIssueMatcher(places);
            for (KnownIssue issue : named) {
                switch (issues.verify(settings, issue)) {
                    case PASSED -> {}
                    case FAILED ->
                        problems.add(ConfigProblem.ofFile(
                                ConfigLoader.FILE,
                                "known issue \"" + issue.name()
                                        + "\" does not count: its pattern does not match its own" + " build "
                                        + issue.build(),
                                "mend the pattern, or name a run that failed by it"));
                    case PENDING ->
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
        return JobRun.builder(job.name(), job.type(), JobState.FAILURE)
                .repository(job.repository())
                .cluster(job.cluster())
                .build();
    }

    private void print(Report report, List<Job> unrouted) {
        PrintWriter out = spec.commandLine().getOut();
        report.problems().forEach(spec.commandLine().getErr()::println);
        if (output.isJson()) {
            out.println(OutputOptions.json(report));
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
