// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stories of incidents with all that is decided, in {@code src/test/resources/incident/transcripts.txt}: events at the start of a line,
 * decisions below them. With {@code -Dtranscripts.update=true} the file gets the present decisions.
 */
class IncidentTranscriptTest {

    private static final Path FILE = Path.of("src/test/resources/incident/transcripts.txt");
    private static final Instant MONDAY = Instant.parse("2026-07-13T08:00:00Z");

    static Stream<String> stories() throws IOException {
        return Arrays.stream(Files.readString(FILE).split("(?m)(?=^#### )")).filter(story -> story.startsWith("####"));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void eachEventHasTheseConsequences(String story) {
        assertThat(told(story)).isEqualTo(story.strip() + "\n");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void aRestartAfterEachEventChangesNothing(String story) {
        assertThat(told(story, true)).isEqualTo(story.strip() + "\n");
    }

    @Test
    void theFileIsUpdatedIfAsked() throws IOException {
        String all = stories().map(IncidentTranscriptTest::told).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("transcripts.update")) {
            Files.writeString(FILE, all);
        }
        assertThat(all).isEqualTo(Files.readString(FILE));
    }

    private static String told(String story) {
        return told(story, false);
    }

    private static String told(String story, boolean restarting) {
        return story.lines().findFirst().orElseThrow() + "\n"
                + transcript(story, restarting).text();
    }

    static IncidentTranscript transcript(String story) {
        return transcript(story, false);
    }

    private static IncidentTranscript transcript(String story, boolean restarting) {
        IncidentTranscript transcript = new IncidentTranscript(MONDAY);
        story.lines()
                .skip(1)
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .forEach(line -> {
                    transcript.happens(line);
                    if (restarting) {
                        transcript.restart();
                    }
                });
        return transcript;
    }
}
