// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ArtifactOptions;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.config.ChannelWarnings;
import io.kubevirt.cinotify.config.CompletenessCheck;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.config.RouteCoverage;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.engine.ArtifactLocator;
import io.kubevirt.cinotify.engine.KnownIssueMatcher;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.roster.AliasLevelConfig;
import io.kubevirt.cinotify.roster.CalendarConfig;
import io.kubevirt.cinotify.routing.RouteSource;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check-config",
        description =
                "Checks configuration, roster and rules, and reports how many jobs have a SIG. Exits with 0 (valid), 1"
                        + " (errors) or 2 (usage error).",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int SHOWN_RULES = 40;
    private static final int SHOWN_JOBS = 20;

    @Mixin
    ConfigOptions config;

    @Mixin
    OutputOptions output;

    @Mixin
    ArtifactOptions artifacts;

    @Option(names = "--strict", description = "Exit with 1 also for warnings.")
    boolean strict;

    @Spec
    CommandSpec spec;

    /**
     * The contract of {@code check-config --output json} (design.md section 10).
     *
     * @param repositories repositories in which only the default routes jobs
     */
    record Report(
            int jobs,
            int withSig,
            SequencedMap<RouteSource, Integer> bySource,
            SequencedMap<String, Integer> byRule,
            int byDefault,
            List<String> repositories,
            List<ConfigProblem> problems,
            List<ConfigProblem> warnings) {}

    @Override
    public Integer call() {
        List<ConfigProblem> problems = new ArrayList<>();
        List<ConfigProblem> warnings = new ArrayList<>();
        RouteCoverage coverage = RouteCoverage.NONE;
        try {
            Config loaded = config.load();
            skippedSources(loaded);
            problems.addAll(loaded.prow().problems());
            problems.addAll(loaded.jobs().problems());
            problems.addAll(loaded.jobAnnotations().problems(loaded.jobs()));
            problems.addAll(loaded.memberOverrides().problems(loaded.knownHandles()));
            problems.addAll(artifacts.problems());
            if (artifacts.problems().isEmpty()) {
                try (ArtifactLocator locator = locator(loaded)) {
                    problems.addAll(checkCredentials(loaded, locator));
                    problems.addAll(checkKnownIssues(loaded, locator));
                }
            }
            CompletenessCheck completeness = new CompletenessCheck(config.directory, loaded);
            problems.addAll(completeness.errors());
            (strict ? problems : warnings).addAll(completeness.warnings());
            ChannelWarnings channels = new ChannelWarnings(config.directory, loaded);
            (strict ? problems : warnings).addAll(channels.settings());
            warnings.addAll(channels.secretFiles());
            coverage = RouteCoverage.of(loaded);
        } catch (InvalidConfigException e) {
            problems.addAll(e.problems());
        }
        print(coverage, problems, warnings);
        return problems.isEmpty() ? 0 : ErrorHandlers.PROBLEMS_FOUND;
    }

    /** It reads none of them: settings that a pull request changes must not send a file to an address. */
    private void skippedSources(Config loaded) {
        loaded.file().roster().calendars().stream()
                .filter(CalendarConfig::isRemote)
                .forEach(calendar -> spec.commandLine()
                        .getErr()
                        .println("calendar \"" + calendar.name()
                                + "\" was not checked: it is on the network; ci-notify roster check reads it"));
        loaded.file().roster().aliasLevels().stream()
                .filter(AliasLevelConfig::isRemote)
                .forEach(
                        level -> spec.commandLine()
                                .getErr()
                                .println(
                                        level.name()
                                                + " of roster.aliasLevels was not checked: it is on GitHub; ci-notify roster check reads it"));
    }

    private ArtifactLocator locator(Config loaded) {
        return new ArtifactLocator(loaded, artifacts.address(), TIMEOUT, SystemClock.INSTANCE);
    }

    /** Of the files that exist: the configuration is also checked where no secret is mounted. */
    private static List<ConfigProblem> checkCredentials(Config loaded, ArtifactLocator locator) {
        return locator.credentialProblems(loaded).stream()
                .map(problem -> {
                    int hint = problem.lastIndexOf(": ");
                    return ConfigProblem.ofFile(
                            ConfigLoader.FILE,
                            "evidence.stores: " + problem.substring(0, hint),
                            problem.substring(hint + 2));
                })
                .toList();
    }

    /** Loading has matched their examples; this matches the runs that they name. */
    private List<ConfigProblem> checkKnownIssues(Config loaded, ArtifactLocator locator) {
        List<ConfigProblem> problems = new ArrayList<>();
        List<KnownIssue> named = loaded.knownIssues().stream()
                .filter(issue -> issue.build() != null)
                .toList();
        if (named.isEmpty()) {
            return problems;
        }
        KnownIssueMatcher matcher = new KnownIssueMatcher(locator);
        for (KnownIssue issue : named) {
            switch (matcher.verify(loaded, issue)) {
                case PASSED -> {}
                case FAILED ->
                    problems.add(ConfigProblem.ofFile(
                            ConfigLoader.FILE,
                            "known issue \"" + issue.name() + "\" is inactive: its pattern does not match its build "
                                    + issue.build(),
                            "correct the pattern, or name a run that failed because of the issue"));
                case PENDING ->
                    spec.commandLine()
                            .getErr()
                            .println("known issue \"" + issue.name()
                                    + "\" was not checked: cannot read the artifacts of its build " + issue.build());
            }
        }
        return problems;
    }

    private void print(RouteCoverage coverage, List<ConfigProblem> problems, List<ConfigProblem> warnings) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        problems.forEach(err::println);
        warnings.forEach(warning -> err.println("warning: " + warning));
        if (output.isJson()) {
            out.println(OutputOptions.json(new Report(
                    coverage.jobs(),
                    coverage.withSig(),
                    coverage.bySource(),
                    coverage.byRule(),
                    coverage.byDefault().size(),
                    coverage.repositories(),
                    problems,
                    warnings)));
            return;
        }
        if (coverage.jobs() > 0) {
            printRules(out, coverage);
        }
        if (coverage.jobs() > 0 || problems.isEmpty()) {
            out.println(coverage.summary());
        }
        String also = warnings.isEmpty() ? "" : ", with " + Plural.of(warnings.size(), "warning");
        out.println((problems.isEmpty() ? "the configuration is valid" : Plural.of(problems.size(), "problem")) + also);
    }

    private static void printRules(PrintWriter out, RouteCoverage coverage) {
        out.println(Plural.of(coverage.jobs(), "job"));
        List<Map.Entry<String, Integer>> rules = coverage.byRule().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        rules.stream().limit(SHOWN_RULES).forEach(rule -> out.printf("%6d  %s%n", rule.getValue(), rule.getKey()));
        int more =
                rules.stream().skip(SHOWN_RULES).mapToInt(Map.Entry::getValue).sum();
        if (more > 0) {
            out.printf("%6d  by %s%n", more, Plural.of(rules.size() - SHOWN_RULES, "other rule"));
        }
        List<Job> byDefault = coverage.byDefault();
        out.printf("%6d  by the default only%n", byDefault.size());
        byDefault.stream()
                .limit(SHOWN_JOBS)
                .forEach(job -> out.println("        " + job.name() + "  " + job.file() + ":" + job.line()));
        if (byDefault.size() > SHOWN_JOBS) {
            out.println("        and " + (byDefault.size() - SHOWN_JOBS) + " more");
        }
        out.println(coverage.sources());
    }
}
