// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bump from its opening to its deployment: {@code pushedAt} and {@code checks} are those of its head commit. */
public record TrackedBump(
        Repository repository,
        int number,
        @JsonAlias("of") String className,
        String title,
        String url,
        String headSha,
        Instant openedAt,
        Instant pushedAt,
        @Nullable Instant conflictsSince,
        Map<String, Check> checks,
        @Nullable Instant endedAt,
        @Nullable String mergeSha,
        @Nullable Check deployment) {
    public TrackedBump {
        checks = Map.copyOf(checks);
    }

    /** The state of one required job, and its failures on this commit. */
    public record Check(
            State state, Instant at, int failures, @Nullable String url) {
        public enum State {
            /** It runs or is about to run. */
            PENDING,
            SUCCESS,
            /** It failed or could not run. */
            FAILURE
        }
    }

    public enum Phase {
        /** Required jobs are running. */
        TESTING,
        /** A required job has failed. */
        RED,
        /** All required jobs have passed. */
        GREEN,
        /** It has merge conflicts. */
        CONFLICTS,
        /** It was merged; its class may have a deployment job. */
        MERGED,
        /** It was closed without a merge. */
        CLOSED
    }

    @JsonIgnore
    public Phase phase() {
        if (endedAt != null) {
            return mergeSha == null ? Phase.CLOSED : Phase.MERGED;
        }
        if (conflictsSince != null) {
            return Phase.CONFLICTS;
        }
        if (checks.values().stream().anyMatch(check -> check.state() == Check.State.PENDING)) {
            return Phase.TESTING;
        }
        if (!failedJobs().isEmpty()) {
            return Phase.RED;
        }
        return checks.isEmpty() ? Phase.TESTING : Phase.GREEN;
    }

    @JsonIgnore
    public List<String> failedJobs() {
        return checks.entrySet().stream()
                .filter(check -> check.getValue().state() == Check.State.FAILURE)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Whether it was deployed: later runs of the deployment job belong to other changes. */
    @JsonIgnore
    public boolean isDeployed() {
        return deployment != null && deployment.state() == Check.State.SUCCESS;
    }

    /** {@code org/repo#number}. */
    @JsonIgnore
    public String name() {
        return repository + "#" + number;
    }

    /** A copy after an event of a required job; an event older than the known state changes nothing. */
    public TrackedBump withCheck(String context, Check.State state, Instant at, @Nullable String page) {
        Check before = checks.get(context);
        if (before != null && before.at().isAfter(at)) {
            return this;
        }
        boolean sameRun = before != null && page != null && page.equals(before.url());
        boolean again = before != null
                && before.state() == state
                && (sameRun || before.at().equals(at));
        int failures = (before == null ? 0 : before.failures()) + (state == Check.State.FAILURE && !again ? 1 : 0);
        Map<String, Check> changed = new TreeMap<>(checks);
        changed.put(context, new Check(state, at, failures, page));
        return with(changed, endedAt, deployment);
    }

    /** A copy for a bump that does not exist any more; how it ended is unknown. */
    public TrackedBump withEndedAt(Instant at) {
        return with(checks, at, deployment);
    }

    /** A copy with a new state of the deployment job. */
    public TrackedBump withDeployment(Check check) {
        return with(checks, endedAt, check);
    }

    private TrackedBump with(Map<String, Check> newChecks, @Nullable Instant end, @Nullable Check newDeployment) {
        return new TrackedBump(
                repository,
                number,
                className,
                title,
                url,
                headSha,
                openedAt,
                pushedAt,
                conflictsSince,
                newChecks,
                end,
                mergeSha,
                newDeployment);
    }
}
