/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.SigNames;
import io.kubevirt.cinotify.document.Nearest;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a word names: an area, a SIG or a job, in this order.
 *
 * @param areas the areas of the operations group
 * @param sigs the SIGs
 * @param names what else the SIGs are called
 * @param jobs the jobs; empty where no configuration is known
 */
public record Targets(Set<String> areas, SigDirectory sigs, SigNames names, JobConfig jobs) {

    private static final int MOST_CANDIDATES = 8;

    /** Shorter words are in the names of too many jobs to mean one. */
    private static final int LEAST_PART = 4;

    private static final int LONGEST_WORD = 120;

    /** What a word was found to name. */
    sealed interface Target {

        /** An area of the operations group. */
        record OfArea(String area) implements Target {}

        /** A SIG. */
        record OfSig(Sig sig) implements Target {}

        /** A job: entries of one name, which may differ by their branches. */
        record OfJob(Job job) implements Target {}

        /** Several jobs could be meant. */
        record Several(List<String> jobs) implements Target {}

        /** Nothing of that name; these are near. */
        record Unknown(List<String> nearest) implements Target {}
    }

    Target find(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        if (wanted.length() > LONGEST_WORD) {
            return new Target.Unknown(List.of());
        }
        String area = wanted.startsWith("area/") ? wanted.substring("area/".length()) : wanted;
        if (areas.contains(area)) {
            return new Target.OfArea(area);
        }
        Optional<Sig> sig = sig(wanted);
        return sig.<Target>map(Target.OfSig::new).orElseGet(() -> job(word, wanted));
    }

    /** The SIG of a word: its short name, with or without {@code sig-} or {@code sig/} before it. */
    Optional<Sig> sig(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        String bare =
                wanted.startsWith("sig-") || wanted.startsWith("sig/") ? wanted.substring("sig-".length()) : wanted;
        // Only whole names: "compute-something" is a slip, not the SIG.
        return sigs.sig(wanted).or(() -> sigs.sig(bare)).or(() -> names.resolve(bare)
                .filter(found -> bare.indexOf('-') < 0 || found.equals(bare) || found.startsWith("wg-"))
                .flatMap(sigs::sig));
    }

    private Target job(String word, String wanted) {
        Optional<Job> exact = jobs.byName(word).or(() -> jobs.byName(wanted));
        if (exact.isPresent()) {
            return new Target.OfJob(exact.get());
        }
        List<String> containing = wanted.length() < LEAST_PART
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
                : new Target.Several(containing.stream().limit(MOST_CANDIDATES).toList());
    }

    private List<String> nearest(String wanted) {
        List<String> near = new ArrayList<>();
        Nearest.to(wanted, Grammar.VERBS).ifPresent(near::add);
        Nearest.to(wanted, areas).ifPresent(near::add);
        List<String> sigNames = sigs.sigs().stream().map(Sig::shortName).toList();
        Nearest.to(wanted, sigNames)
                .or(() -> wanted.startsWith("sig") && wanted.length() > LEAST_PART
                        ? Nearest.to(wanted.substring(LEAST_PART), sigNames)
                        : Optional.empty())
                .map(Targets::sigWord)
                .ifPresent(near::add);
        Nearest.to(wanted, jobs.all().stream().map(Job::name).distinct().toList())
                .ifPresent(near::add);
        return near;
    }

    /** As people call a SIG: {@code sig-example}, {@code wg-example}. */
    static String sigWord(String shortName) {
        return shortName.startsWith("wg-") || shortName.startsWith("ug-") ? shortName : "sig-" + shortName;
    }
}
