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
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.incident.Finding;
import io.kubevirt.cinotify.incident.policy.Command;
import io.kubevirt.cinotify.incident.policy.IncidentCore;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.incident.policy.Ruling;
import io.kubevirt.cinotify.incident.policy.Rulings;
import io.kubevirt.cinotify.incident.policy.RunFinished;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.settings.JobWishes;
import io.kubevirt.cinotify.settings.Settings;
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
    private final JobWishes wishes;
    private final IncidentCore core;
    private final boolean acknowledged;
    private final Consumer<ReplayReport.Conservation> everyStep;
    private final ReplayOutbox outbox = new ReplayOutbox();
    private final ReplayBooks books = new ReplayBooks();
    private final Map<String, IncidentView> incidents = new HashMap<>();
    private final ReplayWitness witness = new ReplayWitness();

    /**
     * @param acknowledged whether everyone who is told acknowledges at once; otherwise nobody ever does
     * @param everyStep shown where all runs are, whenever something has happened
     */
    Replay(Settings settings, boolean acknowledged, Consumer<ReplayReport.Conservation> everyStep) {
        this.diagnoser = settings.diagnoser();
        this.wishes = settings.jobWishes();
        this.core = IncidentCore.fresh(settings.incidentRules());
        this.acknowledged = acknowledged;
        this.everyStep = everyStep;
    }

    /**
     * Plays once.
     *
     * @param history in order
     * @param until the end; null for the last run
     */
    ReplayReport play(List<PastRun> history, @Nullable Instant until) {
        List<PastRun> played = until == null
                ? history
                : history.stream().filter(past -> !past.at().isAfter(until)).toList();
        for (PastRun past : played) {
            runTo(past.at());
            books.receive();
            carryOut(core.apply(finished(past), past.at()), past.at());
        }
        Instant from = played.isEmpty() ? null : played.getFirst().at();
        Instant end =
                until != null || played.isEmpty() ? until : played.getLast().at();
        if (end != null) {
            runTo(end);
        }
        List<ReplayReport.Said> said = outbox.said().stream()
                .sorted(Comparator.comparing(ReplayReport.Said::at))
                .toList();
        return new ReplayReport(
                played.size(),
                from,
                end,
                from == null || end == null ? WeekFigures.none() : WeekFigures.of(interruptions(said), from, end),
                said,
                incidents.values().stream()
                        .sorted(Comparator.comparing(IncidentView::openedAt).thenComparing(IncidentView::id))
                        .map(ReplayReport.Incident::of)
                        .toList(),
                books.suppressed(),
                books.conservation(),
                null);
    }

    /** Who can tell of it afterwards. */
    ReplayWitness witness() {
        return witness;
    }

    private static List<Instant> interruptions(List<ReplayReport.Said> said) {
        return said.stream()
                .filter(message -> message.kind().interrupts())
                .map(ReplayReport.Said::at)
                .toList();
    }

    private RunFinished finished(PastRun past) {
        JobRun run = past.run();
        Optional<Job> job = diagnoser.jobOf(run);
        Finding finding = new Finding(
                run,
                run.state().isRed() ? diagnoser.diagnose(run) : null,
                job.map(Job::isRequired).orElse(false),
                diagnoser.isPluginRun(run) ? Finding.Origin.PLUGIN : Finding.Origin.ORDINARY);
        return new RunFinished(past.id(), finding, wishes.of(run, job));
    }

    /** Does, one after another, all that is due until then: an answer must come before the impatience of the next timer. */
    private void runTo(Instant end) {
        for (Optional<Instant> next = next(); next.isPresent() && !next.get().isAfter(end); next = next()) {
            carryOut(core.tick(next.get()), next.get());
        }
    }

    private Optional<Instant> next() {
        return Stream.of(core.nextWake(), outbox.next())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private void carryOut(Rulings rulings, Instant now) {
        rulings.incidents().forEach(incident -> incidents.put(incident.id(), incident));
        rulings.incidents().forEach(incident -> witness.saw(incident, now));
        rulings.rulings().forEach(ruling -> carryOut(ruling, now));
        for (Optional<Message> due = outbox.sayDue(now); due.isPresent(); due = outbox.sayDue(now)) {
            books.delivered(due.get().id());
            witness.heard(due.get());
            acknowledge(due.get(), now);
        }
        everyStep.accept(books.conservation());
    }

    private void carryOut(Ruling ruling, Instant now) {
        switch (ruling) {
            // An edit that calls nobody and changes no more than words.
            case Ruling.Say(Message message, var reasons) when message.kind() == MessageKind.CHANGED -> {}
            case Ruling.Say say -> {
                outbox.add(say.message(), now);
                if (say.message().firstSeenAt().isAfter(now)) {
                    books.waits(say.message().id());
                }
            }
            case Ruling.Withdraw withdraw -> {
                outbox.withdraw(withdraw.message());
                books.withdrawn(withdraw.message(), withdraw.why());
            }
            case Ruling.Settle settle -> books.settle(settle.run(), settle.fate());
            case Ruling.Refuse refuse -> {}
        }
    }

    private void acknowledge(Message message, Instant now) {
        String told = message.to() == null ? null : message.to().handle();
        if (acknowledged && told != null && message.kind().interrupts()) {
            String incident = message.incident().id();
            carryOut(core.command(new Command.Acknowledge(incident, told), now), now);
        }
    }
}
