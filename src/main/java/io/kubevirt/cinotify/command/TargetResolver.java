// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.routing.SigNames;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves a word to an area, a SIG or a job, in this order.
 *
 * @param jobs the jobs; empty without job configuration
 */
public record TargetResolver(Set<String> areas, SigDirectory sigs, SigNames names, JobConfig jobs) {
    private static final int MAX_CANDIDATES = 8;
    /** Shorter words match too many job names. */
    private static final int MIN_PART = 4;

    private static final int MAX_WORD = 120;

    sealed interface Target {
        record OfArea(String area) implements Target {}

        record OfSig(Sig sig) implements Target {}
        /** A job; jobs of one name may differ by branch. */
        record OfJob(Job job) implements Target {}

        record Several(List<String> jobs) implements Target {}
        /** Nothing matches; these names are similar. */
        record Unknown(List<String> nearest) implements Target {}
    }

    Target find(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        if (wanted.length() > MAX_WORD) {
            return new Target.Unknown(List.of());
        }
        if (wanted.startsWith("@") && wanted.indexOf('/') > 0) {
            return find(wanted.substring(wanted.indexOf('/') + 1));
        }
        String area = wanted.startsWith("area/") ? wanted.substring("area/".length()) : wanted;
        if (areas.contains(area)) {
            return new Target.OfArea(area);
        }
        Optional<Sig> sig = sig(wanted);
        return sig.<Target>map(Target.OfSig::new).orElseGet(() -> job(word, wanted));
    }

    /** A SIG by its short name, with or without {@code sig-} or {@code sig/}. */
    Optional<Sig> sig(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        String bare =
                wanted.startsWith("sig-") || wanted.startsWith("sig/") ? wanted.substring("sig-".length()) : wanted;
        // Whole names only: "compute-something" is not SIG compute.
        return sigs.sig(wanted).or(() -> sigs.sig(bare)).or(() -> names.resolve(bare)
                .filter(found -> bare.indexOf('-') < 0 || found.equals(bare) || found.startsWith("wg-"))
                .flatMap(sigs::sig));
    }

    private Target job(String word, String wanted) {
        Optional<Job> exact = jobs.byName(word).or(() -> jobs.byName(wanted));
        if (exact.isPresent()) {
            return new Target.OfJob(exact.get());
        }
        List<String> containing = wanted.length() < MIN_PART
                ? List.of()
                : jobs.all().stream()
                        .map(Job::name)
                        .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted))
                        .distinct()
                        .toList();
        if (containing.size() == 1) {
            return new Target.OfJob(jobs.byName(containing.getFirst()).orElseThrow());
        }
        return containing.isEmpty()
                ? new Target.Unknown(nearest(wanted))
                : new Target.Several(containing.stream().limit(MAX_CANDIDATES).toList());
    }

    private List<String> nearest(String wanted) {
        List<String> near = new ArrayList<>();
        ClosestMatch.find(wanted, CommandRegistry.VERBS).ifPresent(near::add);
        ClosestMatch.find(wanted, areas).ifPresent(near::add);
        List<String> sigNames = sigs.sigs().stream().map(Sig::shortName).toList();
        ClosestMatch.find(wanted, sigNames)
                .or(() -> wanted.startsWith("sig") && wanted.length() > MIN_PART
                        ? ClosestMatch.find(wanted.substring(MIN_PART), sigNames)
                        : Optional.empty())
                .map(TargetResolver::sigName)
                .ifPresent(near::add);
        ClosestMatch.find(wanted, jobs.all().stream().map(Job::name).distinct().toList())
                .ifPresent(near::add);
        return near;
    }

    /** The name of a SIG with its prefix: {@code sig-example}, {@code wg-example}. */
    static String sigName(String shortName) {
        return shortName.startsWith("wg-") || shortName.startsWith("ug-") ? shortName : "sig-" + shortName;
    }
}
