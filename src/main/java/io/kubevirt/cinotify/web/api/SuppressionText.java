// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.incident.SuppressionReason;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The reasons of suppression in sentences. */
public final class SuppressionText {
    private static final Map<String, String> TEXTS = Arrays.stream(SuppressionReason.values())
            .collect(Collectors.toMap(SuppressionReason::value, SuppressionText::text));

    private SuppressionText() {}

    /** The sentence of a reason as stored; the reason itself if it is of another version. */
    public static String of(String reason) {
        return TEXTS.getOrDefault(reason, reason);
    }

    private static String text(SuppressionReason reason) {
        return switch (reason) {
            case NOT_A_RESULT -> "The run has not ended, or was aborted.";
            case UNTRUSTED_SENDER -> "Somebody set the status who does not set Prow's statuses.";
            case UNCONFIRMED ->
                "The settings do not list who sets Prow's statuses, and nothing else confirms this one.";
            case EXCLUDED_JOB -> "A Prow plugin created the run as a trial, such as a rehearsal.";
            case KNOWN_AT_START -> "The run ended before ci-notify started to watch.";
            case DUPLICATE -> "The same result was received before.";
            case MUTED -> "The settings or the job mute the lane until a date.";
            case SUCCESS -> "The run succeeded.";
            case FLAKE -> "The same job passed on the same commit, so it is a flake.";
            case FOLDED_INTO_OUTAGE -> "An open outage explains it.";
            case KNOWN_ISSUE -> "A known issue mutes such failures until a date.";
            case NODE -> "An unhealthy node explains it.";
            case ONE_PULL_MANY_LANES -> "Many lanes fail on this pull request: its change is the likely cause.";
            case JOINED_OPEN_INCIDENT -> "The incident is open, and its people know.";
            case RELAPSE -> "The incident reopened soon after it closed: its message was edited.";
            case NO_LONGER_MET -> "After the wait the threshold was no longer met.";
            case BELOW_SHARE -> "There are enough failures, but too small a share of the lane's runs.";
            case BELOW_THRESHOLD -> "There are too few failures of the lane so far.";
            case HEALED -> "The lane was green again before anybody was notified.";
            case KNOWN_BETTER -> "The diagnosis changed before anybody was notified: another notification replaced it.";
            case ACKNOWLEDGED -> "Somebody acknowledged the incident before the notification was sent.";
        };
    }
}
