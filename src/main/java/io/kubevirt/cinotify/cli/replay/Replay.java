// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.cli.replay.HistoryReader.HistoryEntry;
import io.kubevirt.cinotify.cli.replay.ReplayReport.Accounting;
import io.kubevirt.cinotify.cli.replay.ReplayReport.SentMessage;
import io.kubevirt.cinotify.cli.replay.ReplayReport.WeeklyStats;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.JobAnnotations;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.Decision.RunOutcome;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.engine.IncidentEngine;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plays a history through the incident core, on the clock of the history. */
final class Replay {
    private final Diagnoser diagnoser;
    private final JobAnnotations jobAnnotations;
    private final IncidentEngine engine;
    private final ReplaySuspects suspects;
    private final boolean acknowledged;
    private final Consumer<Accounting> onStep;
    private final RecordingOutbox outbox = new RecordingOutbox();
    private final RunAccounting accounting = new RunAccounting();
    private final Map<String, IncidentView> incidents = new HashMap<>();
    private final ReplayDigestData.Recorder recorder = new ReplayDigestData.Recorder();

    /** @param acknowledged whether everyone who is notified acknowledges at once; otherwise nobody does */
    Replay(Config config, boolean acknowledged, Consumer<Accounting> onStep) {
        this(new ReplaySuspects(config, List.of()), acknowledged, onStep);
    }

    Replay(ReplaySuspects suspects, boolean acknowledged, Consumer<Accounting> onStep) {
        Config config = suspects.config();
        this.suspects = suspects;
        this.diagnoser = config.diagnoser();
        this.jobAnnotations = config.jobAnnotations();
        this.engine = IncidentEngine.fresh(config.incidentRules());
        this.acknowledged = acknowledged;
        this.onStep = onStep;
    }

    /**
     * Replays a history. Call it once.
     *
     * @param history sorted
     * @param until the end; null for the last run
     */
    ReplayReport play(List<HistoryEntry> history, @Nullable Instant until) {
        List<HistoryEntry> played = until == null
                ? history
                : history.stream().filter(past -> !past.at().isAfter(until)).toList();
        for (HistoryEntry past : played) {
            advanceTo(past.at());
            accounting.countReceived();
            apply(engine.apply(runFinished(past), past.at()), past.at());
        }
        Instant from = played.isEmpty() ? null : played.getFirst().at();
        Instant end =
                until != null || played.isEmpty() ? until : played.getLast().at();
        if (end != null) {
            advanceTo(end);
        }
        List<SentMessage> sent = outbox.sent().stream()
                .sorted(Comparator.comparing(SentMessage::at))
                .toList();
        return new ReplayReport(
                played.size(),
                from,
                end,
                from == null || end == null ? WeeklyStats.none() : WeeklyStats.of(interruptions(sent), from, end),
                sent,
                incidents.values().stream()
                        .sorted(Comparator.comparing(IncidentView::openedAt).thenComparing(IncidentView::id))
                        .map(incident -> ReplayReport.Incident.of(incident, suspects.of(incident, played)))
                        .toList(),
                accounting.suppressed(),
                accounting.totals(),
                null);
    }

    /** The runs so far that led to no message of their own, by id; runs that succeeded are not among them. */
    Map<String, SuppressionReason> unannounced() {
        return accounting.unannounced;
    }

    /** The runs that wait for more failures. */
    Set<String> held() {
        return accounting.held;
    }

    ReplayDigestData.Recorder recorder() {
        return recorder;
    }

    private static List<Instant> interruptions(List<SentMessage> sent) {
        return sent.stream()
                .filter(message -> message.kind().interrupts())
                .map(SentMessage::at)
                .toList();
    }

    ObservedRun runFinished(HistoryEntry past) {
        JobRun run = past.run();
        Optional<Job> job = diagnoser.jobOf(run);
        DiagnosedRun diagnosedRun = new DiagnosedRun(
                run,
                run.state().isRed() ? diagnosis(past) : null,
                Need.of(run, job),
                diagnoser.isPluginRun(run) ? DiagnosedRun.Origin.PLUGIN : DiagnosedRun.Origin.ORDINARY);
        return new ObservedRun(past.id(), diagnosedRun, jobAnnotations.thresholds(run, job));
    }

    private Diagnosis diagnosis(HistoryEntry past) {
        return past.evidence() == null
                ? diagnoser.diagnose(past.run())
                : diagnoser.diagnose(past.run(), past.evidence());
    }

    /** Runs all timers until then one by one: an acknowledgement must come before the next timer. */
    private void advanceTo(Instant end) {
        for (Optional<Instant> next = next(); next.isPresent() && !next.get().isAfter(end); next = next()) {
            apply(engine.tick(next.get()), next.get());
        }
    }

    private Optional<Instant> next() {
        return Stream.of(engine.nextWake(), outbox.next())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private void apply(Decisions decisions, Instant now) {
        decisions.incidents().forEach(incident -> incidents.put(incident.id(), incident));
        decisions.incidents().forEach(incident -> recorder.recordIncident(incident, now));
        decisions.decisions().forEach(decision -> apply(decision, now));
        for (Optional<Notification> due = outbox.sendDue(now); due.isPresent(); due = outbox.sendDue(now)) {
            accounting.delivered(due.get().id());
            recorder.recordNotification(due.get());
            acknowledge(due.get(), now);
        }
        onStep.accept(accounting.totals());
    }

    private void apply(Decision decision, Instant now) {
        switch (decision) {
            // An edit that notifies nobody.
            case Decision.Notify(Notification message, var reasons)
            when message.kind() == NotificationKind.CHANGED -> {}
            case Decision.Notify notify -> {
                outbox.add(notify.notification(), now);
                if (notify.notification().firstSeenAt().isAfter(now)) {
                    accounting.markWaiting(notify.notification().id());
                }
            }
            case Decision.Withdraw withdraw -> {
                outbox.withdraw(withdraw.notificationId());
                accounting.withdrawn(withdraw.notificationId(), withdraw.suppressionReason());
            }
            case Decision.SettleRun settle -> accounting.settle(settle.run(), settle.outcome());
            case Decision.Reject rejected -> {}
        }
    }

    private void acknowledge(Notification message, Instant now) {
        String handle = message.to() == null ? null : message.to().handle();
        if (acknowledged && handle != null && message.kind().interrupts()) {
            String incident = message.incident().id();
            apply(engine.perform(new IncidentAction.Acknowledge(incident, handle), now), now);
        }
    }

    /** Counts runs by outcome, to show that none is lost. */
    static final class RunAccounting {
        private final SortedMap<String, Integer> suppressed = new TreeMap<>();
        private final Set<String> held = new HashSet<>();
        private final Map<String, List<String>> waiting = new HashMap<>();
        private final Map<String, SuppressionReason> unannounced = new HashMap<>();
        private int received;
        private int delivered;

        void countReceived() {
            received++;
        }

        /** The message is deferred to the working hours of its recipient. */
        void markWaiting(String message) {
            waiting.put(message, new ArrayList<>());
        }

        void settle(String run, RunOutcome outcome) {
            held.remove(run);
            switch (outcome) {
                case RunOutcome.Held() -> held.add(run);
                case RunOutcome.Suppressed(SuppressionReason reason) -> suppress(reason, List.of(run));
                case RunOutcome.Notified(String message) -> {
                    if (waiting.containsKey(message)) {
                        waiting.get(message).add(run);
                    } else {
                        delivered++;
                    }
                }
            }
        }

        void delivered(String message) {
            delivered += removed(message).size();
        }

        void withdrawn(String message, SuppressionReason reason) {
            suppress(reason, removed(message));
        }

        private List<String> removed(String message) {
            return Objects.requireNonNullElse(waiting.remove(message), List.of());
        }

        private void suppress(SuppressionReason reason, List<String> runs) {
            if (!runs.isEmpty()) {
                suppressed.merge(reason.value(), runs.size(), Integer::sum);
            }
            if (reason != SuppressionReason.SUCCESS) {
                runs.forEach(run -> unannounced.put(run, reason));
            }
        }

        SortedMap<String, Integer> suppressed() {
            return new TreeMap<>(suppressed);
        }

        Accounting totals() {
            return new Accounting(
                    received,
                    delivered,
                    sum(suppressed.values()),
                    sum(waiting.values().stream().map(List::size).toList()),
                    0,
                    held.size());
        }

        private static int sum(Collection<Integer> counts) {
            return counts.stream().mapToInt(Integer::intValue).sum();
        }
    }
}
