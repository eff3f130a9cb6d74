// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static io.kubevirt.cinotify.prow.JobState.ABORTED;
import static io.kubevirt.cinotify.prow.JobState.ERROR;
import static io.kubevirt.cinotify.prow.JobState.FAILURE;
import static io.kubevirt.cinotify.prow.JobState.PENDING;
import static io.kubevirt.cinotify.prow.JobState.SUCCESS;
import static io.kubevirt.cinotify.prow.JobState.TRIGGERED;

import io.kubevirt.cinotify.prow.StatusMeaning.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The descriptions that Prow's controller gives to runs on Kubernetes, and what they mean (prow-contract §6). Those of its
 * Jenkins and Tekton agents are not in it.
 */
public final class StatusDescriptions {

    private static final List<Row> ROWS = List.of(
            row(TRIGGERED, is(""), Kind.RUNNING, "the run waits for its pod"),
            row(TRIGGERED, byUser("successfully reran"), Kind.RUNNING, "somebody started the run from deck"),
            row(PENDING, is("Job triggered."), Kind.RUNNING, "the run has its pod"),
            row(PENDING, byUser("successfully reran"), Kind.RUNNING, "somebody started the run from deck"),
            row(SUCCESS, is("Job succeeded."), Kind.RAN, "the pod succeeded"),
            row(FAILURE, is("Job failed."), Kind.RAN, "the pod failed; its artifacts tell why"),
            row(
                    ERROR,
                    is("Pod was in succeeded phase but some containers didn't finish"),
                    Kind.INFRASTRUCTURE,
                    "the pod ended before all its containers did"),
            row(ERROR, is("Pod scheduling timeout."), Kind.INFRASTRUCTURE, "no node took the pod in time"),
            row(
                    ERROR,
                    is("Pod pending timeout."),
                    Kind.INFRASTRUCTURE,
                    "the pod had a node but did not start in time: image, volume or secret"),
            row(ERROR, is("Pod got deleted unexpectedly"), Kind.INFRASTRUCTURE, "the pod vanished while it ran"),
            row(ERROR, is("Job pod was evicted by the cluster"), Kind.INFRASTRUCTURE, "the cluster evicted the pod"),
            row(
                    ERROR,
                    begins("Job pod reached max revivals ("),
                    Kind.INFRASTRUCTURE,
                    "the pod was stopped and started anew too often"),
            row(ERROR, is("Job pod was OOM killed by the cluster."), Kind.RESOURCES, "the pod ran out of memory"),
            row(
                    ERROR,
                    begins("Pod can not be created:"),
                    Kind.CONFIGURATION,
                    "the cluster refuses the pod: its definition, a quota or an admission rule"),
            row(
                    ERROR,
                    begins("Terminal error:"),
                    Kind.CONFIGURATION,
                    "Prow cannot run the job as it is configured, or does not reach its cluster"),
            row(ABORTED, is("Pod running timeout."), Kind.ABORTED, "it ran longer than Prow allows any pod"),
            row(
                    ABORTED,
                    is("Aborted by trigger plugin."),
                    Kind.ABORTED,
                    "a new push, or the pull request was closed or became a draft"),
            row(ABORTED, byUser("successfully aborted"), Kind.ABORTED, "somebody aborted it from deck"),
            row(ABORTED, is("Job triggered."), Kind.ABORTED, "a newer run took its place"),
            row(ABORTED, is(""), Kind.ABORTED, "a newer run took its place"));

    private StatusDescriptions() {}

    /**
     * What the words mean; where they are not in the table, what the state alone says.
     *
     * @param description cleaned by {@link DescriptionCleaner#clean}
     */
    public static StatusMeaning interpret(JobState state, String description) {
        return find(state, description).orElseGet(() -> switch (state) {
            case SCHEDULING, TRIGGERED, PENDING -> new StatusMeaning(Kind.RUNNING, "the run has not ended", false);
            case SUCCESS -> new StatusMeaning(Kind.RAN, "the run succeeded", false);
            case ABORTED -> new StatusMeaning(Kind.ABORTED, "the run was aborted", false);
            case FAILURE, ERROR ->
                new StatusMeaning(
                        Kind.UNKNOWN,
                        "Prow ended the run in state " + state.prowName() + " with words that ci-notify does not know",
                        false);
        });
    }

    /**
     * What the words mean, if they are in the table for this state.
     *
     * @param description cleaned by {@link DescriptionCleaner#clean}
     */
    public static Optional<StatusMeaning> find(JobState state, String description) {
        String words = withoutStop(description);
        return ROWS.stream()
                .filter(row -> row.state == state && row.matcher.test(words))
                .map(row -> new StatusMeaning(row.kind, row.explanation, true))
                .findFirst();
    }

    private record Row(JobState state, Predicate<String> matcher, Kind kind, String explanation) {}

    private static Row row(JobState state, Predicate<String> words, Kind kind, String explanation) {
        return new Row(state, words, kind, explanation);
    }

    /** Full stops are not told apart: Prow sets them here and leaves them out there. */
    private static Predicate<String> is(String text) {
        return withoutStop(text)::equals;
    }

    private static Predicate<String> begins(String prefix) {
        return words -> words.startsWith(prefix);
    }

    private static Predicate<String> byUser(String deed) {
        return new UserActionDescription(deed);
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
