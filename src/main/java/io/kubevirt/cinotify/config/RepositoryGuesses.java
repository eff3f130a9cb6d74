// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.RouteSource;
import io.kubevirt.cinotify.text.Plural;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The SIGs that repositories seem to have: where jobs that only the default routes are in a repository whose other jobs
 * agree on a SIG. Nothing is guessed from words in names.
 *
 * @param known by repository
 * @param unknown repositories in which no job has a SIG, with the number of their jobs
 */
public record RepositoryGuesses(SequencedMap<Repository, Guess> known, SequencedMap<Repository, Integer> unknown) {
    /** At least two thirds of the jobs with a SIG agree on it. */
    private static final int SHARE = 3;

    /**
     * The guess for a repository.
     *
     * @param agreeing jobs with this SIG
     * @param unowned jobs that the guess routes
     */
    public record Guess(String sig, int agreeing, int jobs, int unowned) {
        public String reason() {
            return agreeing + " of " + Plural.of(jobs, "job") + (agreeing == 1 ? " has" : " have") + " this SIG, "
                    + unowned + " none";
        }
    }

    public static RepositoryGuesses of(Config config) {
        Map<Repository, Map<String, Integer>> counts = new TreeMap<>();
        for (Job job : config.jobs().all()) {
            if (job.repository() != null) {
                Route route = config.diagnoser().route(job);
                String sig = route.source() == RouteSource.DEFAULT ? "" : route.sig();
                counts.computeIfAbsent(job.repository(), repository -> new HashMap<>())
                        .merge(sig, 1, Integer::sum);
            }
        }
        SequencedMap<Repository, Guess> known = new LinkedHashMap<>();
        SequencedMap<Repository, Integer> unknown = new LinkedHashMap<>();
        counts.forEach((repository, sigs) -> {
            int jobs = sigs.values().stream().mapToInt(Integer::intValue).sum();
            int unowned = sigs.getOrDefault("", 0);
            if (unowned == jobs) {
                unknown.put(repository, jobs);
            } else if (unowned > 0) {
                guess(sigs, jobs, unowned).ifPresent(guess -> known.put(repository, guess));
            }
        });
        return new RepositoryGuesses(known, unknown);
    }

    private static Optional<Guess> guess(Map<String, Integer> sigs, int jobs, int unowned) {
        return sigs.entrySet().stream()
                .filter(sig -> !sig.getKey().isEmpty())
                .max(Comparator.comparing(Map.Entry<String, Integer>::getValue).thenComparing(Map.Entry::getKey))
                .filter(most -> !most.getKey().equals(Diagnosis.NO_SIG))
                .filter(most -> most.getValue() * SHARE >= (jobs - unowned) * (SHARE - 1))
                .filter(most -> most.getValue() * SHARE >= jobs)
                .map(most -> new Guess(most.getKey(), most.getValue(), jobs, unowned));
    }
}
