// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every job that a Prow is configured to run. Immutable: a new configuration is a new object. */
public final class JobConfig {

    /** No job is known, as where no job configuration is mounted. */
    public static final JobConfig EMPTY = of(List.of());

    private final List<Job> jobs;
    private final List<ConfigProblem> problems;
    private final Map<String, List<Job>> byName;
    private final List<PeriodicJob> periodics;

    private JobConfig(List<Job> jobs, List<ConfigProblem> problems) {
        this.jobs = jobs;
        this.problems = problems;
        this.byName = jobs.stream().collect(Collectors.groupingBy(Job::name));
        this.periodics = jobs.stream()
                .filter(job -> job.type() == JobType.PERIODIC)
                .flatMap(job ->
                        PeriodicSchedule.of(job.trigger()).map(schedule -> new PeriodicJob(job, schedule)).stream())
                .toList();
    }

    /** The jobs of all files together, in reading order whatever the order of the files given. */
    public static JobConfig of(Collection<JobConfigFile> files) {
        return new JobConfig(
                files.stream()
                        .flatMap(file -> file.jobs().stream())
                        .sorted(Comparator.comparing(Job::file).thenComparingInt(Job::line))
                        .toList(),
                files.stream()
                        .flatMap(file -> file.problems().stream())
                        .sorted(ConfigProblem.BY_FILE_AND_LINE)
                        .toList());
    }

    /** Every job, by file and line. */
    public List<Job> all() {
        return jobs;
    }

    /** The jobs that the clock starts, by file and line; without those whose schedule cannot be read. */
    public List<PeriodicJob> periodics() {
        return periodics;
    }

    /** What could not be read, by file and line. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** How many entries there are of each type. */
    public Map<JobType, Integer> counts() {
        Map<JobType, Integer> counts = new EnumMap<>(JobType.class);
        jobs.forEach(job -> counts.merge(job.type(), 1, Integer::sum));
        return Map.copyOf(counts);
    }

    /** The jobs of a name: more than one where branches have entries of their own. */
    public List<Job> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** The job of a name; the first where there are several. */
    public Optional<Job> byName(String name) {
        return byName(name, null, null);
    }

    /**
     * The job of a run.
     *
     * @param repository the run's repository, where known: a presubmit or postsubmit of another one is not the job
     * @param baseRef the run's branch, where known: decides between several jobs of the name; the first if none runs there
     */
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
}
