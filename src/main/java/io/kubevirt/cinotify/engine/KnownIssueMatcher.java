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
 * Matches failures against known issues. An issue is active only after its pattern matched the run or the example that it
 * names: a mistake in a pattern must not hide failures.
 */
public final class KnownIssueMatcher {
    private final ArtifactLocator locator;
    private final Map<String, Boolean> verified = new ConcurrentHashMap<>();

    public KnownIssueMatcher(ArtifactLocator locator) {
        this.locator = locator;
    }

    /** The result of matching the pattern of an issue against its own run or example. */
    public enum Verification {
        PASSED,
        FAILED,
        /** The run cannot be read now: the issue is not active yet. */
        PENDING
    }

    /**
     * The known issue of a failure.
     *
     * @param explainsAll whether it covers all failures of the run, alone or with other muting issues
     */
    public record Match(KnownIssue issue, boolean verified, boolean explainsAll) {
        public String sentence() {
            KnownIssueMatch known = known();
            if (known == null) {
                return "known issue \"" + issue.name()
                        + "\" matches, but is inactive: its pattern did not match its own" + " build " + issue.build();
            }
            return known.sentence()
                    + (issue.mute() && !explainsAll ? "; it does not mute the run, which has other failures" : "");
        }

        /** The match for the diagnosis; null if the issue is inactive. */
        public @Nullable KnownIssueMatch known() {
            return !verified
                    ? null
                    : explainsAll ? issue.toMatch() : issue.toMatch().unmuted();
        }
    }

    /**
     * Finds the best match among issues in force: a muting one first, then one that only names an owner, then an inactive
     * one. May fetch the runs that the issues name, once.
     */
    public Optional<Match> match(List<KnownIssue> issues, Config config, Symptoms symptoms, Instant now) {
        List<KnownIssue> candidates = issues.stream()
                .filter(issue -> issue.isInForce(now))
                .filter(issue -> issue.matches(symptoms))
                .toList();
        List<KnownIssue> muting = candidates.stream()
                .filter(KnownIssue::mute)
                .filter(issue -> verify(config, issue) == Verification.PASSED)
                .toList();
        return explaining(muting, symptoms)
                .map(issue -> new Match(issue, true, true))
                .or(() -> muting.stream().findFirst().map(issue -> new Match(issue, true, false)))
                .or(() -> candidates.stream()
                        .filter(issue -> !issue.mute() && verify(config, issue) == Verification.PASSED)
                        .findFirst()
                        .map(issue -> new Match(issue, true, true)))
                .or(() -> candidates.stream().findFirst().map(issue -> new Match(issue, false, false)));
    }

    /** An issue that covers all failures; if only several together do, the one that ends first. */
    private static Optional<KnownIssue> explaining(List<KnownIssue> muting, Symptoms symptoms) {
        return muting.stream()
                .filter(issue -> KnownIssue.explain(List.of(issue), symptoms))
                .findFirst()
                .or(() -> muting.stream()
                        .filter(issue -> KnownIssue.explain(muting, symptoms))
                        .min(Comparator.comparing(KnownIssue::until)));
    }

    /** Matches the pattern of an issue against its own run or example; may fetch the run, once. */
    public Verification verify(Config config, KnownIssue issue) {
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
        Optional<JobRun> run = ArtifactLocator.run(config, issue.build());
        Optional<Evidence> evidence = run.flatMap(of -> locator.read(config, of));
        // An unreachable object store proves nothing; the next match tries again.
        if (evidence.isEmpty() || evidence.get().isUnreachable()) {
            return Verification.PENDING;
        }
        Symptoms symptoms =
                config.diagnoser().diagnose(run.orElseThrow(), evidence.get()).symptoms();
        boolean matches = symptoms != null && issue.matches(symptoms);
        verified.put(key, matches);
        return matches ? Verification.PASSED : Verification.FAILED;
    }
}
