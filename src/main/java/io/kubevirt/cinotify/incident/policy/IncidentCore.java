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
package io.kubevirt.cinotify.incident.policy;

import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides when a message is required, to whom and when, over everything that has happened so far. The same events at the
 * same instants make the same rulings, always; nothing else is asked. Not safe for several threads.
 */
public final class IncidentCore {

    /**
     * What the operator has settled.
     *
     * @param outageArea the area whose people are told of outages
     */
    public record Rules(Thresholds thresholds, Roster roster, SigDirectory sigs, String outageArea) {}

    private final Counting counting;
    private final CareBook book;
    private final People people;

    private IncidentCore(Rules rules, Counting counting, CareBook book) {
        this.counting = counting;
        this.book = book;
        this.people = new People(rules, book, id -> counting.detection().byId(id));
    }

    /** One that remembers nothing. */
    public static IncidentCore fresh(Rules rules) {
        return new IncidentCore(
                rules, Counting.from(Detection.fresh(rules), rules), new CareBook(new Attention(), List.of()));
    }

    /**
     * One that goes on where another stopped, possibly under other rules.
     *
     * @param snapshot what {@link #snapshot} gave
     * @throws IllegalArgumentException if it is none
     */
    public static IncidentCore restore(String snapshot, Rules rules) {
        Snapshot.Whole kept = Snapshot.Whole.read(snapshot);
        return new IncidentCore(
                rules,
                Counting.from(Detection.restore(kept.counted(), rules), rules),
                new CareBook(kept.attention(), kept.cares()));
    }

    /**
     * One that goes on from what a store has kept of another.
     *
     * @param attention what {@link #attention} gave; empty for a new store
     * @param cares what {@link #care} gave for each incident
     * @throws IllegalArgumentException if it cannot be read
     */
    public static IncidentCore resume(Past past, String attention, List<String> cares, Rules rules) {
        return new IncidentCore(
                rules,
                Counting.resume(past, rules),
                new CareBook(
                        attention.isEmpty() ? new Attention() : Snapshot.read(attention, Attention.class),
                        cares.stream()
                                .map(care -> Snapshot.read(care, Care.class))
                                .toList()));
    }

    /** All that it remembers, as JSON; bounded by a day of runs and what is open. */
    public String snapshot() {
        return new Snapshot.Whole(Snapshot.VERSION, counting.detection().snapshot(), book.attention(), book.all())
                .write();
    }

    /** What it remembers of speaking with people, beside the care for each incident; as JSON. */
    public String attention() {
        return Snapshot.text(book.attention());
    }

    /** What it remembers of what was said of an incident and by whom it is seen to, as JSON; empty once it is forgotten. */
    public Optional<String> care(String incident) {
        return book.find(incident).map(Snapshot::text);
    }

    /** How things stand now, to be kept before the rules change: what was decided by the old ones stays decided. */
    public Checkpoint checkpoint() {
        return counting.checkpoint();
    }

    /** The latest instant of which it knows that it is past: the clocks of those who ask may differ by seconds. */
    public Instant latest(Instant now) {
        return book.attention().forward(now);
    }

    /** News come late, all at once: nobody is told before so much time has passed. */
    public void settleFor(Duration time, Instant now) {
        book.attention().settle(now, time);
    }

    /** Takes a run in, after all that was due before. */
    public Rulings apply(RunFinished event, Instant now) {
        return take(List.of(new Input.Ran(now, event)), Past.NONE, now);
    }

    /** Time has passed. */
    public Rulings tick(Instant now) {
        return take(List.of(), Past.NONE, now);
    }

    /**
     * Takes in what has happened.
     *
     * @param inputs in any order
     * @param past where they are kept, and where is looked up what came before if one of them is late
     */
    public Rulings take(List<Input> inputs, Past past, Instant now) {
        Instant at = book.attention().forward(now);
        people.catchUp(at);
        Set<String> runs = new HashSet<>();
        List<Input> counted = new ArrayList<>();
        for (Input input : inputs) {
            if (input instanceof Input.Ran ran) {
                runs.add(ran.run().id());
            }
            if (!isRefused(input)) {
                counted.add(input);
            }
        }
        counting.take(counted, book.all().stream().map(Care::about).toList(), past);
        return close(runs, at);
    }

    private boolean isRefused(Input input) {
        Optional<Screen.Refusal> refusal =
                input instanceof Input.Ran ran ? Screen.refuses(ran.run().finding()) : Optional.empty();
        refusal.ifPresent(
                found -> counting.detection().settle(((Input.Ran) input).run(), found.reason(), found.words()));
        return refusal.isPresent();
    }

    private Rulings close(Set<String> fresh, Instant now) {
        Detection detection = counting.detection();
        detection.runUntil(now);
        Map<String, Case> changed = new LinkedHashMap<>(detection.ledger().touched());
        List<IncidentView> retracted = List.of();
        if (counting.recounted().isPresent()) {
            detection.cases().forEach(about -> changed.putIfAbsent(about.id(), about));
            retracted =
                    people.retract(counting.recounted().get(), detection.names().given(), now);
        }
        people.runUntil(changed.values(), now);
        people.settle(detection.ledger().findings(), fresh);
        detection.ledger().clear();
        return people.close(changed, retracted);
    }

    /** Does what a person wants, after all that was due before. */
    public Rulings command(Command command, Instant now) {
        return command(command, Past.NONE, now);
    }

    /**
     * Does what a person wants, after all that was due before.
     *
     * @param past where it is kept if it changes an incident itself
     */
    public Rulings command(Command command, Past past, Instant now) {
        Instant at = book.attention().forward(now);
        people.catchUp(at);
        counting.take(List.of(), List.of(), past);
        counting.detection().runUntil(at);
        people.runUntil(counting.detection().ledger().touched().values(), at);
        people.command(command, at).ifPresent(input -> counting.take(List.of(input), List.of(), past));
        return close(Set.of(), at);
    }

    /** A message that was to be taken back has been said all the same: its end is said as well. */
    public Rulings heard(String message, Instant now) {
        Instant at = book.attention().forward(now);
        people.heard(message, at);
        return close(Set.of(), at);
    }

    /** When {@link #tick} has something to do; empty if never. */
    public Optional<Instant> nextWake() {
        return Stream.of(counting.detection().nextWake(), people.nextWake())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /** The incidents that are open or may still be opened again. */
    public List<IncidentView> incidents() {
        return counting.detection().cases().stream()
                .map(about -> about.view(people.bureau().care(about)))
                .toList();
    }
}
