// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An incident at an instant, as stored and shown.
 *
 * @param id stable over the incident's life, including relapses
 * @param title the family of a repository, or the scopes of an outage
 * @param closedAt when it was last closed; null while open
 * @param foldedInto the id of the outage that explains it
 * @param why what opened it
 * @param latest the newest failed run; null if the incident is not about runs
 * @param conversation the GitHub issue or pull request it belongs to, as org/repo#number
 * @param firstFailure its first failed run; null if it is not about runs, or was stored by an older version
 * @param whyOver why it is over; null while open
 * @param notifiedAt when somebody was last notified
 * @param waitingUntil when the person is notified who is off duty now
 * @param name short and unique among open incidents; null if it is not about a lane, or was stored by an older version
 * @param extent the runs of the lane; null if it is not about a lane
 * @param assignment the recipient of the last notification; null before
 */
public record IncidentView(
        String id,
        IncidentKind kind,
        String title,
        IncidentState state,
        Diagnosis diagnosis,
        boolean blocking,
        List<String> lanes,
        Instant openedAt,
        @Nullable Instant closedAt,
        int runs,
        List<Integer> pulls,
        @Nullable String foldedInto,
        String why,
        @Nullable String responsible,
        @Nullable String acknowledgedBy,
        @Nullable Instant snoozedUntil,
        @Nullable FailedRun latest,
        @Nullable String conversation,
        @Nullable Instant firstFailure,
        @Nullable String whyOver,
        @Nullable Instant notifiedAt,
        @Nullable Instant waitingUntil,
        @Nullable String name,
        @Nullable RunExtent extent,
        @Nullable Assignment assignment) {
    private static final String REPOSITORY = "repository ";

    public IncidentView {
        lanes = List.copyOf(lanes);
        pulls = List.copyOf(pulls);
    }

    /** What and where in a few words: the name of the lane with its versions, or the title. */
    public String shortTitle() {
        if (kind == IncidentKind.LANE) {
            int space = title.indexOf(' ');
            String derived = space < 0
                    ? LaneName.of("", title)
                    : LaneName.of(title.substring(0, space), title.substring(space + 1));
            String versions = LaneName.versions(lanes);
            return (name == null ? derived : name) + (versions.isEmpty() ? "" : " (" + versions + ")");
        }
        String derived = kind == IncidentKind.OUTAGE ? "outage of " + title.replace(REPOSITORY, "") : title;
        return name == null ? derived : name;
    }

    /** The repository of its conversation, or else of its newest run; as org/repo. */
    public Optional<String> repository() {
        return conversation != null
                ? Optional.of(conversation.substring(0, conversation.indexOf('#')))
                : Optional.ofNullable(latest).map(FailedRun::repository);
    }

    /** Since when something is broken, as people read it: no later than the first failure that they are shown. */
    public Instant since() {
        return firstFailure != null && firstFailure.isBefore(openedAt) ? firstFailure : openedAt;
    }

    /** Whether it blocks merging, in words. */
    public String blockingText() {
        return blocking ? "blocking" : knownBlocking() ? "not blocking" : "blocking: unknown";
    }

    /** Whether something says if it blocks merging. */
    public boolean knownBlocking() {
        return blocking || latest == null || !latest.blockingUnknown();
    }

    public IncidentView retracted(Instant at, String reason) {
        return with(IncidentState.RETRACTED, closedAt == null ? at : closedAt, reason, reason);
    }

    /** What everybody may see of an incident that became private after it was shown to everybody. */
    public IncidentView withoutDetails() {
        String notShown = "its details are not shown here, because it is of a private repository or job now";
        String shownName = "incident " + id;
        return new IncidentView(
                id,
                kind,
                shownName,
                state,
                new Diagnosis(
                        diagnosis.cause(),
                        Diagnosis.NO_SIG,
                        diagnosis.area(),
                        diagnosis.confidence(),
                        diagnosis.rule(),
                        List.of()),
                blocking,
                List.of(),
                openedAt,
                closedAt,
                runs,
                List.of(),
                null,
                notShown,
                null,
                null,
                null,
                null,
                null,
                null,
                closedAt == null ? null : notShown,
                notifiedAt,
                null,
                shownName,
                null,
                null);
    }

    private IncidentView with(
            IncidentState newState, @Nullable Instant end, String reason, @Nullable String reasonOver) {
        return new IncidentView(
                id,
                kind,
                title,
                newState,
                diagnosis,
                blocking,
                lanes,
                openedAt,
                end,
                runs,
                pulls,
                foldedInto,
                reason,
                responsible,
                acknowledgedBy,
                snoozedUntil,
                latest,
                conversation,
                firstFailure,
                reasonOver,
                notifiedAt,
                newState == IncidentState.OPEN ? waitingUntil : null,
                name,
                extent,
                assignment);
    }
}
