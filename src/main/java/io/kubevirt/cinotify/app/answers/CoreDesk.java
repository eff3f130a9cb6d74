/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app.answers;

import io.kubevirt.cinotify.command.Call;
import io.kubevirt.cinotify.command.IncidentDesk;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.Command;
import io.kubevirt.cinotify.incident.policy.IncidentCore;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Input;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.incident.policy.Past;
import io.kubevirt.cinotify.incident.policy.Problem;
import io.kubevirt.cinotify.incident.policy.Ruling;
import io.kubevirt.cinotify.incident.policy.Rulings;
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
public final class CoreDesk implements IncidentDesk {

    private final IncidentCore core;
    private final Past past;
    private final Roster roster;
    private final Instant now;
    private final Consumer<Rulings> outcome;

    /** @param outcome carries out what the core rules, in the same transaction */
    public CoreDesk(IncidentCore core, Past past, Roster roster, Instant now, Consumer<Rulings> outcome) {
        this.core = core;
        this.past = past;
        this.roster = roster;
        this.now = now;
        this.outcome = outcome;
    }

    @Override
    public Raised raise(Call call) {
        Problem problem = new Problem(
                CaseKind.REQUEST,
                call.key(),
                call.title(),
                call.diagnosis(),
                true,
                call.why(),
                call.lanes(),
                call.from().conversation().place());
        Rulings made = core.take(List.of(new Input.Raised(now, problem)), past, now);
        IncidentView incident = opened(made, call.title());
        if (call.only() == null) {
            outcome.accept(made);
            return new Raised(incident.id(), told(made, incident));
        }
        // Of a rehearsal nobody else is told: what the core would say to whoever is responsible is left unsaid.
        outcome.accept(new Rulings(
                made.rulings().stream()
                        .filter(ruling -> !(ruling instanceof Ruling.Say))
                        .toList(),
                made.incidents()));
        Rulings given = core.command(new Command.Reassign(incident.id(), call.only(), call.only(), null), past, now);
        outcome.accept(opening(made, given));
        return new Raised(incident.id(), told(given, incident));
    }

    /** Whoever is told is told of something new: nothing was said before. */
    private static Rulings opening(Rulings unsaid, Rulings given) {
        Optional<String> text = says(unsaid).map(say -> say.message().text()).findFirst();
        return new Rulings(
                given.rulings().stream()
                        .map(ruling -> ruling instanceof Ruling.Say say && text.isPresent()
                                ? new Ruling.Say(opening(say.message(), text.get()), say.reasons())
                                : ruling)
                        .toList(),
                given.incidents());
    }

    private static Message opening(Message message, String text) {
        return new Message(
                message.id(),
                MessageKind.OPENED,
                message.decidedAt(),
                message.at(),
                message.incident(),
                message.to(),
                text);
    }

    private static Stream<Ruling.Say> says(Rulings made) {
        return made.rulings().stream().filter(Ruling.Say.class::isInstance).map(Ruling.Say.class::cast);
    }

    private IncidentView opened(Rulings made, String title) {
        return Stream.of(made.incidents(), core.incidents())
                .flatMap(List::stream)
                .filter(view -> view.kind() == CaseKind.REQUEST
                        && view.state() == IncidentState.OPEN
                        && view.title().equals(title))
                .max(Comparator.comparing(IncidentView::openedAt))
                .orElseThrow(() -> new IllegalStateException("the core has opened no incident for: " + title));
    }

    /** Whom the core tells; where it has told somebody before, that person. */
    private Addressee told(Rulings made, IncidentView incident) {
        return says(made)
                .map(Ruling.Say::message)
                .filter(message -> message.incident().id().equals(incident.id()))
                .map(Message::to)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> holder(incident));
    }

    private Addressee holder(IncidentView incident) {
        String handle = incident.responsible();
        return new Addressee(
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
    public Optional<String> carryOut(Command command) {
        Rulings made = core.command(command, past, now);
        outcome.accept(made);
        List<String> refusals = new ArrayList<>();
        made.rulings().forEach(ruling -> {
            if (ruling instanceof Ruling.Refuse(Command refused, List<String> reasons) && refused.equals(command)) {
                refusals.addAll(reasons);
            }
        });
        return refusals.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", refusals));
    }
}
