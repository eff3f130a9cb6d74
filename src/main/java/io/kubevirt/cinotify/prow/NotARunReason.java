// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an observation says nothing about a run (prow-contract §5, "Other writers", and §6). */
public enum NotARunReason {
    /** It lacks what every status or ProwJob has, or the state of a status is none that GitHub knows. */
    MALFORMED,
    /** Tide tells whether the pull request would merge. */
    TIDE,
    /** A person declared the context green. */
    OVERRIDDEN,
    /** A person took that back; the address of the old run still stands there. */
    OVERRIDE_CANCELLED,
    /** The skip plugin turned a context green whose job need not run. */
    SKIPPED,
    /** The job was removed or renamed. */
    CONTEXT_RETIRED,
    /** The ProwJob is in a state that Prow did not have when this was written; its next state tells more. */
    UNKNOWN_STATE,
    /** The ProwJob is of a type that Prow did not have when this was written. */
    UNKNOWN_TYPE,
    /** The run has no page yet, or the status never had one. */
    NO_ADDRESS,
    /** The address belongs to something other than the Prow of the settings. */
    FOREIGN_ADDRESS,
    /** The address belongs to that Prow but is not the page of a run. */
    UNREADABLE_ADDRESS,
    /** It is a batch, of which Prow writes no statuses. */
    BATCH,
    /** The address names another repository than the event. */
    OTHER_REPOSITORY,
    /**
     * The words are not Prow's, or not for this state. A future Prow may say something new; it is not guessed at, because
     * anybody with push access can write a status, and the ProwJob tells the same without doubt.
     */
    UNKNOWN_DESCRIPTION;

    /** As written in traces and metrics: {@code override-cancelled}. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
