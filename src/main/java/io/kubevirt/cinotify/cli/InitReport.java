// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.config.RepositoryGuesses;
import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.text.Plural;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;

/** Lists the guesses of {@code init} with their reasons, bounded; the written file has all of them. */
record InitReport(PrintWriter out, ProwFacts facts) {
    private static final int SHOWN = 7;

    /**
     * @param hostsGuessed whether the hosts are from Prow's files
     * @param bucketsGuessed whether the buckets are from Prow's files
     * @param sigFolders SIGs by the folders of jobs
     * @param notDispatched repositories whose events hook does not send here
     */
    void print(boolean hostsGuessed, boolean bucketsGuessed, Set<String> sigFolders, List<String> notDispatched) {
        out.println("guesses:");
        if (hostsGuessed && !facts.hosts().isEmpty()) {
            guess("prow.hosts", facts.hosts(), "plank.job_url_prefix_config");
        }
        if (bucketsGuessed && !facts.buckets().isEmpty()) {
            guess("prow.buckets", facts.buckets().stream().map(Bucket::toString).toList(), "default decoration configs");
        }
        if (!facts.hidden().isEmpty()) {
            guess("visibility: private", List.copyOf(facts.hidden()), "deck.hidden_repos");
        }
        if (!sigFolders.isEmpty()) {
            guess("sigs.yaml", List.copyOf(sigFolders), "folders sig-* of the job configuration; --sigs replaces them");
        }
        guess(
                "routing.repositories",
                facts.guesses().known().entrySet().stream()
                        .map(guess -> guess.getKey() + " is of " + guess.getValue().sig())
                        .toList(),
                "most jobs of the repository have this SIG");
        List<String> unknown = facts.guesses().unknown().sequencedKeySet().stream()
                .sorted((a, b) -> jobs(facts.guesses(), b) - jobs(facts.guesses(), a))
                .map(repository -> repository + " (" + Plural.of(jobs(facts.guesses(), repository), "job") + ")")
                .toList();
        if (!unknown.isEmpty()) {
            out.println("no job has a SIG in " + unknown.size() + (unknown.size() == 1 ? " repository: " : " repositories: ") + Plural.first(SHOWN, unknown));
        }
        if (!facts.sigWords().isEmpty()) {
            out.println("not taken for SIGs, because sigs.yaml does not have them: " + Plural.first(
                    SHOWN, facts.sigWords().keySet().stream().map(word -> "sig-" + word).toList()));
        }
        if (!notDispatched.isEmpty()) {
            out.println("hook sends no events of " + Plural.first(SHOWN, notDispatched)
                    + ": add ci-notify to external_plugins, see docs/operate.md");
        }
    }

    private static int jobs(RepositoryGuesses guesses, Repository repository) {
        return guesses.unknown().getOrDefault(repository, 0);
    }

    private void guess(String key, List<String> values, String reason) {
        if (!values.isEmpty()) {
            out.println("  " + key + ": " + Plural.first(SHOWN, values) + " (" + reason + ")");
        }
    }
}
