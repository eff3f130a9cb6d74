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
import io.kubevirt.cinotify.text.Plural;
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

@Command(
        name = "check-config",
        description =
                "Checks configuration, roster and rules; with --job-config-path counts the jobs that each rule routes.",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Mixin
    ConfigOptions config;

    @Mixin
    OutputOptions output;

    @Mixin
    ArtifactOptions artifacts;

    @Spec
    CommandSpec spec;

    /** The contract of {@code check-config --output json} (design.md section 10). */
    record Report(int jobs, SequencedMap<String, Integer> byRule, int byDefault, List<ConfigProblem> problems) {}

    @Override
    public Integer call() {
        List<ConfigProblem> problems = new ArrayList<>();
        List<Job> unrouted = new ArrayList<>();
        SequencedMap<String, Integer> byRule = new TreeMap<>();
        int jobs = 0;
        try {
            Config loaded = config.load();
            problems.addAll(loaded.prow().problems());
            problems.addAll(loaded.jobs().problems());
            problems.addAll(loaded.jobAnnotations().problems(loaded.jobs()));
            problems.addAll(loaded.memberOverrides().problems(loaded.knownHandles()));
            problems.addAll(artifacts.problems());
            if (artifacts.problems().isEmpty()) {
                problems.addAll(checkKnownIssues(loaded));
            }
            for (Job job : loaded.jobs().all()) {
                jobs++;
                Route route = loaded.diagnoser().route(run(job));
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

    /** Loading has matched their examples; this matches the runs that they name. */
    private List<ConfigProblem> checkKnownIssues(Config loaded) {
        List<ConfigProblem> problems = new ArrayList<>();
        List<KnownIssue> named = loaded.knownIssues().stream()
                .filter(issue -> issue.build() != null)
                .toList();
        if (named.isEmpty()) {
            return problems;
        }
        try (ArtifactLocator locator =
                new ArtifactLocator(loaded, artifacts.address(), TIMEOUT, SystemClock.INSTANCE)) {
            KnownIssueMatcher matcher = new KnownIssueMatcher(locator);
            for (KnownIssue issue : named) {
                switch (matcher.verify(loaded, issue)) {
                    case PASSED -> {}
                    case FAILED ->
                        problems.add(ConfigProblem.ofFile(
                                ConfigLoader.FILE,
                                "known issue \"" + issue.name()
                                        + "\" is inactive: its pattern does not match its build " + issue.build(),
                                "correct the pattern, or name a run that failed because of the issue"));
                    case PENDING ->
                        spec.commandLine()
                                .getErr()
                                .println("known issue \"" + issue.name()
                                        + "\" was not checked: cannot read the artifacts of its build "
                                        + issue.build());
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
            out.println(Plural.of(report.jobs(), "job"));
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
                        ? "the configuration is valid"
                        : report.problems().size() + (report.problems().size() == 1 ? " problem" : " problems"));
    }
}
