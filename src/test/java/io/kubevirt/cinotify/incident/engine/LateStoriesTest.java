// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentView;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The events of the stories of {@link IncidentTranscriptTest} arrive late, and lead to the same incidents. */
class LateStoriesTest {

    /** Without those in which a person resolves an incident, which nobody can do before it is known. */
    static Stream<String> stories() throws IOException {
        return IncidentTranscriptTest.stories()
                .filter(story -> story.lines().noneMatch(line -> line.startsWith("resolve")));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void eachEventArrivesAfterTheNextOne(String story) {
        IncidentTranscript told = IncidentTranscriptTest.transcript(story);
        List<IncidentEvent> swapped = new ArrayList<>(told.events());
        for (int index = 1; index < swapped.size(); index += 2) {
            Collections.swap(swapped, index - 1, index);
        }

        Instant latest = Instant.EPOCH;
        InMemoryEventHistory history = new InMemoryEventHistory();
        IncidentEngine engine = IncidentEngine.resume(history, "", List.of(), EngineScenario.CONFIG);
        for (IncidentEvent event : swapped) {
            Instant now = event.at().isAfter(latest) ? event.at() : latest;
            EngineScenario.fireTimers(engine, latest, now, at -> engine.process(List.of(), history, at));
            engine.process(List.of(event), history, now);
            latest = now;
        }
        Instant end = told.now();
        EngineScenario.fireTimers(engine, latest, end, at -> engine.process(List.of(), history, at));
        engine.process(List.of(), history, end);

        assertThat(incidents(engine)).isEqualTo(incidents(inOrder(told)));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void allEventsArriveAtTheEndInAnyOrder(String story) {
        IncidentTranscript told = IncidentTranscriptTest.transcript(story);
        List<IncidentEvent> shuffled = new ArrayList<>(told.events());
        Collections.shuffle(shuffled, new Random(1));

        InMemoryEventHistory history = new InMemoryEventHistory();
        IncidentEngine engine = IncidentEngine.resume(history, "", List.of(), EngineScenario.CONFIG);
        for (IncidentEvent event : shuffled) {
            engine.process(List.of(event), history, told.now());
        }

        assertThat(incidents(engine)).isEqualTo(incidents(inOrder(told)));
    }

    private static IncidentEngine inOrder(IncidentTranscript told) {
        InMemoryEventHistory history = new InMemoryEventHistory();
        IncidentEngine engine = IncidentEngine.resume(history, "", List.of(), EngineScenario.CONFIG);
        told.events().forEach(event -> engine.process(List.of(event), history, event.at()));
        engine.process(List.of(), history, told.now());
        return engine;
    }

    private static Set<List<Object>> incidents(IncidentEngine engine) {
        return engine.incidents().stream().map(LateStoriesTest::facts).collect(Collectors.toSet());
    }

    private static List<Object> facts(IncidentView incident) {
        return List.of(
                incident.kind(),
                incident.title(),
                incident.state(),
                incident.openedAt(),
                String.valueOf(incident.closedAt()),
                incident.lanes(),
                incident.runs(),
                incident.pulls(),
                incident.why(),
                String.valueOf(incident.whyOver()),
                String.valueOf(incident.foldedInto() != null));
    }
}
