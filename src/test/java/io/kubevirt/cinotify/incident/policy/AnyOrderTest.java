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

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Finding;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In whatever order, however late and however often the runs are seen: the incidents are the same, and told once. */
class AnyOrderTest {

    private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");

    /** A core and all that it has ever decided. */
    private static final class Plugin {

        private final Past past = new MemoryPast();
        private final Map<String, IncidentView> incidents = new HashMap<>();
        private final Map<String, Message> messages = new HashMap<>();
        private final Map<String, Integer> announced = new HashMap<>();
        private final Map<String, Fate> fates = new HashMap<>();
        private final Set<String> offered = new HashSet<>();
        private final Set<String> withdrawn = new HashSet<>();
        private IncidentCore core = IncidentCore.resume(past, "", List.of(), Story.RULES);

        void take(List<Input> inputs, Instant now) {
            offered.clear();
            inputs.forEach(input -> offered.add(((Input.Ran) input).run().id()));
            keep(core.take(inputs, past, now));
        }

        void tick(Instant now) {
            offered.clear();
            keep(core.take(List.of(), past, now));
        }

        void restart() {
            List<String> cares = incidents.keySet().stream()
                    .flatMap(id -> core.care(id).stream())
                    .toList();
            core = IncidentCore.resume(past, core.attention(), cares, Story.RULES);
        }

        private void keep(Rulings rulings) {
            rulings.incidents().forEach(incident -> incidents.put(incident.id(), incident));
            for (Ruling ruling : rulings.rulings()) {
                switch (ruling) {
                    case Ruling.Say say -> messages.put(say.message().id(), say.message());
                    case Ruling.Withdraw withdraw -> withdrawn.add(withdraw.message());
                    case Ruling.Settle settle -> {
                        boolean again =
                                fates.containsKey(settle.run()) && !(fates.get(settle.run()) instanceof Fate.Held);
                        assertThat(again && !offered.contains(settle.run()))
                                .as("%s is settled once", settle.run())
                                .isFalse();
                        fates.put(settle.run(), settle.fate());
                    }
                    case Ruling.Refuse refuse -> throw new AssertionError(refuse);
                }
            }
        }

        Set<List<Object>> outcome() {
            return incidents.values().stream()
                    .filter(incident -> incident.state() != IncidentState.RETRACTED)
                    .map(incident -> List.<Object>of(
                            incident.kind(),
                            incident.title(),
                            incident.openedAt(),
                            String.valueOf(incident.closedAt()),
                            incident.lanes(),
                            incident.runs(),
                            incident.pulls()))
                    .collect(Collectors.toSet());
        }

        long openings(String incident) {
            return messages.values().stream()
                    .filter(message -> message.kind() == MessageKind.OPENED
                            && message.incident().id().equals(incident)
                            && !withdrawn.contains(message.id()))
                    .count();
        }
    }

    @ParameterizedTest(name = "{0} runs, {1} seeds")
    @CsvSource({"60, 150", "400, 30", "2000, 4"})
    void orderAndRepetitionDoNotMatter(int runs, int seeds) {
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            List<Input> inputs = inputs(random, runs);
            Instant end = inputs.getLast().at().plus(Duration.ofMinutes(30));
            Plugin ordered = new Plugin();
            for (Input input : inputs) {
                ordered.take(List.of(input), input.at());
            }
            ordered.tick(end);

            Plugin anyhow = new Plugin();
            List<Input> shuffled = new ArrayList<>(inputs);
            Collections.shuffle(shuffled, random);
            shuffled.addAll(shuffled.subList(0, runs / 4));
            while (!shuffled.isEmpty()) {
                List<Input> batch = shuffled.subList(0, 1 + random.nextInt(Math.min(shuffled.size(), 1 + runs / 5)));
                anyhow.take(List.copyOf(batch), end);
                batch.clear();
                if (random.nextInt(3) == 0) {
                    anyhow.restart();
                }
            }

            assertThat(anyhow.outcome()).as("seed %d", seed).isEqualTo(ordered.outcome());
            assertThat(anyhow.incidents.values()).as("seed %d", seed).allSatisfy(incident -> assertThat(
                            anyhow.openings(incident.id()))
                    .as("%s", incident)
                    .isLessThanOrEqualTo(1));
            assertThat(anyhow.fates.keySet()).as("seed %d", seed).isEqualTo(ordered.fates.keySet());
        }
    }

    /** Runs that come some seconds or minutes late, while everything else goes on by the clock. */
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
    void aLittleLateIsNotTooLate(int seed) {
        Random random = new Random(seed);
        List<Input> inputs = inputs(random, 500);
        Plugin ordered = new Plugin();
        inputs.forEach(input -> ordered.take(List.of(input), input.at()));
        record Arrival(Instant at, Input input) {}
        List<Arrival> arrivals = inputs.stream()
                .map(input ->
                        new Arrival(input.at().plusSeconds(random.nextInt(random.nextInt(9) == 0 ? 9000 : 40)), input))
                .sorted(java.util.Comparator.comparing(Arrival::at))
                .toList();
        Plugin late = new Plugin();
        for (Arrival arrival : arrivals) {
            late.tick(arrival.at());
            late.take(List.of(arrival.input()), arrival.at());
        }
        Instant end = arrivals.getLast().at().plus(Duration.ofMinutes(30));
        ordered.tick(end);
        late.tick(end);

        assertThat(late.outcome()).as("seed %d", seed).isEqualTo(ordered.outcome());
        Set<String> twice = late.incidents.keySet().stream()
                .filter(incident -> late.openings(incident) > 1)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(twice).as("seed %d", seed).isEmpty();
        assertThat(ordered.outcome()).as("something happens").isNotEmpty();
    }

    private static List<Input> inputs(Random random, int count) {
        List<Input> inputs = new ArrayList<>();
        Instant at = MONDAY;
        for (int number = 0; number < count; number++) {
            at = at.plusSeconds(random.nextInt(400)).plus(Duration.ofHours(random.nextInt(300) == 0 ? 60 : 0));
            inputs.add(new Input.Ran(at, run(random, number)));
        }
        return inputs;
    }

    private static RunFinished run(Random random, int number) {
        boolean presubmit = random.nextInt(6) > 0;
        JobState state =
                random.nextInt(20) == 0 ? JobState.ERROR : random.nextInt(5) < 2 ? JobState.FAILURE : JobState.SUCCESS;
        int pull = 1 + random.nextInt(60);
        JobRun run = JobRun.of(
                        (presubmit ? "pull-k8s-1.3" + random.nextInt(2) + "-lane" : "post-") + random.nextInt(7),
                        presubmit ? JobType.PRESUBMIT : JobType.POSTSUBMIT,
                        state)
                .repository(Repository.of("example/thing"))
                .baseRef(random.nextInt(4) == 0 ? "release-1" : "main")
                .pulls(presubmit ? List.of(new Pull(pull, null, "sha" + pull + random.nextInt(2))) : List.of())
                .cluster(random.nextBoolean() ? "east" : null)
                .build();
        Diagnosis diagnosis = new Diagnosis(
                Cause.TEST, "network", "sig-support", Confidence.MEDIUM, "named", List.of("rule named: it says so"));
        return new RunFinished(
                "run" + number,
                new Finding(run, state.isRed() ? diagnosis : null, random.nextBoolean(), Finding.Origin.ORDINARY),
                OwnThresholds.NONE);
    }
}
