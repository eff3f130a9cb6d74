// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.Decision.RunOutcome;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.ObservedRun.SettledRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.TimerQueue;
import io.kubevirt.cinotify.incident.TimerQueue.Kind;
import io.kubevirt.cinotify.incident.TimerQueue.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Decides who is notified of incidents, by wall-clock time. It never replays. */
public final class IncidentNotifier {
    private final NotifyContext context;
    private final NotificationScheduler scheduler;
    private final EscalationPolicy escalation;
    private final ShiftHandoff handoff;
    private final NotificationPlanner planner;
    private final IncidentActionHandler actionHandler;

    public IncidentNotifier(
            EngineConfig config, ResponseRegistry responses, Function<String, Optional<DetectedIncident>> incidents) {
        this.context = new NotifyContext(
                config.thresholds(),
                new LaneNames(config.titles()),
                incidents,
                responses,
                new PublicIncidents(incidents),
                new TimerQueue(),
                new DecisionBuffer());
        RecipientResolver recipients =
                new RecipientResolver(config.roster(), config.sigs(), responses.notifierState()::lastNotified);
        this.scheduler = new NotificationScheduler(context, recipients);
        this.escalation = new EscalationPolicy(context, recipients, scheduler);
        this.handoff = new ShiftHandoff(context, recipients, scheduler);
        this.planner = new NotificationPlanner(context, scheduler);
        this.actionHandler = new IncidentActionHandler(context, recipients, scheduler);
        restoreTimers();
    }

    private void restoreTimers() {
        for (ResponseState response : context.responses().all()) {
            String id = response.identity().id();
            if (response.pending() != null) {
                context.timers().set(Kind.DUE, id, response.pending().at());
            } else if (response.isOpen() && response.snoozedUntil() != null) {
                context.timers().set(Kind.SNOOZE_END, id, response.snoozedUntil());
            } else {
                context.incidents().apply(id).ifPresent(scheduler::awaitAcknowledgement);
                if (response.isOpen()
                        && response.ownership().owner() != null
                        && response.ownership().handoffCheckAt() != null) {
                    context.timers().set(Kind.HANDOFF, id, response.ownership().handoffCheckAt());
                }
            }
        }
    }

    /** Who may see incidents follows from this history until the next decision. */
    public void readFrom(EventHistory history) {
        context.publicOnes().readFrom(history);
    }

    /** Marks deferred notifications as sent whose time came before an instant. */
    public void catchUp(Instant now) {
        for (Optional<Timer> due = context.timers().takeDue(Kind.DUE, now);
                due.isPresent();
                due = context.timers().takeDue(Kind.DUE, now)) {
            context.incidents().apply(due.get().key()).ifPresent(scheduler::deliverDeferred);
        }
    }

    /** Plans notifications for changed incidents, then fires the timers that are due. */
    public void runUntil(Collection<DetectedIncident> changed, Instant now) {
        planner.plan(changed, now);
        for (Optional<Timer> due = context.timers().takeDue(now);
                due.isPresent();
                due = context.timers().takeDue(now)) {
            Timer timer = due.get();
            context.incidents().apply(timer.key()).ifPresent(incident -> fire(timer.kind(), incident, now));
        }
        context.responses().forgetOld(now);
    }

    private void fire(Kind kind, DetectedIncident incident, Instant now) {
        switch (kind) {
            case DUE -> scheduler.deliverDeferred(incident);
            case SNOOZE_END -> escalation.snoozeEnds(incident, now);
            case UNANSWERED -> escalation.unanswered(incident, now);
            case HANDOFF -> handoff.shiftEnded(incident, now);
            case HELD, OUTAGE_END, QUIET, MUTE_END, FORGET ->
                throw new IllegalStateException(kind + " is not a timer of the notifier");
        }
    }

    /** Records that a notification was sent although it was to be withdrawn; then the end is announced as well. */
    public void markSent(String notificationId, Instant now) {
        String incidentId = notificationId.substring(0, notificationId.indexOf('-'));
        context.incidents().apply(incidentId).ifPresent(incident -> {
            context.responseTo(incident).markAnnounced(now);
            planner.announceResolved(incident, now);
        });
    }

    public Optional<IncidentEvent> perform(IncidentAction command, Instant now) {
        return actionHandler.handle(command, now);
    }

    /** Retracts incidents that a replay did not find again. */
    public List<IncidentView> retract(Instant countedFrom, Collection<String> found, Instant now) {
        List<IncidentView> retracted = new ArrayList<>();
        for (ResponseState response : context.responses().all()) {
            String id = response.identity().id();
            if (!response.isRetracted()
                    && response.identity().openedAt().isAfter(countedFrom)
                    && !found.contains(id)
                    && context.incidents().apply(id).isEmpty()) {
                Optional.ofNullable(planner.retract(response, now)).ifPresent(retracted::add);
            }
        }
        return retracted;
    }

    /** Settles runs, once it is known which notifications they cause. */
    public void settle(List<SettledRun> settledRuns, Collection<String> newRuns) {
        TreeSet<String> heldRuns = context.responses().notifierState().heldRuns();
        Map<String, SettledRun> last = new LinkedHashMap<>();
        settledRuns.forEach(settled -> last.put(settled.run(), settled));
        last.forEach((run, settled) -> {
            if (newRuns.contains(run) || heldRuns.contains(run)) {
                RunOutcome outcome = outcome(settled);
                if (!(outcome instanceof RunOutcome.Held && heldRuns.contains(run))) {
                    context.decisions().settle(run, outcome, List.of(settled.explanation()));
                }
                if (outcome instanceof RunOutcome.Held) {
                    heldRuns.add(run);
                } else {
                    heldRuns.remove(run);
                }
            }
        });
    }

    private RunOutcome outcome(SettledRun settled) {
        SuppressionReason suppressed = settled.reason();
        if (suppressed == null) {
            return new RunOutcome.Held();
        }
        return context.decisions()
                .notificationAbout(settled.notifiableIncidents())
                .<RunOutcome>map(RunOutcome.Notified::new)
                .orElseGet(() -> new RunOutcome.Suppressed(suppressed));
    }

    /** The decisions so far, and the incidents that must be stored. */
    public Decisions takeDecisions(Map<String, DetectedIncident> changed, List<IncidentView> retracted) {
        List<IncidentView> views = new ArrayList<>(retracted);
        Map<String, DetectedIncident> all = new LinkedHashMap<>(changed);
        for (String id : context.decisions().touched()) {
            context.incidents().apply(id).ifPresent(incident -> all.put(id, incident));
        }
        for (DetectedIncident incident : all.values()) {
            ResponseState response = context.responseTo(incident);
            IncidentView now = response.viewOf(incident);
            if (!now.equals(response.view()) || context.decisions().touched().contains(incident.id())) {
                response.view(now);
                views.add(now);
            }
        }
        return context.decisions().drain(views);
    }

    public IncidentView view(DetectedIncident incident) {
        return context.responseTo(incident).viewOf(incident);
    }

    public Optional<Instant> nextWake() {
        return context.timers().next();
    }
}
