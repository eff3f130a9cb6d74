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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.app.answers.CoreDesk;
import io.kubevirt.cinotify.app.bump.SuspectLine;
import io.kubevirt.cinotify.app.outbox.Outbox;
import io.kubevirt.cinotify.incident.policy.Command;
import io.kubevirt.cinotify.incident.policy.Fate;
import io.kubevirt.cinotify.incident.policy.IncidentCore;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Input;
import io.kubevirt.cinotify.incident.policy.Reason;
import io.kubevirt.cinotify.incident.policy.Ruling;
import io.kubevirt.cinotify.incident.policy.Rulings;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One decision at the {@link IncidentDesk}, within one transaction. */
public final class Sitting {

    private final Transaction transaction;
    private final IncidentCore core;
    private final Outbox outbox;
    private final Settings settings;
    private final Instant now;
    private final DecisionCounter counter = new DecisionCounter();

    Sitting(Transaction transaction, IncidentCore core, Channels channels, Settings settings, Instant now) {
        this.outbox = new Outbox(channels, transaction, now);
        this.transaction = transaction;
        this.core = core;
        this.settings = settings;
        this.now = now;
    }

    /** For whatever else belongs to the decision. */
    public Transaction transaction() {
        return transaction;
    }

    /** The incidents that are open or just over. */
    public List<IncidentView> incidents() {
        return core.incidents();
    }

    /** Where people's requests and answers go. */
    public CoreDesk peoplesDesk() {
        return new CoreDesk(core, transaction.past(), settings.roster(), now, rulings -> carryOut(rulings, Map.of()));
    }

    /** For whatever else is to be said. */
    public Outbox outbox() {
        return outbox;
    }

    /** The settings by which it is decided. */
    public Settings settings() {
        return settings;
    }

    /** When it is decided. */
    public Instant now() {
        return now;
    }

    /** The latest instant that any replica has come to: what happened before it is not of the future. */
    Instant latest() {
        return core.latest(now);
    }

    /** Takes in what has happened, in any order. */
    public void take(List<Input> inputs) {
        take(inputs, Map.of());
    }

    /**
     * Takes in what has happened, in any order.
     *
     * @param deliveries which delivery told of a run, by the run's identity
     */
    void take(List<Input> inputs, Map<String, String> deliveries) {
        carryOut(core.take(inputs, transaction.past(), now), deliveries);
    }

    /** Nobody is told before so much time has passed. */
    void settleFor(Duration time) {
        core.settleFor(time, now);
    }

    /** Does what a person wants; what is refused, and why. */
    public List<Ruling.Refuse> command(Command command) {
        Rulings rulings = core.command(command, transaction.past(), now);
        carryOut(rulings, Map.of());
        return rulings.rulings().stream()
                .filter(Ruling.Refuse.class::isInstance)
                .map(Ruling.Refuse.class::cast)
                .toList();
    }

    void tick() {
        take(List.of());
    }

    /** What it is that is counted of it. */
    DecisionCounter counter() {
        return counter;
    }

    private void carryOut(Rulings rulings, Map<String, String> deliveries) {
        counter.gather(rulings, transaction.incidents(), now);
        rulings.incidents().forEach(incident -> transaction
                .incidents()
                .save(incident, core.care(incident.id()).orElse(null), now));
        List<String> saidAllTheSame = new ArrayList<>();
        for (Ruling ruling : rulings.rulings()) {
            switch (ruling) {
                case Ruling.Say say -> outbox.add(new SuspectLine(settings, transaction).news(say));
                case Ruling.Withdraw(String message, Reason why, List<String> reasons) -> {
                    if (outbox.withdraw(message)) {
                        transaction.deliveries().withdrawn(message, why.word());
                    } else {
                        saidAllTheSame.add(message);
                    }
                }
                case Ruling.Settle(String run, Fate fate, List<String> reasons) ->
                    Optional.ofNullable(deliveries.get(run))
                            .or(() -> transaction.deliveries().released(run))
                            .ifPresent(delivery -> settle(delivery, run, fate, reasons));
                case Ruling.Refuse refuse -> {}
            }
        }
        saidAllTheSame.forEach(message -> carryOut(core.heard(message, now), Map.of()));
    }

    private void settle(String delivery, String run, Fate fate, List<String> reasons) {
        switch (fate) {
            case Fate.Suppressed(Reason reason) ->
                transaction.deliveries().suppressed(delivery, reason.word(), reasons, now);
            case Fate.Said(String message) -> transaction.deliveries().noticed(delivery, message, reasons, now);
            case Fate.Held() -> transaction.deliveries().held(delivery, run, reasons);
        }
    }
}
