// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.Decisions;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.RunOutcome;
import io.kubevirt.cinotify.incident.SettledRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.Timer;
import io.kubevirt.cinotify.incident.TimerQueue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Speaks with people about the incidents, by the clock on the wall. */
public final class IncidentNotifier {

    private final NotifyContext context;
    private final NotificationScheduler scheduler;
    private final EscalationPolicy escalation;
    private final ShiftHandoff handoff;
    private final NotificationPlanner planner;
    private final Retraction retraction;
    private final IncidentActionHandler actionHandler;

    public IncidentNotifier(
            EngineConfig rules, ResponseRegistry book, Function<String, Optional<DetectedIncident>> cases) {
        this.context = new NotifyContext(rules.thresholds(), cases, book, new TimerQueue(), new DecisionBuffer());
        RecipientResolver addressing =
                new RecipientResolver(rules.roster(), rules.sigs(), book.notifierState()::lastNotified);
        this.scheduler = new NotificationScheduler(context, addressing);
        this.escalation = new EscalationPolicy(context, addressing, scheduler);
        this.handoff = new ShiftHandoff(context, addressing, scheduler);
        this.planner = new NotificationPlanner(context, scheduler);
        this.retraction = new Retraction(context, scheduler);
        this.actionHandler = new IncidentActionHandler(context, addressing, scheduler);
        restoreTimers();
    }

    /** Sets every timer by what is remembered. */
    private void restoreTimers() {
        for (ResponseState care : context.responses().all()) {
            String id = care.identity().id();
            if (care.pending() != null) {
                context.timers().set(Timer.Kind.DUE, id, care.pending().at());
            } else if (care.isOpen() && care.snoozedUntil() != null) {
                context.timers().set(Timer.Kind.SNOOZE_END, id, care.snoozedUntil());
            } else {
                context.incidents().apply(id).ifPresent(scheduler::awaitAcknowledgement);
                if (care.isOpen()
                        && care.ownership().owner() != null
                        && care.ownership().handoffCheckAt() != null) {
                    context.timers()
                            .set(Timer.Kind.HANDOFF, id, care.ownership().handoffCheckAt());
                }
            }
        }
    }

    /** What was to be said before an instant has been said. */
    public void catchUp(Instant now) {
        for (Optional<Timer> due = context.timers().takeDue(Timer.Kind.DUE, now);
                due.isPresent();
                due = context.timers().takeDue(Timer.Kind.DUE, now)) {
            context.incidents().apply(due.get().key()).ifPresent(scheduler::deliverDeferred);
        }
    }

    /** Does what is due, after the news have been looked at. */
    public void runUntil(Collection<DetectedIncident> changed, Instant now) {
        planner.plan(changed, now);
        for (Optional<Timer> due = context.timers().takeDue(now);
                due.isPresent();
                due = context.timers().takeDue(now)) {
            Timer timer = due.get();
            context.incidents().apply(timer.key()).ifPresent(about -> fire(timer.kind(), about, now));
        }
        context.responses().forgetOld(now);
    }

    private void fire(Timer.Kind kind, DetectedIncident about, Instant now) {
        switch (kind) {
            case DUE -> scheduler.deliverDeferred(about);
            case SNOOZE_END -> escalation.snoozeEnds(about, now);
            case UNANSWERED -> escalation.unanswered(about, now);
            case HANDOFF -> handoff.shiftEnded(about, now);
            case HELD, OUTAGE_END, QUIET, MUTE_END, FORGET ->
                throw new IllegalStateException(kind + " concerns nobody");
        }
    }

    public void markSent(String message, Instant now) {
        String incident = message.substring(0, message.indexOf('-'));
        context.incidents().apply(incident).ifPresent(about -> {
            context.responseTo(about).markAnnounced(now);
            planner.announceResolved(about, now);
        });
    }

    public Optional<IncidentEvent> perform(IncidentAction command, Instant now) {
        return actionHandler.handle(command, now);
    }

    /** Retracts what has not come up again when things were counted anew. */
    public List<IncidentView> retract(Instant countedFrom, Collection<String> found, Instant now) {
        List<IncidentView> retracted = new ArrayList<>();
        for (ResponseState care : context.responses().all()) {
            String id = care.identity().id();
            if (care.identity().openedAt().isAfter(countedFrom)
                    && !found.contains(id)
                    && context.incidents().apply(id).isEmpty()) {
                Optional.ofNullable(retraction.retract(care, now)).ifPresent(retracted::add);
            }
        }
        return retracted;
    }

    /** Writes down what becomes of runs, once it is known what is said because of them. */
    public void settle(List<SettledRun> findings, Collection<String> fresh) {
        TreeSet<String> waiting = context.responses().notifierState().heldRuns();
        Map<String, SettledRun> last = new LinkedHashMap<>();
        findings.forEach(finding -> last.put(finding.run(), finding));
        last.forEach((run, finding) -> {
            if (fresh.contains(run) || waiting.contains(run)) {
                RunOutcome fate = outcome(finding);
                if (!(fate instanceof RunOutcome.Held && waiting.contains(run))) {
                    context.decisions().settle(run, fate, List.of(finding.explanation()));
                }
                if (fate instanceof RunOutcome.Held) {
                    waiting.add(run);
                } else {
                    waiting.remove(run);
                }
            }
        });
    }

    private RunOutcome outcome(SettledRun finding) {
        SuppressionReason otherwise = finding.reason();
        if (otherwise == null) {
            return new RunOutcome.Held();
        }
        return context.decisions()
                .notificationAbout(finding.notifiableIncidents())
                .<RunOutcome>map(RunOutcome.Notified::new)
                .orElseGet(() -> new RunOutcome.Suppressed(otherwise));
    }

    /** All that was decided, and the incidents of which something has to be remembered. */
    public Decisions takeDecisions(Map<String, DetectedIncident> changed, List<IncidentView> retracted) {
        List<IncidentView> views = new ArrayList<>(retracted);
        Map<String, DetectedIncident> all = new LinkedHashMap<>(changed);
        for (String id : context.decisions().touched()) {
            context.incidents().apply(id).ifPresent(about -> all.put(id, about));
        }
        for (DetectedIncident about : all.values()) {
            ResponseState care = context.responseTo(about);
            IncidentView now = care.viewOf(about);
            if (!now.equals(care.view()) || context.decisions().touched().contains(about.id())) {
                care.view(now);
                views.add(now);
            }
        }
        return context.decisions().drain(views);
    }

    /** The incident as it is now. */
    public IncidentView view(DetectedIncident incident) {
        return context.responseTo(incident).viewOf(incident);
    }

    public Optional<Instant> nextWake() {
        return context.timers().next();
    }
}
