// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import io.kubevirt.cinotify.prow.ProwSettings.Preset;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All jobs of a Prow instance. Immutable: a new configuration is a new object. */
public final class JobConfig {
    public static final JobConfig EMPTY = of(List.of());

    private final List<Job> jobs;
    private final List<ConfigProblem> problems;
    private final Map<String, List<Job>> byName;
    private final List<PeriodicJob> periodics;

    private JobConfig(List<Job> jobs, List<ConfigProblem> problems) {
        this.jobs = jobs;
        this.problems = problems;
        this.byName = jobs.stream()
                .collect(Collectors.groupingBy(
                        Job::name, Collectors.collectingAndThen(Collectors.toList(), List::copyOf)));
        this.periodics = jobs.stream()
                .filter(job -> job.type() == JobType.PERIODIC)
                .flatMap(job ->
                        PeriodicSchedule.of(job.trigger()).map(schedule -> new PeriodicJob(job, schedule)).stream())
                .toList();
    }

    public static JobConfig of(Collection<JobConfigFile> files) {
        return of(files, List.of());
    }

    /** The jobs of all files, with the variables of the presets in any file and of other presets. */
    public static JobConfig of(Collection<JobConfigFile> files, Collection<Preset> presets) {
        List<Preset> all = Stream.concat(presets.stream(), files.stream().flatMap(file -> file.presets().stream()))
                .filter(preset -> !preset.env().isEmpty())
                .toList();
        return new JobConfig(
                files.stream()
                        .flatMap(file -> file.jobs().stream())
                        .map(job -> job.withEnv(Preset.environment(job, all)))
                        .sorted(Comparator.comparing(Job::file).thenComparingInt(Job::line))
                        .toList(),
                files.stream()
                        .flatMap(file -> file.problems().stream())
                        .sorted(ConfigProblem.BY_FILE_AND_LINE)
                        .toList());
    }

    /** All jobs, sorted by file and line. */
    public List<Job> all() {
        return jobs;
    }

    /** Periodic jobs with a valid schedule, sorted by file and line. */
    public List<PeriodicJob> periodics() {
        return periodics;
    }

    /** Only some of the jobs. */
    public JobConfig filter(Predicate<Job> condition) {
        List<Job> filtered = jobs.stream().filter(condition).toList();
        return filtered.size() == jobs.size() ? this : new JobConfig(filtered, problems);
    }

    public List<ConfigProblem> problems() {
        return problems;
    }

    public Map<JobType, Integer> counts() {
        Map<JobType, Integer> counts = new EnumMap<>(JobType.class);
        jobs.forEach(job -> counts.merge(job.type(), 1, Integer::sum));
        return Map.copyOf(counts);
    }

    /** All jobs with this name: several if branches have separate entries. */
    public List<Job> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** The job with this name; the first one if there are several. */
    public Optional<Job> byName(String name) {
        return byName(name, null, null);
    }

    /** The job of a run: of its repository, unless periodic, and on its branch; else the first of the name. */
    public Optional<Job> byName(String name, @Nullable Repository repository, @Nullable String baseRef) {
        List<Job> candidates = named(name).stream()
                .filter(job ->
                        repository == null || job.type() == JobType.PERIODIC || repository.equals(job.repository()))
                .toList();
        return candidates.stream()
                .filter(job -> baseRef == null || job.branches().shouldRun(baseRef))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    public record PeriodicJob(Job job, PeriodicSchedule schedule) {}
}
