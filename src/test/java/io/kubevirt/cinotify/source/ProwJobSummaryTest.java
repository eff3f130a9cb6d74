// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.prow.ProwJobReader;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.TrustedHosts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A summary has all used fields, and the same state is the same delivery. */
class ProwJobSummaryTest {

    private static final Instant NOW = Instant.parse("2026-08-20T12:00:00Z");
    private static final long SEED = 20260825;
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"presubmit", "periodic"})
    void aSummaryDescribesTheSameRunAsTheResource(String sample) throws IOException {
        ProwJobReader reader = new ProwJobReader(
                new RunUrlReader(TrustedHosts.of(List.of("prow.ci.kubevirt.io"), List.of("kubevirt-prow"))));
        Delivery delivery = read(sample(sample)).delivery("deck", NOW);
        assertThat(reader.read(JSON.readTree(delivery.body()), NOW))
                .isEqualTo(reader.read(JSON.readTree(sample(sample)), NOW));
        assertThat(new String(delivery.body(), StandardCharsets.UTF_8))
                .doesNotContain("pod_spec", "utility_images", "resourceVersion", "prev_report_states");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"metadata\":{\"name\":\"a\"},\"status\":{\"state\":\"aborted\"}}', prowjob/a/aborted",
        "'{\"metadata\":{\"name\":\"a\"},\"status\":{\"state\":\"aborted\",\"completionTime\":\"x\"}}',"
                + " prowjob/a/aborted/completed",
        "'{\"metadata\":{\"name\":\"a\"}}', prowjob/a/",
        "'{}', prowjob/unnamed-99914b93-2bd3-3a50-b983-c5e7c90ae93b/"
    })
    void theIdConsistsOfNameAndState(String prowJob, String id) throws IOException {
        assertThat(read(prowJob.getBytes(StandardCharsets.UTF_8))
                        .delivery("deck", NOW)
                        .id())
                .isEqualTo(id);
    }

    @Test
    void aChangeBesideTheStateIsTheSameDelivery() throws IOException {
        String sample = new String(sample("presubmit"), StandardCharsets.UTF_8);
        Delivery one = read(sample.getBytes(StandardCharsets.UTF_8)).delivery("deck", NOW);
        Delivery other = read(sample.replace("734512091", "999999999")
                        .replace("\"gcsk8sreporter\": \"failure\"", "\"gcsk8sreporter\": \"pending\"")
                        .getBytes(StandardCharsets.UTF_8))
                .delivery("deck", NOW.plusSeconds(1));
        assertThat(other.id()).isEqualTo(one.id());
        assertThat(other.body()).isEqualTo(one.body());
    }

    @Test
    void aDeliveryNamesItsSourceAndHasTheSameIdFromEach() throws IOException {
        for (byte[] prowJob : List.of(sample("presubmit"), "{}".getBytes(StandardCharsets.UTF_8))) {
            Delivery one = read(prowJob).delivery("deck", NOW);
            Delivery other = read(prowJob).delivery("prowjobs", NOW);
            assertThat(other.id()).isEqualTo(one.id());
            assertThat(JSON.readTree(one.body()).path("door").asText()).isEqualTo("deck");
            assertThat(JSON.readTree(other.body()).path("door").asText()).isEqualTo("prowjobs");
        }
    }

    @Test
    void corruptedBytesThrowOnlyIoException() throws IOException {
        Random random = new Random(SEED);
        byte[] sample = sample("presubmit");
        for (int round = 0; round < 20_000; round++) {
            byte[] corrupted = sample.clone();
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                corrupted[random.nextInt(corrupted.length)] = (byte) "{}[]\":,0a\\\n".charAt(random.nextInt(11));
            }
            try {
                ProwJobSummary summary = read(corrupted);
                if (summary != null) {
                    assertThat(summary.delivery("deck", NOW).id()).startsWith("prowjob/");
                }
            } catch (IOException expected) {
                // No longer JSON.
            } catch (RuntimeException e) {
                fail("seed %d, round %d: %s".formatted(SEED, round, new String(corrupted, StandardCharsets.UTF_8)), e);
            }
        }
    }

    private static ProwJobSummary read(byte[] prowJob) throws IOException {
        try (JsonParser parser = ProwJobSummary.parser(new ByteArrayInputStream(prowJob))) {
            parser.nextToken();
            return ProwJobSummary.read(parser);
        }
    }

    private static byte[] sample(String name) throws IOException {
        String path = "/prowjobs/" + name + ".json";
        try (InputStream in = Objects.requireNonNull(ProwJobSummaryTest.class.getResourceAsStream(path), path)) {
            return in.readAllBytes();
        }
    }
}
