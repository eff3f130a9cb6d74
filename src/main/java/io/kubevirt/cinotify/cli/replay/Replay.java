// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.JobAnnotations;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.engine.IncidentEngine;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plays a history through the incident core, on the clock of the history. */
final class Replay {

    private final Diagnoser diagnoser;
    private final JobAnnotations jobAnnotations;
    private final IncidentEngine engine;
    private final boolean acknowledged;
    private final Consumer<ReplayReport.Accounting> onStep;
    private final RecordingOutbox outbox = new RecordingOutbox();
    private final ReplayAccounting accounting = new ReplayAccounting();
    private final Map<String, IncidentView> incidents = new HashMap<>();
    private final ReplayRecorder recorder = new ReplayRecorder();

    /**
     * @param acknowledged whether everyone who is notified acknowledges at once; otherwise nobody does
     * @param onStep receives the accounting after each step
     */
    Replay(Config config, boolean acknowledged, Consumer<ReplayReport.Accounting> onStep) {
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
        List<ReplayReport.SentMessage> sent = outbox.sent().stream()
                .sorted(Comparator.comparing(ReplayReport.SentMessage::at))
                .toList();
        return new ReplayReport(
                played.size(),
                from,
                end,
                from == null || end == null
                        ? ReplayReport.WeeklyStats.none()
                        : ReplayReport.WeeklyStats.of(interruptions(sent), from, end),
                sent,
                incidents.values().stream()
                        .sorted(Comparator.comparing(IncidentView::openedAt).thenComparing(IncidentView::id))
                        .map(ReplayReport.Incident::of)
                        .toList(),
                accounting.suppressed(),
                accounting.totals(),
                null);
    }

    /** The data for a digest. */
    ReplayRecorder recorder() {
        return recorder;
    }

    private static List<Instant> interruptions(List<ReplayReport.SentMessage> sent) {
        return sent.stream()
                .filter(message -> message.kind().interrupts())
                .map(ReplayReport.SentMessage::at)
                .toList();
    }

    private ObservedRun runFinished(HistoryEntry past) {
        JobRun run = past.run();
        Optional<Job> job = diagnoser.jobOf(run);
        DiagnosedRun diagnosedRun = new DiagnosedRun(
                run,
                run.state().isRed() ? diagnoser.diagnose(run) : null,
                job.map(Job::isRequired).orElse(false),
                diagnoser.isPluginRun(run) ? DiagnosedRun.Origin.PLUGIN : DiagnosedRun.Origin.ORDINARY);
        return new ObservedRun(past.id(), diagnosedRun, jobAnnotations.thresholds(run, job));
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
}
