// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.command.CommandLogEntry;
import io.kubevirt.cinotify.diagnosis.FailureRecord;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.detect.DetectionSnapshot;
import io.kubevirt.cinotify.incident.notify.ResponseRegistry.NotifierState;
import io.kubevirt.cinotify.incident.notify.ResponseState;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.prow.JobRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON that the version with schema 14 stored: every value is read, under whatever name its field has now. */
class StoredDocumentsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is read and written again, by the type that reads it. */
    private static final Map<String, UnaryOperator<String>> TYPES = Map.ofEntries(
            column(JobRun.class),
            column(IncidentView.class),
            column(IncidentEvent.class),
            column(OutgoingMessage.IncidentMessage.class),
            column(OutgoingMessage.TextMessage.class),
            column(TrackedBump.class),
            column(CommandLogEntry.class),
            column(FailureRecord.class),
            engineState(DetectionSnapshot.class),
            engineState(NotifierState.class),
            engineState(ResponseState.class));

    private static <T> Map.Entry<String, UnaryOperator<String>> column(Class<T> type) {
        return Map.entry(type.getSimpleName(), json -> JsonColumns.write(JsonColumns.read(json, type)));
    }

    private static <T> Map.Entry<String, UnaryOperator<String>> engineState(Class<T> type) {
        return Map.entry(
                type.getSimpleName(), json -> DetectionSnapshot.toJson(DetectionSnapshot.fromJson(json, type)));
    }

    static Stream<String> documents() throws IOException {
        try (InputStream lines = StoredDocumentsTest.class.getResourceAsStream("/store/documents-v14.tsv")) {
            return new String(Objects.requireNonNull(lines).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void noValueOfAStoredDocumentIsLost(String line) throws JsonProcessingException {
        String[] parts = line.split("\t", 2);
        String now = Objects.requireNonNull(TYPES.get(parts[0]), parts[0]).apply(parts[1]);

        List<String> added = values(JSON.readTree(now));
        List<String> lost = values(JSON.readTree(parts[1])).stream()
                .filter(value -> !added.remove(value))
                .toList();
        assertThat(lost).as("%s: lost", parts[0]).isEmpty();
        assertThat(added).as("%s: defaults of what is new", parts[0]).isSubsetOf("", "0", "false");
    }

    @Test
    void everyStoredTypeIsThere() throws IOException {
        Set<String> types = documents().map(line -> line.split("\t", 2)[0]).collect(Collectors.toSet());

        assertThat(types).isEqualTo(TYPES.keySet());
    }

    private static List<String> values(JsonNode node) {
        List<String> values = new ArrayList<>();
        collect(node, values);
        return values;
    }

    private static void collect(JsonNode node, List<String> values) {
        if (node.isContainerNode()) {
            node.forEach(child -> collect(child, values));
        } else if (!node.isNull()) {
            values.add(
                    node.isNumber() ? node.decimalValue().stripTrailingZeros().toPlainString() : node.asText());
        }
    }
}
