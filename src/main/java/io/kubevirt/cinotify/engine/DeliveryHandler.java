// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.engine.bump.BumpTracker;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.detect.RunFilter;
import io.kubevirt.cinotify.prow.ContextOverride;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.ProwJobReader;
import io.kubevirt.cinotify.prow.RunOrder;
import io.kubevirt.cinotify.prow.RunParseResult;
import io.kubevirt.cinotify.prow.RunParseResult.NotARunReason;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.StatusEventReader;
import io.kubevirt.cinotify.source.ProwJobSummary;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.Transaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The way of one delivery up to the incident core, within one transaction. */
final class DeliveryHandler {

    /** A run that ended longer ago than this was not seen as it ended. */
    private static final Duration LIVE_WINDOW = Duration.ofSeconds(10);

    /** GitHub can be asked for so long to send something again. */
    private static final Duration REDELIVERY_WINDOW = Duration.ofDays(3);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HOOK = "hook";

    /** What an older version took in does not say which of its doors that was. */
    private static final String UNKNOWN = "unknown";

    private final Config config;
    private final Transaction transaction;
    private final Instant now;
    private final Instant latest;

    DeliveryHandler(IncidentUnitOfWork sitting) {
        this.config = sitting.config();
        this.transaction = sitting.transaction();
        this.now = sitting.now();
        this.latest = sitting.latest();
    }

    /**
     * A delivery as far as it has been understood.
     *
     * @param source that brought it
     */
    record ParsedDelivery(String id, String event, Instant receivedAt, String source, RunParseResult reading) {

        /** Whether a door of our own brought it, which brings the past too; webhooks only bring what is new. */
        boolean isObserved() {
            return !source.equals(HOOK);
        }

        /**
         * When what it tells of came about, as far as is known. GitHub tells of a status when it is set: one that says it is
         * of long ago was sent again by hand, and counts as news of now.
         */
        Instant occurredAt() {
            Instant ended = reading instanceof RunParseResult.Run(JobRun run)
                    ? run.times().completed()
                    : null;
            return ended == null || (!isObserved() && ended.isBefore(receivedAt.minus(REDELIVERY_WINDOW)))
                    ? receivedAt
                    : ended;
        }

        /** Its place among what came about at the same instant: as the core counts, so that a storm can be decided in parts. */
        String rank() {
            return reading instanceof RunParseResult.Run(JobRun run)
                    ? IncidentEvent.RunFinished.rank(run, identity(run))
                    : "";
        }

        /** Whether it tells of a run that nobody saw end, before an instant or some seconds ago. */
        boolean isLate(Instant awake, Instant now) {
            Instant fresh = now.minus(LIVE_WINDOW);
            return isObserved()
                    && reading instanceof RunParseResult.Run(JobRun run)
                    && run.times().completed() != null
                    && run.times().completed().isBefore(awake.isAfter(fresh) ? awake : fresh);
        }
    }

    /** What a delivery tells; no transaction must wait for that, as a body may have 25 MB. */
    static ParsedDelivery parse(JournalEntry delivery, Config settings) {
        boolean pulled = delivery.event().equals(ProwJobSummary.EVENT);
        RunUrlReader urls = new RunUrlReader(settings.addresses());
        Optional<JsonNode> payload = payload(delivery);
        RunParseResult reading = payload.map(body -> pulled
                        ? new ProwJobReader(urls).read(body, delivery.receivedAt())
                        : new StatusEventReader(urls).read(body))
                .orElseGet(() ->
                        new RunParseResult.NotARun(NotARunReason.MALFORMED, "the body is not JSON that can be read"));
        String door = pulled
                ? payload.map(body -> body.path(ProwJobSummary.SOURCE_FIELD).asText(UNKNOWN))
                        .orElse(UNKNOWN)
                : HOOK;
        return new ParsedDelivery(delivery.id(), delivery.event(), delivery.receivedAt(), door, reading);
    }

    private static Optional<JsonNode> payload(JournalEntry delivery) {
        try {
            // As the door read it: bytes that are no UTF-8 are replaced.
            return Optional.of(JSON.readTree(
                    new InputStreamReader(new ByteArrayInputStream(delivery.body()), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What the core is to count; empty if nothing follows, and the journal says so already. */
    Optional<IncidentEvent.RunFinished> handle(ParsedDelivery delivery) {
        return switch (delivery.reading()) {
            case RunParseResult.NotARun not -> {
                if (not.reason() == NotARunReason.OVERRIDDEN || not.reason() == NotARunReason.OVERRIDE_CANCELLED) {
                    applyOverride(delivery);
                }
                yield suppress(delivery.id(), not.reason().value(), not.explanation());
            }
            case RunParseResult.Run(JobRun run) -> accept(delivery, run);
        };
    }

    /** It is no run, but a bump that waited for its context waits no more. */
    private void applyOverride(ParsedDelivery delivery) {
        payload(transaction.deliveries().get(delivery.id()))
                .flatMap(ContextOverride::read)
                .ifPresent(override -> new BumpTracker(config, transaction).observe(override, delivery.receivedAt()));
    }

    private Optional<IncidentEvent.RunFinished> accept(ParsedDelivery delivery, JobRun run) {
        if (!transaction.runs(now).advance(run)) {
            return suppress(
                    delivery.id(),
                    SuppressionReason.DUPLICATE.value(),
                    "build " + run.buildId() + " of " + run.lane() + " was seen in this state or a later one");
        }
        new BumpTracker(config, transaction).observe(run, delivery.occurredAt());
        DiagnosedRun finding = diagnosedRun(run, delivery.isObserved() && isPast(run));
        Optional<RunFilter.Rejection> refusal = RunFilter.rejects(finding);
        if (refusal.isPresent()) {
            return suppress(
                    delivery.id(), refusal.get().reason().value(), refusal.get().explanation());
        }
        Instant ended = delivery.occurredAt();
        String identity = identity(run);
        ObservedRun finished = new ObservedRun(
                identity,
                finding,
                config.jobAnnotations().thresholds(run, config.diagnoser().jobOf(run)));
        boolean passed = run.state() == JobState.SUCCESS;
        if ((run.state().isRed() || (passed && NodeHealthMonitor.hasOpenIncidents(transaction)))
                && config.file().evidence() != null) {
            transaction.evidence().request(identity, run, ended, now);
        }
        return Optional.of(new IncidentEvent.RunFinished(ended.isAfter(latest) ? latest : ended, finished));
    }

    private static String identity(JobRun run) {
        return run.type().prowName() + " " + run.lane() + " " + RunOrder.identity(run);
    }

    /** A cold start takes in what is there and says nothing about it: the first watch is the high-water mark. */
    private boolean isPast(JobRun run) {
        Instant change = run.lastChange();
        return change != null
                && transaction
                        .watermarks()
                        .find(WatermarkStore.WATCH_STARTED)
                        .filter(began -> change.isBefore(began.at()))
                        .isPresent();
    }

    private DiagnosedRun diagnosedRun(JobRun run, boolean past) {
        Diagnoser diagnoser = config.diagnoser();
        boolean required = diagnoser.jobOf(run).map(Job::isRequired).orElse(false);
        return new DiagnosedRun(
                run,
                run.state().isRed() ? diagnoser.diagnose(run) : null,
                required,
                diagnoser.isPluginRun(run)
                        ? DiagnosedRun.Origin.PLUGIN
                        : past ? DiagnosedRun.Origin.PAST : DiagnosedRun.Origin.ORDINARY);
    }

    private Optional<IncidentEvent.RunFinished> suppress(String delivery, String reason, String why) {
        transaction.deliveries().suppressed(delivery, reason, List.of(why), now);
        return Optional.empty();
    }
}
