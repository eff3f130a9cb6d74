// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.text.Plural;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Lists the guesses of {@code init} with their reasons, bounded; the written files have all of them as comments. */
record InitReport(ProwFacts facts, Set<String> sigFolders, List<String> notDispatched) {
    static final String PREFIXES = "plank.job_url_prefix_config";
    static final String DECORATION = "default decoration configs";
    static final String HIDDEN = "deck.hidden_repos";
    private static final int SHOWN = 7;

    void print(PrintWriter out) {
        List<String> guesses = guesses();
        if (!guesses.isEmpty()) {
            out.println("guesses, also in the files as comments:");
            guesses.forEach(guess -> out.println("  " + guess));
        }
        SequencedMap<Repository, Integer> unknown = facts.guesses().unknown();
        if (!unknown.isEmpty()) {
            List<String> byJobs = unknown.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .map(repository -> repository.getKey() + " (" + Plural.of(repository.getValue(), "job") + ")")
                    .toList();
            out.println("no job has a SIG in " + unknown.size()
                    + (unknown.size() == 1 ? " repository: " : " repositories: ") + Plural.first(SHOWN, byJobs));
        }
        if (!facts.sigWords().isEmpty()) {
            List<String> words = facts.sigWords().keySet().stream()
                    .map(word -> "sig-" + word)
                    .toList();
            out.println("not taken for SIGs, because sigs.yaml does not have them: " + Plural.first(SHOWN, words));
        }
        if (!notDispatched.isEmpty()) {
            out.println("hook sends no events of " + Plural.first(SHOWN, notDispatched)
                    + ": add ci-notify to external_plugins, see docs/operate.md");
        }
    }

    private List<String> guesses() {
        List<String> guesses = new ArrayList<>();
        if (!facts.given().contains(ProwFacts.HOSTS)) {
            guess(guesses, ProwFacts.HOSTS, facts.hosts(), PREFIXES);
        }
        if (!facts.given().contains(ProwFacts.BUCKETS)) {
            List<String> buckets =
                    facts.buckets().stream().map(Bucket::toString).toList();
            guess(guesses, ProwFacts.BUCKETS, buckets, DECORATION);
        }
        guess(guesses, "visibility: private", List.copyOf(facts.hidden()), HIDDEN);
        guess(
                guesses,
                "sigs.yaml",
                List.copyOf(sigFolders),
                "folders sig-* of the job configuration; --sigs replaces them");
        List<String> repositories = facts.guesses().known().entrySet().stream()
                .map(guess -> guess.getKey() + " is of " + guess.getValue().sig())
                .toList();
        guess(guesses, "routing.repositories", repositories, "most jobs of the repository have this SIG");
        return guesses;
    }

    private static void guess(List<String> guesses, String key, List<String> values, String reason) {
        if (!values.isEmpty()) {
            guesses.add(key + ": " + Plural.first(SHOWN, values) + " (" + reason + ")");
        }
    }
}
