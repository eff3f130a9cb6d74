// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.JobAnnotations;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decisions;
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
     * @param acknowledged whether everyone who is told acknowledges at once; otherwise nobody ever does
     * @param everyStep shown where all runs are, whenever something has happened
     */
    Replay(Config settings, boolean acknowledged, Consumer<ReplayReport.Accounting> everyStep) {
        this.diagnoser = settings.diagnoser();
        this.jobAnnotations = settings.jobAnnotations();
        this.engine = IncidentEngine.fresh(settings.incidentRules());
        this.acknowledged = acknowledged;
        this.onStep = everyStep;
    }

    /**
     * Plays once.
     *
     * @param history in order
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
        List<ReplayReport.SentMessage> said = outbox.sent().stream()
                .sorted(Comparator.comparing(ReplayReport.SentMessage::at))
                .toList();
        return new ReplayReport(
                played.size(),
                from,
                end,
                from == null || end == null ? WeeklyStats.none() : WeeklyStats.of(interruptions(said), from, end),
                said,
                incidents.values().stream()
                        .sorted(Comparator.comparing(IncidentView::openedAt).thenComparing(IncidentView::id))
                        .map(ReplayReport.Incident::of)
                        .toList(),
                accounting.suppressed(),
                accounting.conservation(),
                null);
    }

    /** Who can tell of it afterwards. */
    ReplayRecorder recorder() {
        return recorder;
    }

    private static List<Instant> interruptions(List<ReplayReport.SentMessage> said) {
        return said.stream()
                .filter(message -> message.kind().interrupts())
                .map(ReplayReport.SentMessage::at)
                .toList();
    }

    private ObservedRun runFinished(HistoryEntry past) {
        JobRun run = past.run();
        Optional<Job> job = diagnoser.jobOf(run);
        DiagnosedRun finding = new DiagnosedRun(
                run,
                run.state().isRed() ? diagnoser.diagnose(run) : null,
                job.map(Job::isRequired).orElse(false),
                diagnoser.isPluginRun(run) ? DiagnosedRun.Origin.PLUGIN : DiagnosedRun.Origin.ORDINARY);
        return new ObservedRun(past.id(), finding, jobAnnotations.thresholds(run, job));
    }

    /** Does, one after another, all that is due until then: an answer must come before the impatience of the next timer. */
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

    private void apply(Decisions rulings, Instant now) {
        rulings.incidents().forEach(incident -> incidents.put(incident.id(), incident));
        rulings.incidents().forEach(incident -> recorder.recordIncident(incident, now));
        rulings.decisions().forEach(ruling -> apply(ruling, now));
        for (Optional<Notification> due = outbox.sendDue(now); due.isPresent(); due = outbox.sendDue(now)) {
            accounting.delivered(due.get().id());
            recorder.recordNotification(due.get());
            acknowledge(due.get(), now);
        }
        onStep.accept(accounting.conservation());
    }

    private void apply(Decision ruling, Instant now) {
        switch (ruling) {
            // An edit that calls nobody and changes no more than words.
            case Decision.Notify(Notification message, var reasons)
            when message.kind() == NotificationKind.CHANGED -> {}
            case Decision.Notify say -> {
                outbox.add(say.notification(), now);
                if (say.notification().firstSeenAt().isAfter(now)) {
                    accounting.markWaiting(say.notification().id());
                }
            }
            case Decision.Withdraw withdraw -> {
                outbox.withdraw(withdraw.notificationId());
                accounting.withdrawn(withdraw.notificationId(), withdraw.suppressionReason());
            }
            case Decision.SettleRun settle -> accounting.settle(settle.run(), settle.outcome());
            case Decision.Reject refuse -> {}
        }
    }

    private void acknowledge(Notification message, Instant now) {
        String told = message.to() == null ? null : message.to().handle();
        if (acknowledged && told != null && message.kind().interrupts()) {
            String incident = message.incident().id();
            apply(engine.perform(new IncidentAction.Acknowledge(incident, told), now), now);
        }
    }
}
