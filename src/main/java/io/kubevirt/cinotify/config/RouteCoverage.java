// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.RouteSource;
import io.kubevirt.cinotify.text.Plural;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many jobs the configuration routes to a SIG. The default is no SIG that somebody chose for a job.
 *
 * @param withSig jobs with a SIG of their own
 * @param withoutSig jobs that a rule or a repository routes to no SIG, because they belong to the CI itself
 * @param bySource jobs by the source that routes them
 * @param byDefault jobs that only the default routes, by file and line
 * @param fallback the SIG of the default
 * @param repositories repositories in which no job has a SIG or a rule, the one with the most jobs first
 */
public record RouteCoverage(
        int withSig,
        int withoutSig,
        SequencedMap<RouteSource, Integer> bySource,
        SequencedMap<String, Integer> byRule,
        List<Job> byDefault,
        String fallback,
        List<String> repositories) {
    private static final int SHOWN = 7;
    private static final int ALL = 100;

    public static final RouteCoverage NONE =
            new RouteCoverage(0, 0, new TreeMap<>(), new TreeMap<>(), List.of(), Diagnosis.NO_SIG, List.of());

    /** Routes each job once. */
    public static RouteCoverage of(Config config) {
        int withSig = 0;
        int withoutSig = 0;
        SequencedMap<RouteSource, Integer> bySource = new TreeMap<>();
        SequencedMap<String, Integer> byRule = new TreeMap<>();
        List<Job> byDefault = new ArrayList<>();
        Map<Repository, Integer> unowned = new HashMap<>();
        for (Job job : config.jobs().all()) {
            Route route = config.diagnoser().route(job);
            boolean isDefault = route.source() == RouteSource.DEFAULT;
            bySource.merge(route.source(), 1, Integer::sum);
            if (job.repository() != null) {
                // A negative count marks a repository with a route.
                unowned.merge(job.repository(), isDefault ? 1 : -1, (old, one) -> old < 0 || one < 0 ? -1 : old + 1);
            }
            if (isDefault) {
                byDefault.add(job);
                continue;
            }
            byRule.merge(route.rule(), 1, Integer::sum);
            if (route.sig().equals(Diagnosis.NO_SIG)) {
                withoutSig++;
            } else {
                withSig++;
            }
        }
        return new RouteCoverage(
                withSig,
                withoutSig,
                bySource,
                byRule,
                List.copyOf(byDefault),
                config.file().routing().fallback().sig(),
                withoutRoute(unowned));
    }

    private static List<String> withoutRoute(Map<Repository, Integer> unowned) {
        return unowned.entrySet().stream()
                .filter(repository -> repository.getValue() > 0)
                .sorted(Map.Entry.<Repository, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(repository -> repository.getKey().fullName())
                .toList();
    }

    public int jobs() {
        return withSig + withoutSig + byDefault.size();
    }

    /** {@code 95 % of 6,079 jobs have a SIG; 12 repositories have none: a/b, … and 5 more}. */
    public String summary() {
        if (jobs() == 0) {
            return "no job is known, so it is unknown which have a SIG: give --job-config-path";
        }
        String others = withoutSig == 0 ? "" : ", " + percent(withoutSig) + " belong to the CI itself";
        String rest =
                byDefault.isEmpty() ? "" : ", " + percent(byDefault.size()) + " have only the default, " + fallback;
        String repositoriesWithout = repositories.isEmpty()
                ? ""
                : "; " + (repositories.size() == 1 ? "1 repository has" : repositories.size() + " repositories have")
                        + " none: " + Plural.first(SHOWN, repositories);
        return percent(withSig) + " of " + Plural.grouped(jobs(), "job") + " have a SIG" + others + rest
                + repositoriesWithout;
    }

    /** {@code by source: rules 1,412, repositories 230, default 13}. */
    public String sources() {
        return "by source: "
                + bySource.entrySet().stream()
                        .map(source -> source.getKey().value() + String.format(Locale.ROOT, " %,d", source.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** Rounded down, so that 100 % means all, and 0 % is shown only for none. */
    private String percent(int count) {
        int share = (int) ((long) ALL * count / jobs());
        return share == 0 && count > 0 ? "less than 1 %" : share + " %";
    }
}
