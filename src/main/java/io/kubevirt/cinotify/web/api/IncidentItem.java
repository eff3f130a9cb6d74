// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.store.BoardQuery.StoredIncident;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An incident.
 *
 * @param state open, resolved or retracted
 * @param response of an open incident: unanswered, not-notified, waiting, acknowledged, snoozed or folded; null once it is over
 * @param blocking whether it blocks merging; null if unknown
 * @param sig the SIG that can fix it; null for none or several
 * @param firstFailureAt the end of the first failed run
 * @param notifiedAt when somebody was last notified
 * @param waitingUntil when the assignee is notified who is off duty now
 * @param level of the assignee in the area
 * @param acknowledgedAt first acknowledgement
 * @param foldedInto the id of the outage that explains it
 * @param why what opened it
 * @param resolution why it is over
 * @param failure what fails: the first failing test, or a line of the log
 * @param url its page on the board
 */
public record IncidentItem(
        String id,
        String title,
        String kind,
        String state,
        @Nullable String response,
        @Nullable Boolean blocking,
        String area,
        @Nullable String sig,
        String cause,
        String confidence,
        String rule,
        List<String> lanes,
        List<Integer> pulls,
        int runs,
        Instant openedAt,
        @Nullable Instant firstFailureAt,
        @Nullable Instant closedAt,
        @Nullable Instant notifiedAt,
        @Nullable Instant waitingUntil,
        @Nullable String assignee,
        @Nullable Level level,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant snoozedUntil,
        @Nullable String foldedInto,
        String why,
        @Nullable String resolution,
        @Nullable String failure,
        @Nullable LatestRun latest,
        @Nullable String url) {
    /** In the order in which open incidents need somebody. */
    static final List<String> RESPONSES =
            List.of("unanswered", "not-notified", "waiting", "acknowledged", "snoozed", "folded");

    public IncidentItem {
        lanes = List.copyOf(lanes);
        pulls = List.copyOf(pulls);
    }

    /**
     * The newest failed run.
     *
     * @param description Prow's text
     */
    public record LatestRun(
            @Nullable String repository,
            String job,
            @Nullable Integer pull,
            @Nullable String build,
            @Nullable String url,
            String description,
            @Nullable Instant endedAt) {
        static @Nullable LatestRun of(@Nullable FailedRun run) {
            return run == null
                    ? null
                    : new LatestRun(
                            run.repository(),
                            run.job(),
                            run.pull(),
                            run.buildId(),
                            run.url(),
                            run.description(),
                            run.endedAt());
        }
    }

    static IncidentItem of(ReadContext context, StoredIncident stored) {
        IncidentView incident = stored.incident();
        Diagnosis diagnosis = incident.diagnosis();
        String assignee = incident.responsible();
        return new IncidentItem(
                incident.id(),
                incident.title(),
                incident.kind().value(),
                incident.state().value(),
                response(incident, context.now()),
                incident.knownBlocking() ? incident.blocking() : null,
                diagnosis.area(),
                diagnosis.hasSig() ? diagnosis.sig() : null,
                diagnosis.cause().value(),
                diagnosis.confidence().value(),
                diagnosis.rule(),
                incident.lanes(),
                incident.pulls(),
                incident.runs(),
                incident.openedAt(),
                incident.firstFailure(),
                incident.closedAt(),
                incident.notifiedAt(),
                incident.waitingUntil(),
                assignee,
                level(context.config(), assignee, diagnosis.area()),
                incident.acknowledgedBy(),
                incident.acknowledgedBy() == null ? null : stored.acknowledgedAt(),
                incident.snoozedUntil(),
                incident.foldedInto(),
                incident.why(),
                incident.whyOver(),
                failure(diagnosis.symptoms()),
                LatestRun.of(incident.latest()),
                context.urlOf(incident.id()));
    }

    private static @Nullable String failure(@Nullable Symptoms symptoms) {
        return symptoms == null
                ? null
                : Stream.concat(symptoms.failingTests().stream(), symptoms.excerpt().stream())
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable Level level(Config config, @Nullable String assignee, String area) {
        return Optional.ofNullable(assignee)
                .flatMap(config.roster()::member)
                .flatMap(member -> member.level(area))
                .orElse(null);
    }

    private static @Nullable String response(IncidentView incident, Instant now) {
        if (incident.state() != IncidentState.OPEN) {
            return null;
        }
        if (incident.foldedInto() != null) {
            return "folded";
        }
        if (incident.snoozedUntil() != null && incident.snoozedUntil().isAfter(now)) {
            return "snoozed";
        }
        if (incident.acknowledgedBy() != null) {
            return "acknowledged";
        }
        if (incident.waitingUntil() != null && incident.waitingUntil().isAfter(now)) {
            return "waiting";
        }
        return incident.notifiedAt() == null ? "not-notified" : "unanswered";
    }

    /** Whether it is known to block merging. */
    public boolean isBlocking() {
        return Boolean.TRUE.equals(blocking);
    }

    public boolean isOpen() {
        return response != null;
    }
}
