// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a run or a notification is suppressed. */
public enum SuppressionReason {
    /** The run has not ended, or was aborted. */
    NOT_A_RESULT,
    /** A Prow plugin created the run as a test (for example rehearsals). */
    EXCLUDED_JOB,
    /** The run ended before ci-notify started to watch. */
    KNOWN_AT_START,
    DUPLICATE,
    /** Somebody else than Prow set the status. */
    UNTRUSTED_SENDER,
    /** The settings do not list who sets Prow's statuses, and nothing else shows the run in this state. */
    UNCONFIRMED,
    /** The settings or the job mute the lane until a date. */
    MUTED,
    SUCCESS,
    /** The same job passed on the same commit. */
    FLAKE,
    /** An open outage explains it. */
    FOLDED_INTO_OUTAGE,
    /** A known issue mutes such failures until a date. */
    KNOWN_ISSUE,
    /** An unhealthy node explains it. */
    NODE,
    /** Many lanes fail on one pull request: its change is the likely cause. */
    ONE_PULL_MANY_LANES,
    /** The incident is open and announced. */
    JOINED_OPEN_INCIDENT,
    /** The incident reopened soon after it closed: its message is edited. */
    RELAPSE,
    /** After the wait the threshold is no longer met. */
    NO_LONGER_MET,
    /** Enough failures, but too small a share of the lane's runs. */
    BELOW_SHARE,
    /** Too few failures. */
    BELOW_THRESHOLD,
    /** Over before anybody was notified. */
    HEALED,
    /** The diagnosis changed before anybody was notified: another notification replaces this one. */
    KNOWN_BETTER,
    /** Acknowledged before the notification was sent. */
    ACKNOWLEDGED;

    /** In kebab case, as stored and shown. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
