// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfigFile;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.PeriodicSchedule;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.RouteSource;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pull request to the job configuration changes for people: owners, whether a job blocks merging, schedules, and
 * problems. Changes of pods, resources and the like change nothing for anybody here.
 */
final class JobChanges {
    private static final int NEXT_RUNS = 3;
    private static final int MOST = 50;

    private final CommandEnvironment environment;
    private final Instant now;
    private final List<Change> changes;
    private final List<ConfigProblem> problems;

    /** A job with all its entries; they differ by their branches. */
    private record Key(JobType type, @Nullable Repository repository, String name) {
        static Key of(Job job) {
            return new Key(job.type(), job.repository(), job.name());
        }
    }

    /** What people notice of an entry of a job. */
    private record Facts(String sig, String area, boolean required, String schedule) {}

    /** Either is null for a new or a removed job; of several entries of a job, those that differ. */
    private record Change(@Nullable Job before, @Nullable Job after, boolean partial) {}

    private JobChanges(JobFiles files, CommandEnvironment environment, Instant now) {
        this.environment = environment;
        this.now = now;
        Set<String> known = files.before().stream()
                .flatMap(file -> file.problems().stream())
                .map(problem -> problem.file() + problem.problem())
                .collect(Collectors.toSet());
        this.problems = files.after().stream()
                .flatMap(file -> file.problems().stream())
                .filter(problem -> !known.contains(problem.file() + problem.problem()))
                .toList();
        this.changes = changes(files);
    }

    /** The lines of a comment, in Markdown; empty if nothing changes for anybody. */
    static List<String> lines(JobFiles files, CommandEnvironment environment, Instant now) {
        return new JobChanges(files, environment, now).lines();
    }

    private List<String> lines() {
        List<String> lines =
                new ArrayList<>(changes.stream().map(this::line).limit(MOST).toList());
        if (changes.size() > MOST) {
            lines.add("and " + Plural.of(changes.size() - MOST, "more job"));
        }
        problems.stream()
                .limit(MOST)
                .map(problem ->
                        "**problem** " + code(problem.file() + (problem.line() == null ? "" : ":" + problem.line()))
                                + ": " + text(problem.problem()) + "; " + text(problem.hint()))
                .forEach(lines::add);
        return lines;
    }

    private List<Change> changes(JobFiles files) {
        Map<Key, List<Job>> before = byKey(files.before());
        Map<Key, List<Job>> after = byKey(files.after());
        List<Change> found = new ArrayList<>();
        Map<Key, List<Job>> gone = new LinkedHashMap<>(before);
        gone.keySet().removeAll(after.keySet());
        for (Map.Entry<Key, List<Job>> entry : after.entrySet()) {
            List<Job> old = before.containsKey(entry.getKey())
                    ? before.get(entry.getKey())
                    : predecessor(entry.getValue().getFirst(), gone)
                            .map(gone::remove)
                            .orElse(List.of());
            if (old.isEmpty() || isRenamed(old, entry.getValue()) || !facts(old).equals(facts(entry.getValue()))) {
                Job was = old.isEmpty() ? null : different(old, facts(entry.getValue()));
                found.add(new Change(
                        was,
                        different(entry.getValue(), facts(old)),
                        was != null && entry.getValue().size() > 1));
            }
        }
        gone.values().forEach(jobs -> found.add(new Change(jobs.getFirst(), null, false)));
        return found;
    }

    private static Map<Key, List<Job>> byKey(List<JobConfigFile> files) {
        return files.stream()
                .flatMap(file -> file.jobs().stream())
                .collect(Collectors.groupingBy(Key::of, LinkedHashMap::new, Collectors.toList()));
    }

    /** A removed job that the new one continues: the same name elsewhere, or the only one of the file that equals it. */
    private Optional<Key> predecessor(Job job, Map<Key, List<Job>> gone) {
        List<Key> same = gone.keySet().stream()
                .filter(key -> key.type() == job.type() && key.name().equals(job.name()))
                .toList();
        List<Key> equal = gone.entrySet().stream()
                .filter(entry -> isLike(entry.getValue().getFirst(), job) && !isDoubtful(job))
                .map(Map.Entry::getKey)
                .toList();
        return Stream.of(same, equal)
                .filter(keys -> keys.size() == 1)
                .map(List::getFirst)
                .findFirst();
    }

    /** Whether a job of the same file may be missing because it could not be read. */
    private boolean isDoubtful(Job job) {
        return problems.stream().anyMatch(problem -> problem.file().equals(job.file()));
    }

    private static boolean isLike(Job old, Job job) {
        return old.type() == job.type()
                && old.file().equals(job.file())
                && Objects.equals(old.repository(), job.repository())
                && old.trigger().equals(job.trigger())
                && old.optional() == job.optional()
                && old.branches().toString().equals(job.branches().toString())
                && old.annotations().equals(job.annotations());
    }

    private static boolean isRenamed(List<Job> before, List<Job> after) {
        return !before.isEmpty() && !Key.of(before.getFirst()).equals(Key.of(after.getFirst()));
    }

    /** The first entry that has none of the facts, or else the first. */
    private Job different(List<Job> jobs, Set<Facts> facts) {
        return jobs.stream()
                .filter(job -> !facts.contains(facts(job)))
                .findFirst()
                .orElse(jobs.getFirst());
    }

    private Set<Facts> facts(List<Job> jobs) {
        return jobs.stream().map(this::facts).collect(Collectors.toSet());
    }

    private Facts facts(Job job) {
        Route route = environment.diagnoser().route(job);
        return new Facts(route.sig(), route.area(), job.isRequired(), schedule(job));
    }

    private static String schedule(Job job) {
        if (job.type() != JobType.PERIODIC) {
            return "";
        }
        return PeriodicSchedule.of(job.trigger())
                .map(PeriodicSchedule::expression)
                .orElse("none");
    }

    private String line(Change change) {
        Job job = change.after();
        Job old = change.before();
        if (job == null) {
            return old == null
                    ? ""
                    : named(old) + ": removed" + (isDoubtful(old) ? ", or not readable (see the problems)" : "");
        }
        return named(job) + ": " + kind(job, old) + (change.partial() ? " for some of its branches" : "") + "; "
                + owner(job, old) + "; " + blocking(job, old) + schedules(job, old) + recipient(job);
    }

    private String named(Job job) {
        return code(job.name()) + " (" + job.type().prowName()
                + (job.repository() == null
                        ? ""
                        : " of " + code(job.repository().fullName())) + ")";
    }

    private String kind(Job job, @Nullable Job old) {
        if (old == null) {
            return "new";
        }
        if (!old.name().equals(job.name())) {
            return "renamed from " + code(old.name());
        }
        return Key.of(old).equals(Key.of(job))
                ? "changed"
                : "moved from "
                        + (old.repository() == null
                                ? "no repository"
                                : code(old.repository().fullName()));
    }

    private String owner(Job job, @Nullable Job old) {
        Route route = environment.diagnoser().route(job);
        Route was = old == null ? route : environment.diagnoser().route(old);
        return "SIG " + changed(code(route.sig()), code(was.sig())) + ", area "
                + changed(code(route.area()), code(was.area())) + " ("
                + (route.source() == RouteSource.DEFAULT
                        ? "**the default: nothing names its SIG**; a rule of routing or an annotation of the job can"
                        : text(route.because()))
                + ")";
    }

    private static String blocking(Job job, @Nullable Job old) {
        boolean same = old == null || old.isRequired() == job.isRequired();
        return job.isRequired()
                ? (same ? "blocks merging" : "**now blocks merging**")
                : (same ? "does not block merging" : "**no longer blocks merging**");
    }

    private String schedules(Job job, @Nullable Job old) {
        if (job.type() != JobType.PERIODIC) {
            return "";
        }
        Optional<PeriodicSchedule> schedule = PeriodicSchedule.of(job.trigger());
        String expression = schedule(job);
        String text = "; schedule " + changed(code(expression), old == null ? code(expression) : code(schedule(old)));
        if (schedule.isEmpty()) {
            return text + ", so it never runs by itself";
        }
        if (job.trigger().cron() == null) {
            return text;
        }
        List<String> next = new ArrayList<>();
        Instant at = now;
        for (int run = 0; run < NEXT_RUNS; run++) {
            at = schedule.get().nextAfter(at);
            next.add(environment.markup().timestamp(at));
        }
        return text + ", next runs " + String.join(", ", next);
    }

    private String recipient(Job job) {
        Route route = environment.diagnoser().route(job);
        Diagnosis diagnosis =
                new Diagnosis(route.cause(), route.sig(), route.area(), route.confidence(), route.rule(), List.of());
        Recipient to = environment.recipients().resolve(diagnosis, job.isRequired(), now);
        String person = to.handle() == null || to.level() == null
                ? "only the channel would be notified"
                : code(to.handle()) + " (" + to.level().title() + ") would be notified "
                        + (to.isDeferredAt(now) ? "at " + environment.markup().timestamp(to.at()) : "now");
        return "; if it broke now, " + person
                + (to.sigPerson() == null ? "" : ", and for the SIG " + code(to.sigPerson()));
    }

    private static String changed(String now, String before) {
        return now.equals(before) ? now : now + " (was " + before + ")";
    }

    private String code(String outside) {
        return environment.markup().code(outside);
    }

    private String text(String outside) {
        return environment.markup().text(outside);
    }
}
