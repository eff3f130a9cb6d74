// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.FailureClass;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.prow.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finished run in the windows. Only {@link RunWindows} changes the exclusion, because the statistics depend on it.
 */
public final class WindowEntry {
    /** Why a failed run does not count for its lane. Stored by name: do not rename the constants. */
    enum Exclusion {
        /** Many lanes fail on its pull request. */
        STORM,
        /** An outage explains it. */
        OUTAGE,
        /** The same job passed on the same commit. */
        FLAKE,
        /** An unhealthy node explains it. */
        NODE,
        /** It belongs to a closed incident: reopening takes new failures. */
        CLOSED,
        /** It belongs to the incident of another failure class of its lane. */
        OTHER_CLASS,
        /** Its artifacts show that it was stopped from outside, so it is no failure. */
        ABORTED
    }

    private final RunRecord run;
    private @Nullable Exclusion exclusion;
    private @Nullable KnownIssueMatch known;
    private @Nullable FailureClass failureClass;

    @JsonCreator
    WindowEntry(
            @JsonProperty("run") RunRecord run,
            @JsonProperty("exclusion") @JsonAlias("mark") @Nullable Exclusion exclusion,
            @JsonProperty("known") @Nullable KnownIssueMatch known,
            @JsonProperty("class") @Nullable FailureClass failureClass) {
        this.run = run;
        this.exclusion = exclusion;
        this.known = known;
        this.failureClass = failureClass;
    }

    static WindowEntry of(RunRecord run) {
        return new WindowEntry(run, null, null, null);
    }

    WindowEntry copy() {
        return new WindowEntry(run, exclusion, known, failureClass);
    }

    @JsonProperty
    public RunRecord run() {
        return run;
    }

    @JsonProperty
    @Nullable Exclusion exclusion() {
        return exclusion;
    }

    @JsonProperty
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable KnownIssueMatch known() {
        return known;
    }

    /** What its evidence shows; null while it is not known. */
    @JsonProperty("class")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable FailureClass failureClass() {
        return failureClass;
    }

    void setFailureClass(@Nullable FailureClass shown) {
        failureClass = shown;
    }

    void setKnown(@Nullable KnownIssueMatch issue) {
        known = issue;
    }

    /** Whether a known issue mutes the failure at an instant. */
    boolean isMuted(Instant now) {
        return known != null && known.mutesAt(now);
    }

    void setExclusion(@Nullable Exclusion exclusion) {
        this.exclusion = exclusion;
    }

    Instant at() {
        return run.at();
    }

    boolean passed() {
        return run.state() == JobState.SUCCESS;
    }

    boolean failed() {
        return !passed() && exclusion != Exclusion.ABORTED;
    }

    /** Whether it is a failed run that nothing else explains. */
    boolean counts() {
        return failed() && exclusion == null;
    }

    /** Whether it counts for a problem: for the first one of its family, or for one of its class. */
    boolean countsFor(GroupKey problem) {
        FailureClass only = problem.failureClass();
        return only == null
                ? counts()
                : (counts() || exclusion == Exclusion.OTHER_CLASS)
                        && failureClass != null
                        && !failureClass.differsFrom(only);
    }

    /** Whether it passed, or is a flake. */
    boolean isGreen() {
        return passed() || exclusion == Exclusion.FLAKE;
    }
}
