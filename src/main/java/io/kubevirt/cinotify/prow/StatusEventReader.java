// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.RunParseResult.NotARun;
import io.kubevirt.cinotify.prow.RunParseResult.NotARunReason;
import io.kubevirt.cinotify.prow.RunUrlParseResult.RunUrlRejection;
import io.kubevirt.cinotify.prow.StatusEvent.ForeignStatuses;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses a GitHub {@code status} event (prow-contract §5).
 *
 * <p>A status is about a run only if its URL is the page of a run and Prow writes its description for that state:
 * overrides keep the URL of the overridden run, and other systems use the same descriptions.
 */
public final class StatusEventReader {
    /** The fields that are read, also within {@code repository} and {@code sender}: a source may leave out all others. */
    public static final Set<String> FIELDS = Set.of(
            "sha",
            "state",
            "context",
            "description",
            "target_url",
            "updated_at",
            "created_at",
            "repository",
            "full_name",
            "private",
            "sender",
            "login");

    private final RunUrlReader urls;

    public StatusEventReader(RunUrlReader urls) {
        this.urls = urls;
    }

    /** Parses the payload as GitHub sent it. Never throws, whatever the payload is. */
    public RunParseResult read(JsonNode payload) {
        StatusEvent event = StatusEvent.of(payload);
        Optional<NotARun> foreignStatus = ForeignStatuses.detect(event);
        if (foreignStatus.isPresent()) {
            return foreignStatus.get();
        }
        return switch (urls.read(event.targetUrl())) {
            case RunUrlParseResult.Rejected result -> rejected(event, result);
            case RunUrlParseResult.Found found -> run(event, found.url());
        };
    }

    private static NotARun rejected(StatusEvent event, RunUrlParseResult.Rejected result) {
        RunUrlRejection reason = result.reason();
        if (reason == RunUrlRejection.EMPTY) {
            return NotARun.quoting(NotARunReason.NO_ADDRESS, "the status has no URL", event.context());
        }
        return NotARun.quoting(
                reason == RunUrlRejection.BUCKET
                        ? NotARunReason.UNTRUSTED_BUCKET
                        : reason.isForeign() ? NotARunReason.FOREIGN_ADDRESS : NotARunReason.UNREADABLE_ADDRESS,
                "the URL is not the page of a run (" + reason.value() + "); " + result.fix(),
                event.targetUrl());
    }

    private RunParseResult run(StatusEvent event, RunUrl url) {
        Optional<Repository> repository = event.repository();
        if (repository.isEmpty()) {
            return NotARun.quoting(NotARunReason.MALFORMED, "the event has no repository", event.context());
        }
        if (url.type() == JobType.BATCH) {
            return NotARun.quoting(NotARunReason.BATCH, "Prow writes no statuses for batches", url.job());
        }
        if (!urls.isOf(url, repository.get())) {
            return NotARun.quoting(
                    NotARunReason.OTHER_REPOSITORY,
                    "the URL is of "
                            + Objects.requireNonNullElse(url.repository(), "another repository")
                            + ", the event of another repository",
                    repository.get().fullName());
        }
        return state(event)
                .<RunParseResult>map(state -> new RunParseResult.Run(run(event, url, repository.get(), state)))
                .orElseGet(() -> NotARun.quoting(
                        NotARunReason.UNKNOWN_DESCRIPTION,
                        "not a description that Prow writes for state " + event.state(),
                        event.description()));
    }

    /** GitHub has no state aborted: Prow writes failure, and only the description distinguishes the two. */
    private static Optional<JobState> state(StatusEvent event) {
        List<JobState> candidates =
                switch (event.state()) {
                    case "pending" -> List.of(JobState.PENDING);
                    case "success" -> List.of(JobState.SUCCESS);
                    case "failure" -> List.of(JobState.FAILURE, JobState.ABORTED);
                    default -> List.of(JobState.ERROR);
                };
        return candidates.stream()
                .filter(candidate -> !event.description().isEmpty()
                        && StatusDescriptions.find(candidate, event.description())
                                .isPresent())
                .findFirst();
    }

    private static JobRun run(StatusEvent event, RunUrl url, Repository repository, JobState state) {
        // Periodic jobs write no statuses, so logs/ means a postsubmit.
        JobType type = url.type() == JobType.PRESUBMIT ? JobType.PRESUBMIT : JobType.POSTSUBMIT;
        @Nullable Integer number = url.pull();
        return JobRun.builder(url.job(), type, state)
                .repository(repository)
                .visibility(event.visibility())
                .pulls(number == null ? List.of() : List.of(new Pull(number, null, JsonValues.sha(event.sha()))))
                .description(event.description())
                .baseSha(event.baseSha())
                .build(url.buildId(), event.targetUrl())
                .times(
                        state.isFinal()
                                ? new RunTimes(null, null, event.changed())
                                : new RunTimes(null, event.changed(), null))
                .build();
    }
}
