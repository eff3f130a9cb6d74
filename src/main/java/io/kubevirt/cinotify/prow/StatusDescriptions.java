// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static io.kubevirt.cinotify.prow.JobState.ABORTED;
import static io.kubevirt.cinotify.prow.JobState.ERROR;
import static io.kubevirt.cinotify.prow.JobState.FAILURE;
import static io.kubevirt.cinotify.prow.JobState.PENDING;
import static io.kubevirt.cinotify.prow.JobState.SUCCESS;
import static io.kubevirt.cinotify.prow.JobState.TRIGGERED;

import com.fasterxml.jackson.annotation.JsonValue;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.StatusDescriptions.StatusMeaning.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The descriptions that Prow's controller sets on Kubernetes runs, and their meaning (prow-contract §6). Those of the
 * Jenkins and Tekton agents are not included.
 */
public final class StatusDescriptions {
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9-]+(\\[bot\\])?");

    private static final List<Row> ROWS = List.of(
            row(TRIGGERED, is(""), Kind.RUNNING, "the run waits for its pod"),
            row(TRIGGERED, byUser("successfully reran"), Kind.RUNNING, "somebody started the run from deck"),
            row(PENDING, is("Job triggered."), Kind.RUNNING, "the run has its pod"),
            row(PENDING, byUser("successfully reran"), Kind.RUNNING, "somebody started the run from deck"),
            row(SUCCESS, is("Job succeeded."), Kind.RAN, "the pod succeeded"),
            row(FAILURE, is("Job failed."), Kind.RAN, "the pod failed; see its artifacts"),
            row(
                    ERROR,
                    is("Pod was in succeeded phase but some containers didn't finish"),
                    Kind.INFRASTRUCTURE,
                    "the pod ended before all its containers did"),
            row(ERROR, is("Pod scheduling timeout."), Kind.INFRASTRUCTURE, "the pod was not scheduled in time"),
            row(
                    ERROR,
                    is("Pod pending timeout."),
                    Kind.INFRASTRUCTURE,
                    "the pod had a node but did not start in time: image, volume or secret"),
            row(ERROR, is("Pod got deleted unexpectedly"), Kind.INFRASTRUCTURE, "the pod was deleted while it ran"),
            row(ERROR, is("Job pod was evicted by the cluster"), Kind.INFRASTRUCTURE, "the cluster evicted the pod"),
            row(
                    ERROR,
                    begins("Job pod reached max revivals ("),
                    Kind.INFRASTRUCTURE,
                    "the pod was restarted too often"),
            row(ERROR, is("Job pod was OOM killed by the cluster."), Kind.RESOURCES, "the pod ran out of memory"),
            row(
                    ERROR,
                    begins("Pod can not be created:"),
                    Kind.CONFIGURATION,
                    "the cluster rejects the pod: its definition, a quota or an admission rule"),
            row(
                    ERROR,
                    begins("Terminal error:"),
                    Kind.CONFIGURATION,
                    "Prow cannot run the job as configured, or cannot reach its cluster"),
            row(ABORTED, is("Pod running timeout."), Kind.ABORTED, "it ran longer than Prow allows"),
            row(
                    ABORTED,
                    is("Aborted by trigger plugin."),
                    Kind.ABORTED,
                    "a new push, or the pull request was closed or became a draft"),
            row(ABORTED, byUser("successfully aborted"), Kind.ABORTED, "somebody aborted it from deck"),
            row(ABORTED, is("Job triggered."), Kind.ABORTED, "superseded by a newer run"),
            row(ABORTED, is(""), Kind.ABORTED, "superseded by a newer run"));

    private StatusDescriptions() {}

    /** The meaning of a cleaned description; of the state alone if the description is unknown. */
    public static StatusMeaning interpret(JobState state, String description) {
        return find(state, description).orElseGet(() -> switch (state) {
            case SCHEDULING, TRIGGERED, PENDING -> new StatusMeaning(Kind.RUNNING, "the run has not ended", false);
            case SUCCESS -> new StatusMeaning(Kind.RAN, "the run succeeded", false);
            case ABORTED -> new StatusMeaning(Kind.ABORTED, "the run was aborted", false);
            case FAILURE, ERROR ->
                new StatusMeaning(
                        Kind.UNKNOWN,
                        "Prow ended the run in state " + state.prowName() + " with an unknown description",
                        false);
        });
    }

    /** The meaning of a known, cleaned description of this state. */
    public static Optional<StatusMeaning> find(JobState state, String description) {
        String text = withoutStop(description);
        return ROWS.stream()
                .filter(row -> row.state == state && row.matcher.test(text))
                .map(row -> new StatusMeaning(row.kind, row.explanation, true))
                .findFirst();
    }

    private record Row(JobState state, Predicate<String> matcher, Kind kind, String explanation) {}

    private static Row row(JobState state, Predicate<String> matcher, Kind kind, String explanation) {
        return new Row(state, matcher, kind, explanation);
    }

    /** Trailing full stops are ignored: Prow uses them inconsistently. */
    private static Predicate<String> is(String text) {
        return withoutStop(text)::equals;
    }

    private static Predicate<String> begins(String prefix) {
        return description -> description.startsWith(prefix);
    }

    /**
     * Deck's description of a user action: {@code USER successfully aborted JOB.}, or {@code Successfully aborted JOB.} if
     * nobody is logged in. GitHub's limit of 140 characters may have cut out the middle, and part of the action with it.
     */
    private static Predicate<String> byUser(String action) {
        String capitalized = action.substring(0, 1).toUpperCase(Locale.ROOT) + action.substring(1) + " ";
        return description -> {
            int space = description.indexOf(' ');
            return description.startsWith(capitalized)
                    || space > 0
                            && LOGIN.matches(description.substring(0, space))
                            && isAction(description.substring(space + 1), action);
        };
    }

    private static boolean isAction(String afterUser, String action) {
        int cut = afterUser.indexOf(DescriptionCleaner.ELLIPSIS);
        return afterUser.startsWith(action + " ") || cut > 0 && action.startsWith(afterUser.substring(0, cut));
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** The meaning of Prow's state and description of a run; of the state alone if the description is not known. */
    public record StatusMeaning(Kind kind, String explanation, boolean known) {
        public enum Kind {
            /** Prow or the cluster could not run it. */
            INFRASTRUCTURE,
            /** It exceeded its resources, mostly memory. */
            RESOURCES,
            /** The cluster or Prow rejects its configuration. */
            CONFIGURATION,
            /** Stopped by a user, a newer run, a new push or a time limit. */
            ABORTED,
            /** Its pod ran to completion, successfully or not; the artifacts have the details. */
            RAN,
            /** It has not ended. */
            RUNNING,
            /** It ended with an unknown description. */
            UNKNOWN;

            @JsonValue
            public String value() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
