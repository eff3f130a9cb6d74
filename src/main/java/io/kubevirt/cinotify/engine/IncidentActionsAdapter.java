// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.command.IncidentActions;
import io.kubevirt.cinotify.command.ManualIncident;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decisions;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.engine.IncidentEngine;
import io.kubevirt.cinotify.roster.Roster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The incident core as those who answer commands see it. Only for as long as nobody else uses the core. */
final class IncidentActionsAdapter implements IncidentActions {

    private final IncidentEngine engine;
    private final EventHistory history;
    private final Roster roster;
    private final Instant now;
    private final Consumer<Decisions> decisions;

    /** @param outcome carries out what the core rules, in the same transaction */
    IncidentActionsAdapter(
            IncidentEngine core, EventHistory past, Roster roster, Instant now, Consumer<Decisions> outcome) {
        this.engine = core;
        this.history = past;
        this.roster = roster;
        this.now = now;
        this.decisions = outcome;
    }

    @Override
    public Opened open(ManualIncident call) {
        ReportedProblem problem = new ReportedProblem(
                IncidentKind.REQUEST,
                call.key(),
                call.title(),
                call.diagnosis(),
                true,
                call.why(),
                call.lanes(),
                call.from().conversation().reference());
        Decisions made = engine.process(List.of(new IncidentEvent.ProblemRaised(now, problem)), history, now);
        IncidentView incident = openedIncident(made, call.title());
        if (call.onlyRecipient() == null) {
            decisions.accept(made);
            return new Opened(incident.id(), recipient(made, incident));
        }
        // Of a rehearsal nobody else is told: what the core would say to whoever is responsible is left unsaid.
        decisions.accept(new Decisions(
                made.decisions().stream()
                        .filter(ruling -> !(ruling instanceof Decision.Notify))
                        .toList(),
                made.incidents()));
        Decisions given = engine.perform(
                new IncidentAction.Reassign(incident.id(), call.onlyRecipient(), call.onlyRecipient(), null),
                history,
                now);
        decisions.accept(asOpened(made, given));
        return new Opened(incident.id(), recipient(given, incident));
    }

    /** Whoever is told is told of something new: nothing was said before. */
    private static Decisions asOpened(Decisions unsaid, Decisions given) {
        Optional<String> text =
                notifications(unsaid).map(say -> say.notification().text()).findFirst();
        return new Decisions(
                given.decisions().stream()
                        .map(ruling -> ruling instanceof Decision.Notify say && text.isPresent()
                                ? new Decision.Notify(asOpened(say.notification(), text.get()), say.reasons())
                                : ruling)
                        .toList(),
                given.incidents());
    }

    private static Notification asOpened(Notification message, String text) {
        return new Notification(
                message.id(),
                NotificationKind.OPENED,
                message.decidedAt(),
                message.at(),
                message.incident(),
                message.to(),
                text);
    }

    private static Stream<Decision.Notify> notifications(Decisions made) {
        return made.decisions().stream()
                .filter(Decision.Notify.class::isInstance)
                .map(Decision.Notify.class::cast);
    }

    private IncidentView openedIncident(Decisions made, String title) {
        return Stream.of(made.incidents(), engine.incidents())
                .flatMap(List::stream)
                .filter(view -> view.kind() == IncidentKind.REQUEST
                        && view.state() == IncidentState.OPEN
                        && view.title().equals(title))
                .max(Comparator.comparing(IncidentView::openedAt))
                .orElseThrow(() -> new IllegalStateException("the core has opened no incident for: " + title));
    }

    /** Whom the core tells; where it has told somebody before, that person. */
    private Recipient recipient(Decisions made, IncidentView incident) {
        return notifications(made)
                .map(Decision.Notify::notification)
                .filter(message -> message.incident().id().equals(incident.id()))
                .map(Notification::to)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> currentRecipient(incident));
    }

    private Recipient currentRecipient(IncidentView incident) {
        String handle = incident.responsible();
        return new Recipient(
                handle,
                handle == null
                        ? null
                        : roster.member(handle)
                                .flatMap(member ->
                                        member.level(incident.diagnosis().area()))
                                .orElse(null),
                now,
                null,
                false,
                List.of("it was asked before, and is open"));
    }

    @Override
    public Optional<String> apply(IncidentAction command) {
        Decisions made = engine.perform(command, history, now);
        decisions.accept(made);
        List<String> refusals = new ArrayList<>();
        made.decisions().forEach(ruling -> {
            if (ruling instanceof Decision.Reject(IncidentAction refused, List<String> reasons)
                    && refused.equals(command)) {
                refusals.addAll(reasons);
            }
        });
        return refusals.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", refusals));
    }
}
