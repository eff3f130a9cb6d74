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

/**
 * A bump on its way, as far as it has been seen.
 *
 * @param className the name of its class
 * @param url its page
 * @param headSha the commit under test
 * @param pushedAt when that commit came
 * @param conflictsSince since when it cannot be merged as it is; null if it can
 * @param checks what is required of its commit, by context
 * @param endedAt when it was merged or closed; null while it is open
 * @param mergeSha the commit that the merge made; null unless it was merged
 * @param deployment how the job stands that brings it into service; null if none is known to have run
 */
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

    /** Copies the checks. */
    public TrackedBump {
        checks = Map.copyOf(checks);
    }

    /**
     * One required job.
     *
     * @param at when it came to this state
     * @param failures how often it has failed on this commit
     * @param url the page of its newest run, where known
     */
    public record Check(
            State state, Instant at, int failures, @Nullable String url) {

        /** How a job stands. */
        public enum State {
            /** It runs, or will. */
            PENDING,
            /** It passed. */
            SUCCESS,
            /** It failed, or could not run. */
            FAILURE
        }
    }

    /** Where it stands. */
    public enum Phase {
        /** Its required jobs run. */
        TESTING,
        /** A required job has failed. */
        RED,
        /** All that is required has passed. */
        GREEN,
        /** It cannot be merged as it is. */
        CONFLICTS,
        /** It is in, and goes into service if its class says so. */
        MERGED,
        /** It was closed without a merge. */
        CLOSED
    }

    /** Where it stands. */
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

    /** The required jobs that failed, in order. */
    @JsonIgnore
    public List<String> failedJobs() {
        return checks.entrySet().stream()
                .filter(check -> check.getValue().state() == Check.State.FAILURE)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Whether the job that brings it into service has passed: what becomes of its later runs is not this one's. */
    @JsonIgnore
    public boolean isDeployed() {
        return deployment != null && deployment.state() == Check.State.SUCCESS;
    }

    /** {@code org/repo#number}. */
    @JsonIgnore
    public String name() {
        return repository + "#" + number;
    }

    /** The same after news of a required job; news of the past changes nothing. */
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

    /** The same after it is not there any more; nobody knows how it ended. */
    public TrackedBump withEndedAt(Instant at) {
        return with(checks, at, deployment);
    }

    /** The same after the job that brings it into service has come to a state. */
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
