// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.engine.bump.BumpTracker;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.IncidentEvent.RunFinished;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.prow.ContextOverride;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.ProwJobReader;
import io.kubevirt.cinotify.prow.RunParseResult;
import io.kubevirt.cinotify.prow.RunParseResult.NotARunReason;
import io.kubevirt.cinotify.prow.RunUrlParseResult;
import io.kubevirt.cinotify.prow.RunUrlParseResult.RunUrlRejection;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.StatusEventReader;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.source.ProwJobSummary;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.RunOutcomeTable;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.VisibilityTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a delivery into an event for the incident engine, or suppresses it; within one transaction. */
final class DeliveryHandler {
    /** A run that ended longer ago than this was missed while it ended. */
    private static final Duration LIVE_WINDOW = Duration.ofSeconds(10);
    /** For this long GitHub redelivers on request. */
    private static final Duration REDELIVERY_WINDOW = Duration.ofDays(3);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOOK = "hook";
    private static final String LAST_RANK = "\uffff";
    /** Deliveries stored by an older version have no source. */
    private static final String UNKNOWN = "unknown";

    private final Config config;
    private final Transaction transaction;
    private final Instant now;
    private final Instant latest;
    private final BumpTracker bumps;

    /** Null until it is asked for; deliveries are handled before the events of any of them. */
    private @Nullable Boolean hasOpenNodeIncidents;

    DeliveryHandler(IncidentUnitOfWork unitOfWork) {
        this.config = unitOfWork.config();
        this.transaction = unitOfWork.transaction();
        this.now = unitOfWork.now();
        this.latest = unitOfWork.latest();
        this.bumps = new BumpTracker(config, transaction);
    }

    /**
     * A parsed delivery.
     *
     * @param source that reported it: hook, prowjobs or deck
     * @param sender who set a status; empty for a ProwJob, which only Prow writes
     * @param payload of an override or a deletion, which have effects of their own; else null
     * @param inInbox whether the journal may not have it yet
     */
    record ParsedDelivery(
            String id,
            String event,
            Instant receivedAt,
            String source,
            String sender,
            RunParseResult result,
            @Nullable JsonNode payload,
            boolean inInbox) {
        private static final byte[] NO_BODY = new byte[0];

        /** The row of the journal: a body that is decided together with its row is read no more. */
        JournalEntry withoutBody() {
            return new JournalEntry(id, event, receivedAt, NO_BODY, 0);
        }

        /** Whether a watch or poll reported it. These also report old runs, webhooks only new ones. */
        boolean isObserved() {
            return !source.equals(HOOK);
        }

        /**
         * When the run changed, as far as known. GitHub sends a status when it is set: an old one was redelivered by hand and
         * counts from its arrival.
         */
        Instant occurredAt() {
            Instant ended = result instanceof RunParseResult.Run(JobRun run)
                    ? run.times().completed()
                    : null;
            return ended == null || (!isObserved() && ended.isBefore(receivedAt.minus(REDELIVERY_WINDOW)))
                    ? receivedAt
                    : ended;
        }

        /**
         * The order among events of the same instant, the same as in the engine, so that a storm can be split into batches. A
         * deletion comes after the states of the ProwJob.
         */
        String rank() {
            return switch (result) {
                case RunParseResult.Run(JobRun run) -> RunFinished.rank(run, ObservedRun.idOf(run));
                case RunParseResult.NotARun not -> not.reason() == NotARunReason.DELETED ? LAST_RANK : "";
            };
        }

        /** Whether the run ended before the start of the program, or longer ago than the live window. */
        boolean isLate(Instant startedAt, Instant now) {
            Instant liveFrom = now.minus(LIVE_WINDOW);
            return isObserved()
                    && result instanceof RunParseResult.Run(JobRun run)
                    && run.times().completed() != null
                    && run.times().completed().isBefore(startedAt.isAfter(liveFrom) ? startedAt : liveFrom);
        }
    }

    /** Parses outside of the writing transaction, as a body may have 25 MB. */
    static ParsedDelivery parse(JournalEntry delivery, ConfigAgent agent, boolean inInbox) {
        boolean isObserved = delivery.event().equals(ProwJobSummary.EVENT);
        RunUrlReader urls = agent.get().runUrls();
        Optional<JsonNode> payload = payload(delivery);
        RunParseResult result = payload.map(body -> isObserved
                        ? new ProwJobReader(urls).read(body, delivery.receivedAt())
                        : new StatusEventReader(urls).read(body))
                .orElseGet(() -> new RunParseResult.NotARun(NotARunReason.MALFORMED, "the body is not valid JSON"));
        payload.ifPresent(body -> reportUnreadable(
                isObserved ? body.path("status").path("url") : body.path("target_url"), result, agent));
        String source = isObserved
                ? payload.map(body -> body.path(ProwJobSummary.SOURCE_FIELD).asText(UNKNOWN))
                        .orElse(UNKNOWN)
                : HOOK;
        String sender = isObserved
                ? ""
                : payload.map(body -> body.path("sender").path("login").asText(UNKNOWN))
                        .orElse(UNKNOWN);
        return new ParsedDelivery(
                delivery.id(),
                delivery.event(),
                delivery.receivedAt(),
                source,
                sender,
                result,
                hasEffect(result) ? payload.orElse(null) : null,
                inInbox);
    }

    private static boolean hasEffect(RunParseResult result) {
        return result instanceof RunParseResult.NotARun not
                && Set.of(NotARunReason.OVERRIDDEN, NotARunReason.OVERRIDE_CANCELLED, NotARunReason.DELETED)
                        .contains(not.reason());
    }

    /** Reports the URL of a run that the configuration should know, as its host is trusted. */
    private static void reportUnreadable(JsonNode url, RunParseResult result, ConfigAgent agent) {
        boolean isLost =
                switch (result) {
                    case RunParseResult.Run(JobRun run) -> run.url() == null;
                    case RunParseResult.NotARun not ->
                        not.reason() == NotARunReason.UNREADABLE_ADDRESS
                                || not.reason() == NotARunReason.UNTRUSTED_BUCKET;
                };
        if (isLost
                && agent.get().runUrls().read(url.textValue())
                        instanceof RunUrlParseResult.Rejected(RunUrlRejection reason, String fix)
                && reason.isOnTrustedHost()) {
            agent.unreadableUrls().add(url.textValue(), reason.value(), fix);
        }
    }

    private static Optional<JsonNode> payload(JournalEntry delivery) {
        try {
            // Like the source: invalid UTF-8 is replaced.
            return Optional.of(JSON.readTree(
                    new InputStreamReader(new ByteArrayInputStream(delivery.body()), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Optional<RunFinished> handle(ParsedDelivery delivery) {
        return switch (delivery.result()) {
            case RunParseResult.NotARun not -> {
                switch (not.reason()) {
                    case OVERRIDDEN, OVERRIDE_CANCELLED -> {
                        if (!config.file().prow().isProw(delivery.sender())) {
                            yield untrusted(delivery);
                        }
                        applyOverride(delivery);
                    }
                    case DELETED -> applyDeletion(delivery);
                    default -> {}
                }
                yield suppress(delivery, not.reason().value(), not.explanation());
            }
            case RunParseResult.Run(JobRun run) -> isTrusted(delivery) ? accept(delivery, run) : doubt(delivery, run);
        };
    }

    /** Anybody with write access to a repository can set a status; ProwJobs are Prow's. */
    private boolean isTrusted(ParsedDelivery delivery) {
        return delivery.isObserved()
                || config.file().prow().isProw(delivery.sender())
                || config.file().prow().logins().isEmpty()
                        && StatusConfirmation.isConfirmed(transaction, delivery.id());
    }

    private Optional<RunFinished> doubt(ParsedDelivery delivery, JobRun run) {
        if (!config.file().prow().logins().isEmpty()) {
            transaction.deliveries().setRun(delivery.id(), ObservedRun.idOf(run));
            return untrusted(delivery);
        }
        if (run.isFinal()) {
            StatusConfirmation.request(transaction, delivery.id(), run, now);
        } else {
            StatusConfirmation.suppress(transaction, delivery.id(), run, "only the end of a run can be confirmed", now);
        }
        return Optional.empty();
    }

    private Optional<RunFinished> untrusted(ParsedDelivery delivery) {
        return config.file().prow().logins().isEmpty()
                ? suppress(
                        delivery,
                        SuppressionReason.UNCONFIRMED.value(),
                        "prow.logins is empty, and nothing can confirm an override")
                : suppress(
                        delivery,
                        SuppressionReason.UNTRUSTED_SENDER.value(),
                        "@" + delivery.sender() + " set the status, who is not in prow.logins");
    }

    /** An override is not a run, but a bump may wait for its context. */
    private void applyOverride(ParsedDelivery delivery) {
        Optional.ofNullable(delivery.payload())
                .flatMap(ContextOverride::read)
                .ifPresent(override -> bumps.observe(override, delivery.receivedAt()));
    }

    private void applyDeletion(ParsedDelivery delivery) {
        Optional.ofNullable(delivery.payload())
                .map(body -> body.path("metadata").path("name").asText())
                .ifPresent(prowJob -> transaction.runs(now).endDeleted(prowJob, delivery.receivedAt()));
    }

    private Optional<RunFinished> accept(ParsedDelivery delivery, JobRun run) {
        if (!transaction.runs(now).advance(run, visibility(run))) {
            return suppress(
                    delivery,
                    SuppressionReason.DUPLICATE.value(),
                    "build " + run.buildId() + " of " + run.lane()
                            + " was already observed in this state or a later one");
        }
        bumps.observe(run, delivery.occurredAt());
        DiagnosedRun diagnosedRun = diagnosedRun(run, delivery.isObserved() && isPast(run));
        Optional<DiagnosedRun.Rejection> rejection = diagnosedRun.rejection();
        if (rejection.isPresent()) {
            return reject(delivery, diagnosedRun, rejection.get());
        }
        Instant ended = delivery.occurredAt();
        String identity = ObservedRun.idOf(run);
        ObservedRun finished = new ObservedRun(
                identity,
                diagnosedRun,
                config.jobAnnotations().thresholds(run, config.diagnoser().jobOf(run)));
        boolean passed = run.state() == JobState.SUCCESS;
        if ((run.state().isRed() || (passed && hasOpenNodeIncidents()))
                && config.file().evidence() != null) {
            transaction.evidence().request(identity, run, ended, now);
        }
        return Optional.of(new RunFinished(ended.isAfter(latest) ? latest : ended, finished));
    }

    private boolean hasOpenNodeIncidents() {
        if (hasOpenNodeIncidents == null) {
            hasOpenNodeIncidents = NodeHealthMonitor.hasOpenIncidents(transaction);
        }
        return hasOpenNodeIncidents;
    }

    private Optional<RunFinished> reject(
            ParsedDelivery delivery, DiagnosedRun diagnosedRun, DiagnosedRun.Rejection rejection) {
        String reason = rejection.reason().value();
        if (diagnosedRun.diagnosis() != null) {
            RunOutcomeTable.Outcome outcome = new RunOutcomeTable.Outcome(
                    delivery.id(), "suppressed", reason, null, List.of(rejection.explanation()));
            transaction.runOutcomes(now).add(diagnosedRun.run(), diagnosedRun.diagnosis(), outcome);
        }
        return suppress(delivery, reason, rejection.explanation());
    }

    private Visibility visibility(JobRun run) {
        VisibilityTable.Known known = transaction.visibility().observe(run);
        return config.visibility(run, known.repository(), known.job());
    }

    /** Whether the run changed before ci-notify first watched a source: such runs cause no notifications. */
    private boolean isPast(JobRun run) {
        Instant change = run.lastChange();
        return change != null
                && transaction
                        .watermarks()
                        .find(WatermarkStore.WATCH_STARTED)
                        .filter(start -> change.isBefore(start.at()))
                        .isPresent();
    }

    private DiagnosedRun diagnosedRun(JobRun run, boolean past) {
        Diagnoser diagnoser = config.diagnoser();
        return new DiagnosedRun(
                run,
                run.state().isRed() ? diagnoser.diagnose(run) : null,
                Need.of(run, diagnoser.jobOf(run)),
                diagnoser.isPluginRun(run)
                        ? DiagnosedRun.Origin.PLUGIN
                        : past ? DiagnosedRun.Origin.PAST : DiagnosedRun.Origin.ORDINARY);
    }

    private Optional<RunFinished> suppress(ParsedDelivery delivery, String reason, String explanation) {
        transaction
                .deliveries()
                .ofRunEnded(
                        delivery.result() instanceof RunParseResult.Run(JobRun run)
                                ? run.times().completed()
                                : null)
                .suppressed(delivery.id(), reason, List.of(explanation), now);
        return Optional.empty();
    }
}
