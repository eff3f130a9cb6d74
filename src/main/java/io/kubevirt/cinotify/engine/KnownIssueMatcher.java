// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.prow.JobRun;
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
public final class KnownIssueMatcher {

    private final ArtifactLocator locator;
    private final Map<String, Boolean> verified = new ConcurrentHashMap<>();

    /** @param places where the named runs are read */
    public KnownIssueMatcher(ArtifactLocator places) {
        this.locator = places;
    }

    /** How the trial of an issue's pattern went. */
    public enum Verification {
        /** It matches what it is to match: it counts. */
        PASSED,
        /** It does not: it does not count. */
        FAILED,
        /** The run that it names cannot be read now: it does not count yet. */
        PENDING
    }

    /**
     * What is known of a failure.
     *
     * @param issue the issue that it matches
     * @param verified whether its pattern has matched the run or the example that it names
     * @param explainsAll whether it is all that failed in the run, alone or with others that mute
     */
    public record Match(KnownIssue issue, boolean verified, boolean explainsAll) {

        /** What a trace says of it. */
        public String sentence() {
            KnownIssueMatch known = known();
            if (known == null) {
                return "known issue \"" + issue.name() + "\" matches, but does not count: its pattern was not seen to"
                        + " match its own build " + issue.build();
            }
            return known.sentence()
                    + (issue.mutes() && !explainsAll ? "; it mutes nothing here, as it is not all that failed" : "");
        }

        /** Who cares for it; null if that does not count. */
        public @Nullable KnownIssueMatch known() {
            return !verified
                    ? null
                    : explainsAll ? issue.toMatch() : issue.toMatch().unmuted();
        }
    }

    /**
     * The issue in force that tells the most of a failure: one that mutes it goes before one that only cares for it, and that
     * before one that does not count. May fetch the runs that the issues name, once.
     */
    public Optional<Match> match(List<KnownIssue> issues, Config settings, Symptoms symptoms, Instant now) {
        List<KnownIssue> candidates = issues.stream()
                .filter(issue -> issue.isInForce(now))
                .filter(issue -> issue.matches(symptoms))
                .toList();
        List<KnownIssue> muting = candidates.stream()
                .filter(KnownIssue::mutes)
                .filter(issue -> verify(settings, issue) == Verification.PASSED)
                .toList();
        return explaining(muting, symptoms)
                .map(issue -> new Match(issue, true, true))
                .or(() -> muting.stream().findFirst().map(issue -> new Match(issue, true, false)))
                .or(() -> candidates.stream()
                        .filter(issue -> !issue.mutes() && verify(settings, issue) == Verification.PASSED)
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
    public Verification verify(Config settings, KnownIssue issue) {
        if (!issue.matchesExample()) {
            return Verification.FAILED;
        }
        if (issue.build() == null) {
            return issue.example() == null ? Verification.FAILED : Verification.PASSED;
        }
        String key = issue.pattern().pattern() + " " + issue.build();
        Boolean known = verified.get(key);
        if (known != null) {
            return known ? Verification.PASSED : Verification.FAILED;
        }
        Optional<JobRun> run = ArtifactLocator.run(settings, issue.build());
        Optional<Evidence> evidence = run.flatMap(of -> locator.read(settings, of));
        // A store that is away proves nothing; the next match tries again.
        if (evidence.isEmpty() || evidence.get().isUnreachable()) {
            return Verification.PENDING;
        }
        Symptoms symptoms =
                settings.diagnoser().diagnose(run.orElseThrow(), evidence.get()).symptoms();
        boolean matches = symptoms != null && issue.matches(symptoms);
        verified.put(key, matches);
        return matches ? Verification.PASSED : Verification.FAILED;
    }
}
