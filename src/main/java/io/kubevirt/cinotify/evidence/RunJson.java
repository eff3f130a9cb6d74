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
package io.kubevirt.cinotify.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Takes from the JSON files of a run what is of use; what has an unexpected type is as if it were not there. */
final class RunJson {

    private static final int LONGEST = 300;

    /** Why a node puts pods out, in the words of Kubernetes. */
    private static final Map<String, PodFacts.Kind> REASONS = Map.ofEntries(
            Map.entry("Evicted", PodFacts.Kind.NODE),
            Map.entry("NodeLost", PodFacts.Kind.NODE),
            Map.entry("NodeShutdown", PodFacts.Kind.NODE),
            Map.entry("NodeAffinity", PodFacts.Kind.NODE),
            Map.entry("Shutdown", PodFacts.Kind.NODE),
            Map.entry("Terminated", PodFacts.Kind.NODE),
            Map.entry("UnexpectedAdmissionError", PodFacts.Kind.NODE),
            Map.entry("NodeNotReady", PodFacts.Kind.NODE),
            Map.entry("TaintManagerEviction", PodFacts.Kind.NODE),
            Map.entry("SystemOOM", PodFacts.Kind.NODE),
            Map.entry("OOMKilled", PodFacts.Kind.MEMORY),
            Map.entry("OOMKilling", PodFacts.Kind.MEMORY));

    /** What a well node does not say of itself. */
    private static final Map<String, String> CONDITIONS =
            Map.of("Ready", "True", "DiskPressure", "False", "MemoryPressure", "False", "PIDPressure", "False");

    private RunJson() {}

    static Finish finish(JsonNode file) {
        JsonNode passed = file.path("passed");
        return new Finish(
                text(file.path("result")).toUpperCase(Locale.ROOT),
                passed.isBoolean() ? passed.booleanValue() : null,
                text(file.path("metadata").path("uploader")).equals("crier"));
    }

    static Optional<CloneFailure> cloneFailure(JsonNode file) {
        return elements(file)
                .filter(clone ->
                        clone.path("failed").isBoolean() && clone.path("failed").booleanValue())
                .findFirst()
                .map(RunJson::failureOf);
    }

    private static CloneFailure failureOf(JsonNode clone) {
        JsonNode refs = clone.path("refs");
        String said = elements(clone.path("commands"))
                .filter(command -> !text(command.path("error")).isEmpty())
                .map(command -> (text(command.path("output")) + " " + text(command.path("error"))).strip())
                .reduce("", (earlier, later) -> later);
        return new CloneFailure(
                text(refs.path("org")) + "/" + text(refs.path("repo")),
                said.contains("CONFLICT") || said.contains("Automatic merge failed"),
                said);
    }

    static PodFacts pod(JsonNode file) {
        JsonNode pod = file.path("pod");
        JsonNode status = pod.path("status");
        List<PodFacts.Trouble> troubles = new ArrayList<>();
        if (text(status.path("phase")).equals("Failed")) {
            trouble(status).ifPresent(troubles::add);
        }
        Stream.of("containerStatuses", "initContainerStatuses")
                .flatMap(kind -> elements(status.path(kind)))
                .flatMap(container -> trouble(container.path("state").path("terminated")).stream())
                .forEach(troubles::add);
        elements(file.path("node").path("status").path("conditions"))
                .flatMap(condition -> sickness(condition).stream())
                .forEach(troubles::add);
        elements(file.path("events"))
                .filter(event -> text(event.path("type")).equals("Warning"))
                .flatMap(event -> trouble(event).stream())
                .forEach(troubles::add);
        @Nullable String node = textOrNull(pod.path("spec").path("nodeName"));
        return new PodFacts(
                node != null
                        ? node
                        : textOrNull(file.path("node").path("metadata").path("name")),
                troubles);
    }

    static @Nullable String startedOn(JsonNode file) {
        return textOrNull(file.path("node"));
    }

    static @Nullable String cluster(JsonNode file) {
        return textOrNull(file.path("spec").path("cluster"));
    }

    private static Optional<PodFacts.Trouble> trouble(JsonNode said) {
        String reason = text(said.path("reason"));
        return Optional.ofNullable(REASONS.get(reason))
                .map(kind -> new PodFacts.Trouble(kind, reason, text(said.path("message"))));
    }

    private static Optional<PodFacts.Trouble> sickness(JsonNode condition) {
        String type = text(condition.path("type"));
        String status = text(condition.path("status"));
        return Optional.ofNullable(CONDITIONS.get(type))
                .filter(well -> !status.isEmpty() && !status.equals(well))
                .map(well ->
                        new PodFacts.Trouble(PodFacts.Kind.NODE, type + "=" + status, text(condition.path("message"))));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return list.isArray() ? StreamSupport.stream(list.spliterator(), false) : Stream.of();
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? CleanText.line(node.textValue(), LONGEST) : "";
    }

    private static @Nullable String textOrNull(JsonNode node) {
        String text = text(node);
        return text.isEmpty() ? null : text;
    }
}
