// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.Assignment;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.RunExtent;
import io.kubevirt.cinotify.roster.LastNotified;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.OnCallQuery;
import io.kubevirt.cinotify.roster.OnCallResult;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.store.BoardQuery.StoredIncident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An incident.
 *
 * @param shortTitle what and where in a few words, for people
 * @param state open, resolved or retracted
 * @param response of an open incident: unanswered, not-notified, waiting, acknowledged, snoozed or folded; null once it is over
 * @param blocking whether it blocks merging; null if unknown
 * @param sig the SIG that can fix it; null for none or several
 * @param firstFailureAt the end of the first failed run
 * @param notifiedAt when somebody was last notified
 * @param waitingUntil when the assignee is notified who is off duty now
 * @param level of the assignee in the area
 * @param acknowledgedAt first acknowledgement
 * @param foldedInto the id of the outage that explains it; null if the reader may not see it
 * @param why what opened it
 * @param resolution why it is over
 * @param failure what fails: the first failing test, or a line of the log
 * @param url its page on the board
 * @param extent the finished runs of its lanes; null if it is not about lanes
 * @param assignment the last notification: why this person, until when on duty, when answered; null before
 * @param next who is notified next unless somebody answers; null if nobody is
 */
public record IncidentItem(
        String id,
        String title,
        String shortTitle,
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
        @Nullable String url,
        @Nullable RunExtent extent,
        @Nullable Assignment assignment,
        DutyItem.@Nullable Next next) {
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
                incident.shortTitle(),
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
                context.shown(incident.foldedInto()),
                incident.why(),
                incident.whyOver(),
                failure(diagnosis.symptoms()),
                LatestRun.of(incident.latest()),
                context.urlOf(incident.id()),
                incident.extent(),
                incident.assignment(),
                next(context, incident));
    }

    private static DutyItem.@Nullable Next next(ReadContext context, IncidentView incident) {
        Roster roster = context.config().roster();
        String area = incident.diagnosis().area();
        String assignee = incident.responsible();
        Level level = level(context.config(), assignee, area);
        String response = response(incident, context.now());
        if (assignee == null || level == null) {
            return null;
        }
        if ("waiting".equals(response)) {
            return new DutyItem.Next(assignee, level, Objects.requireNonNull(incident.waitingUntil()));
        }
        // Whoever is notified of a bump need not answer.
        if (!"unanswered".equals(response) || incident.kind() == IncidentKind.BUMP) {
            return null;
        }
        Duration timeout = context.config().thresholds().escalation().timeoutOf(level);
        Instant limit = roster.member(assignee)
                .flatMap(member -> member.schedule()
                        .of(incident.blocking())
                        .afterWorking(Objects.requireNonNull(incident.notifiedAt()), timeout))
                .filter(at -> at.isAfter(context.now()))
                .orElse(null);
        return limit == null
                ? null
                : roster.escalation(
                                new OnCallQuery(area, limit, incident.blocking(), LastNotified.never(), null), level)
                        .map(result -> next(result, limit))
                        .orElse(null);
    }

    private static DutyItem.@Nullable Next next(OnCallResult result, Instant limit) {
        return switch (result) {
            case OnCallResult.Now now -> new DutyItem.Next(now.member().handle(), now.level(), limit);
            case OnCallResult.Deferred later -> new DutyItem.Next(later.member().handle(), later.level(), later.at());
            case OnCallResult.Nobody nobody -> null;
        };
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
