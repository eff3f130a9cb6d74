// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.prow.ContextOverride;
import io.kubevirt.cinotify.prow.RunParseResult;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.StatusEventReader;
import io.kubevirt.cinotify.prow.TrustedHosts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a status means the same as the whole. */
class ScannedPayloadTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final StatusEventReader READER = new StatusEventReader(
            new RunUrlReader(TrustedHosts.of(List.of(StatusPayload.HOST), List.of(StatusPayload.BUCKET))));
    private static final List<String> VALUES =
            List.of("null", "7", "1.5", "true", "[]", "{}", "[{\"state\":\"x\"}]", "\"\"", "\"tide\"", "\"\\ud800\"");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dco",
                "overridden",
                "override-cancelled",
                "postsubmit-success",
                "presubmit-aborted",
                "presubmit-error",
                "presubmit-failure",
                "presubmit-pending",
                "presubmit-triggered",
                "tide"
            })
    void theKeptFieldsOfAStatusAreReadLikeAllFields(String name) throws IOException {
        ObjectNode recorded = StatusPayload.recorded("status-" + name + ".json");
        byte[] body = JSON.writeValueAsBytes(recorded);

        assertThat(compare(name, body)).isTrue();
        assertThat(kept(body).length).isLessThan(1_000);
    }

    /** Fields that lack, are of another type, or occur twice. */
    @Test
    void changedStatusesAreReadAlikeToo() throws IOException {
        long seed = 20_261_129;
        Random random = new Random(seed);
        int compared = 0;
        for (int round = 0; round < 500; round++) {
            ObjectNode status = StatusPayload.recorded("status-presubmit-failure.json");
            ObjectNode target = random.nextInt(4) == 0
                    ? (ObjectNode) status.get(random.nextBoolean() ? "repository" : "sender")
                    : status;
            List<String> names = new ArrayList<>(StatusEventReader.FIELDS);
            names.sort(null);
            String field = names.get(random.nextInt(names.size()));
            String value = VALUES.get(random.nextInt(VALUES.size()));
            boolean twice = random.nextBoolean();
            if (!twice) {
                target.set(field, JSON.readTree(value));
            }
            String text = status.toString();
            String body = twice ? "{\"" + field + "\":" + value + "," + text.substring(1) : text;

            String description = "seed " + seed + " round " + round + ": " + body;
            if (compare(description, body.getBytes(StandardCharsets.UTF_8))) {
                compared++;
            }
        }
        assertThat(compared).as("seed " + seed).isGreaterThan(250);
    }

    /** False for a body that is no payload: it is refused before anything reads it. */
    private static boolean compare(String description, byte[] body) throws IOException {
        byte[] kept;
        try {
            kept = kept(body);
        } catch (IOException refused) {
            return false;
        }
        JsonNode whole = JSON.readTree(body);
        RunParseResult expected = READER.read(whole);
        assertThat(READER.read(JSON.readTree(kept))).as(description).isEqualTo(expected);
        assertThat(JSON.readTree(kept).at("/sender/login").textValue())
                .as(description)
                .isEqualTo(whole.at("/sender/login").textValue());
        assertThat(ContextOverride.read(JSON.readTree(kept))).as(description).isEqualTo(ContextOverride.read(whole));
        return true;
    }

    private static byte[] kept(byte[] body) throws IOException {
        return ScannedPayload.read(body, StatusEventReader.FIELDS).document();
    }
}
