// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.RunParseResult.NotARun;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the run that a GitHub {@code status} event tells of (prow-contract §5).
 *
 * <p>A status tells of a run only if its address is the page of one and its words are Prow's for that state: overrides keep
 * the address of the run that they override, and other systems use the same words.
 */
public final class StatusEventReader {

    private final RunUrlReader urls;

    /** @param urls reads and judges the addresses of runs */
    public StatusEventReader(RunUrlReader urls) {
        this.urls = urls;
    }

    /** Reads the payload as GitHub sent it. Never throws, whatever the payload is. */
    public RunParseResult read(JsonNode payload) {
        StatusEvent event = StatusEvent.of(payload);
        Optional<NotARun> otherWriter = ForeignStatuses.detect(event);
        if (otherWriter.isPresent()) {
            return otherWriter.get();
        }
        return switch (urls.read(event.targetUrl())) {
            case RunUrlParseResult.Rejected refused -> rejected(event, refused.reason());
            case RunUrlParseResult.Found found -> run(event, found.url());
        };
    }

    private static NotARun rejected(StatusEvent event, RunUrlRejection reason) {
        if (reason == RunUrlRejection.EMPTY) {
            return notARun(NotARunReason.NO_ADDRESS, "the status has no address", event.context());
        }
        return notARun(
                reason.isForeign() ? NotARunReason.FOREIGN_ADDRESS : NotARunReason.UNREADABLE_ADDRESS,
                "the address is not the page of a run (" + reason.value() + ")",
                event.targetUrl());
    }

    private static RunParseResult run(StatusEvent event, RunUrl url) {
        Optional<Repository> repository = event.repository();
        if (repository.isEmpty()) {
            return notARun(NotARunReason.MALFORMED, "the event names no repository", event.context());
        }
        if (url.type() == JobType.BATCH) {
            return notARun(NotARunReason.BATCH, "Prow writes no statuses of batches", url.job());
        }
        if (url.repository() != null && !url.repository().equals(repository.get())) {
            return notARun(
                    NotARunReason.OTHER_REPOSITORY,
                    "the address names " + url.repository() + " and the event another repository",
                    repository.get().fullName());
        }
        return state(event)
                .<RunParseResult>map(state -> new RunParseResult.Run(run(event, url, repository.get(), state)))
                .orElseGet(() -> notARun(
                        NotARunReason.UNKNOWN_DESCRIPTION,
                        "Prow has no such words for state " + event.state(),
                        event.description()));
    }

    /** Prow's state: GitHub knows no aborted, so that Prow writes failure and only the words tell the two apart. */
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
        // Periodic jobs write no statuses, so that logs/ means a postsubmit here.
        JobType type = url.type() == JobType.PRESUBMIT ? JobType.PRESUBMIT : JobType.POSTSUBMIT;
        @Nullable Integer number = url.pull();
        return JobRun.builder(url.job(), type, state)
                .repository(repository)
                .pulls(number == null ? List.of() : List.of(new Pull(number, null, JsonValues.sha(event.sha()))))
                .description(event.description())
                .build(url.buildId(), event.targetUrl())
                .times(
                        state.isFinal()
                                ? new RunTimes(null, null, event.changed())
                                : new RunTimes(null, event.changed(), null))
                .build();
    }

    private static NotARun notARun(NotARunReason reason, String why, String words) {
        return new NotARun(reason, Quotation.after(why, words));
    }
}
