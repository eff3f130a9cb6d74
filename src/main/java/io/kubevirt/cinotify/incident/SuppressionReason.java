// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why nothing is said. */
public enum SuppressionReason {
    /** The run has not ended, or somebody stopped it. */
    NOT_A_RESULT,
    /** A plugin of the cluster made the run to try something out. */
    EXCLUDED_JOB,
    /** It ended before the plugin began to watch. */
    KNOWN_AT_START,
    /** The run has been seen before. */
    DUPLICATE,
    /** The settings or the job itself ask for silence until a date. */
    MUTED,
    /** It passed. */
    SUCCESS,
    /** The same commit passed as well. */
    FLAKE,
    /** An open outage explains it. */
    FOLDED_INTO_OUTAGE,
    /** Somebody already cares for such failures, and asks for silence until a date. */
    KNOWN_ISSUE,
    /** A sick node explains it. */
    NODE,
    /** One pull request has many red lanes: its own affair. */
    ONE_PULL_MANY_LANES,
    /** The incident is open and told. */
    JOINED_OPEN_INCIDENT,
    /** The incident had just ended: it goes on, its message is edited. */
    RELAPSE,
    /** Waited for something larger, and is no longer enough by itself. */
    NO_LONGER_MET,
    /** Enough failures, but most runs of the lane pass. */
    BELOW_SHARE,
    /** Not enough failures. */
    BELOW_THRESHOLD,
    /** Over before anybody was told. */
    HEALED,
    /** What it is was found out before anybody was told: the message is another. */
    KNOWN_BETTER,
    /** Somebody took it on before it was said. */
    ACKNOWLEDGED;

    /** In kebab case, as stored and shown. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
