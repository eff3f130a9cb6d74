// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.prow.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A finished run in the windows, and what has been found to explain it. Only {@link RunWindows} changes the mark. */
public final class WindowEntry {

    /** Why a red run does not count for its lane: something larger explains it, or it is over. */
    enum Exclusion {
        /** One pull request with many red lanes. */
        STORM,
        /** An outage. */
        OUTAGE,
        /** The same commit passed as well. */
        FLAKE,
        /** A sick node. */
        NODE,
        /** It belonged to an incident that has ended: opening again takes fresh failures. */
        CLOSED
    }

    private final RunRecord run;
    private @Nullable Exclusion exclusion;
    private @Nullable KnownIssueMatch known;

    @JsonCreator
    WindowEntry(
            @JsonProperty("run") RunRecord run,
            @JsonProperty("exclusion") @JsonAlias("mark") @Nullable Exclusion exclusion,
            @JsonProperty("known") @Nullable KnownIssueMatch known) {
        this.run = run;
        this.exclusion = exclusion;
        this.known = known;
    }

    /** One of which no more is known than that it has ended. */
    static WindowEntry of(RunRecord run) {
        return new WindowEntry(run, null, null);
    }

    @JsonProperty
    public RunRecord run() {
        return run;
    }

    @JsonProperty
    @Nullable
    Exclusion exclusion() {
        return exclusion;
    }

    @JsonProperty
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable
    KnownIssueMatch known() {
        return known;
    }

    /** Its artifacts say who already cares for it; null if nobody does. */
    void setKnown(@Nullable KnownIssueMatch issue) {
        known = issue;
    }

    /** Whether it is a failure because of which nobody is called at an instant. */
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
        return !passed();
    }

    /** Whether it is a red run that nothing larger explains. */
    boolean counts() {
        return failed() && exclusion == null;
    }

    /** Whether it speaks for the lane: it passed, or would have on another try. */
    boolean isGreen() {
        return passed() || exclusion == Exclusion.FLAKE;
    }
}
