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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.diagnosis.Known;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.evidence.Evidence;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.settings.Settings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether somebody already cares for a failure. An issue counts only once its pattern has matched the run or the
 * example that it names: a slip in a pattern must not hide failures.
 */
public final class KnownIssues {

    private final ArtifactPlaces places;
    private final Map<String, Boolean> tried = new ConcurrentHashMap<>();

    /** @param places where the named runs are read */
    public KnownIssues(ArtifactPlaces places) {
        this.places = places;
    }

    /** How the trial of an issue's pattern went. */
    public enum Trial {
        /** It matches what it is to match: it counts. */
        PASSED,
        /** It does not: it does not count. */
        FAILED,
        /** The run that it names cannot be read now: it does not count yet. */
        OPEN
    }

    /**
     * What is known of a failure.
     *
     * @param issue the issue that it matches
     * @param counts whether its pattern has matched the run or the example that it names
     * @param explains whether it is all that failed in the run, alone or with others that mute
     */
    public record Match(KnownIssue issue, boolean counts, boolean explains) {

        /** What a trace says of it. */
        public String sentence() {
            Known known = known();
            if (known == null) {
                return "known issue \"" + issue.name() + "\" matches, but does not count: its pattern was not seen to"
                        + " match its own build " + issue.build();
            }
            return known.sentence()
                    + (issue.mutes() && !explains ? "; it mutes nothing here, as it is not all that failed" : "");
        }

        /** Who cares for it; null if that does not count. */
        public @Nullable Known known() {
            return !counts ? null : explains ? issue.known() : issue.known().told();
        }
    }

    /**
     * The issue in force that tells the most of a failure: one that mutes it goes before one that only cares for it, and that
     * before one that does not count. May fetch the runs that the issues name, once.
     */
    public Optional<Match> match(List<KnownIssue> issues, Settings settings, Symptoms symptoms, Instant now) {
        List<KnownIssue> candidates = issues.stream()
                .filter(issue -> issue.isInForce(now))
                .filter(issue -> issue.matches(symptoms))
                .toList();
        List<KnownIssue> muting = candidates.stream()
                .filter(KnownIssue::mutes)
                .filter(issue -> attempt(settings, issue) == Trial.PASSED)
                .toList();
        return explaining(muting, symptoms)
                .map(issue -> new Match(issue, true, true))
                .or(() -> muting.stream().findFirst().map(issue -> new Match(issue, true, false)))
                .or(() -> candidates.stream()
                        .filter(issue -> !issue.mutes() && attempt(settings, issue) == Trial.PASSED)
                        .findFirst()
                        .map(issue -> new Match(issue, true, true)))
                .or(() -> candidates.stream().findFirst().map(issue -> new Match(issue, false, false)));
    }

    /** One that is all that failed; or, if several are so together, the first of them that ends. */
    private static Optional<KnownIssue> explaining(List<KnownIssue> muting, Symptoms symptoms) {
        return muting.stream()
                .filter(issue -> KnownIssue.explain(List.of(issue), symptoms))
                .findFirst()
                .or(() -> muting.stream()
                        .filter(issue -> KnownIssue.explain(muting, symptoms))
                        .min(Comparator.comparing(KnownIssue::until)));
    }

    /** Tries the pattern of an issue; may fetch the run that it names, once. */
    public Trial attempt(Settings settings, KnownIssue issue) {
        if (!issue.matchesExample()) {
            return Trial.FAILED;
        }
        if (issue.build() == null) {
            return issue.example() == null ? Trial.FAILED : Trial.PASSED;
        }
        String key = issue.pattern().pattern() + " " + issue.build();
        Boolean known = tried.get(key);
        if (known != null) {
            return known ? Trial.PASSED : Trial.FAILED;
        }
        Optional<JobRun> run = ArtifactPlaces.run(settings, issue.build());
        Optional<Evidence> evidence = run.flatMap(of -> places.read(settings, of));
        // A store that is away proves nothing; the next match tries again.
        if (evidence.isEmpty() || evidence.get().isUnreachable()) {
            return Trial.OPEN;
        }
        Symptoms symptoms =
                settings.diagnoser().diagnose(run.orElseThrow(), evidence.get()).symptoms();
        boolean matches = symptoms != null && issue.matches(symptoms);
        tried.put(key, matches);
        return matches ? Trial.PASSED : Trial.FAILED;
    }
}
