// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.Evidence.CloneFailure;
import io.kubevirt.cinotify.artifacts.Evidence.FinishedMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Extracts the used fields from the JSON files of a run. A field of an unexpected type counts as absent. */
final class RunMetadataParser {
    private static final int MAX_CHARS = 300;

    /** Reasons in the status and events of a pod, as Kubernetes names them. */
    private static final Set<String> NODE_REASONS = Set.of(
            "Evicted",
            "NodeLost",
            "NodeShutdown",
            "NodeAffinity",
            "Shutdown",
            "Terminated",
            "UnexpectedAdmissionError",
            "NodeNotReady",
            "TaintManagerEviction",
            "SystemOOM");

    private static final int MOST_COMPLAINTS = 5;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");
    private static final Set<String> MEMORY_REASONS = Set.of("OOMKilled", "OOMKilling");

    private static final Map<String, String> HEALTHY_CONDITIONS =
            Map.of("Ready", "True", "DiskPressure", "False", "MemoryPressure", "False", "PIDPressure", "False");

    private RunMetadataParser() {}

    static FinishedMetadata finished(JsonNode file) {
        JsonNode passed = file.path("passed");
        return new FinishedMetadata(
                text(file.path("result")).toUpperCase(Locale.ROOT),
                passed.isBoolean() ? passed.booleanValue() : null,
                text(file.path("metadata").path("uploader")).equals("crier"));
    }

    static Optional<CloneFailure> cloneFailure(JsonNode file) {
        return elements(file)
                .filter(clone ->
                        clone.path("failed").isBoolean() && clone.path("failed").booleanValue())
                .findFirst()
                .map(RunMetadataParser::failureOf);
    }

    private static CloneFailure failureOf(JsonNode clone) {
        JsonNode refs = clone.path("refs");
        JsonNode failed = elements(clone.path("commands"))
                .filter(command -> !text(command.path("error")).isEmpty())
                .reduce(clone, (earlier, later) -> later);
        String output = (text(failed.path("output")) + " " + text(failed.path("error"))).strip();
        return new CloneFailure(
                text(refs.path("org")) + "/" + text(refs.path("repo")),
                text(failed.path("command")).startsWith("git merge")
                        || output.contains("CONFLICT")
                        || output.contains("Automatic merge failed"),
                output);
    }

    static PodInfo podInfo(JsonNode file) {
        JsonNode pod = file.path("pod");
        JsonNode status = pod.path("status");
        List<PodInfo.PodProblem> problems = new ArrayList<>();
        if (text(status.path("phase")).equals("Failed")) {
            podProblem(status).or(() -> disruption(status)).ifPresent(problems::add);
        }
        Stream.of("containerStatuses", "initContainerStatuses")
                .flatMap(kind -> elements(status.path(kind)))
                .flatMap(container -> containerProblem(container).stream())
                .forEach(problems::add);
        elements(file.path("node").path("status").path("conditions"))
                .flatMap(condition -> unhealthyCondition(condition).stream())
                .forEach(problems::add);
        elements(file.path("events"))
                .filter(event -> text(event.path("type")).equals("Warning"))
                .flatMap(event -> podProblem(event).stream())
                .forEach(problems::add);
        waiting(file).ifPresent(problems::add);
        @Nullable String node = textOrNull(pod.path("spec").path("nodeName"));
        return new PodInfo(
                node != null
                        ? node
                        : textOrNull(file.path("node").path("metadata").path("name")),
                problems);
    }

    /** Kubernetes marks pods that it ends for the sake of the node or of other pods. */
    private static Optional<PodInfo.PodProblem> disruption(JsonNode status) {
        return condition(status, "DisruptionTarget", "True")
                .map(condition -> new PodInfo.PodProblem(
                        PodInfo.Kind.NODE, text(condition.path("reason")), text(condition.path("message")), null));
    }

    private static Optional<JsonNode> condition(JsonNode status, String type, String value) {
        return elements(status.path("conditions"))
                .filter(condition -> text(condition.path("type")).equals(type)
                        && text(condition.path("status")).equals(value))
                .findFirst();
    }

    /** What a pod that is pending waits for. */
    private static Optional<PodInfo.PodProblem> waiting(JsonNode file) {
        JsonNode status = file.path("pod").path("status");
        if (!text(status.path("phase")).equals("Pending")) {
            return Optional.empty();
        }
        Stream<JsonNode> containers = Stream.of("containerStatuses", "initContainerStatuses")
                .flatMap(kind -> elements(status.path(kind)))
                .map(container -> container.path("state").path("waiting"));
        Stream<JsonNode> warnings = elements(file.path("events"))
                .filter(event -> text(event.path("type")).equals("Warning"));
        String message = Stream.of(condition(status, "PodScheduled", "False").stream(), containers, warnings)
                .flatMap(part -> part)
                .map(part -> (text(part.path("reason")) + " " + text(part.path("message"))).strip())
                .filter(part -> part.contains(" "))
                .distinct()
                .limit(MOST_COMPLAINTS)
                .collect(Collectors.joining("; "));
        return message.isEmpty()
                ? Optional.empty()
                : Optional.of(new PodInfo.PodProblem(PodInfo.Kind.WAITING, "Pending", message, null));
    }

    static @Nullable String startedNode(JsonNode file) {
        return textOrNull(file.path("node"));
    }

    /** The commit that a run of a periodic job tested; null if its job clones nothing. */
    static @Nullable String repoCommit(JsonNode file) {
        String commit = text(file.path("repo-commit"));
        return COMMIT.matches(commit) ? commit : null;
    }

    static @Nullable String cluster(JsonNode file) {
        return textOrNull(file.path("spec").path("cluster"));
    }

    private static Optional<PodInfo.PodProblem> podProblem(JsonNode status) {
        String reason = text(status.path("reason"));
        boolean ofNode = NODE_REASONS.contains(reason) || reason.startsWith("OutOf");
        if (!ofNode && !MEMORY_REASONS.contains(reason)) {
            return Optional.empty();
        }
        PodInfo.Kind kind = ofNode ? PodInfo.Kind.NODE : PodInfo.Kind.MEMORY;
        return Optional.of(new PodInfo.PodProblem(kind, reason, text(status.path("message")), null));
    }

    private static Optional<PodInfo.PodProblem> containerProblem(JsonNode container) {
        return podProblem(container.path("state").path("terminated"))
                .or(() -> podProblem(container.path("lastState").path("terminated")))
                .map(problem -> new PodInfo.PodProblem(
                        problem.kind(), problem.reason(), problem.message(), textOrNull(container.path("name"))));
    }

    private static Optional<PodInfo.PodProblem> unhealthyCondition(JsonNode condition) {
        String type = text(condition.path("type"));
        String status = text(condition.path("status"));
        return Optional.ofNullable(HEALTHY_CONDITIONS.get(type))
                .filter(healthy -> !status.isEmpty() && !status.equals(healthy))
                .map(healthy -> new PodInfo.PodProblem(
                        PodInfo.Kind.NODE, type + "=" + status, text(condition.path("message")), null));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return list.isArray() ? StreamSupport.stream(list.spliterator(), false) : Stream.of();
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? TextSanitizer.singleLine(node.textValue(), MAX_CHARS) : "";
    }

    private static @Nullable String textOrNull(JsonNode node) {
        String text = text(node);
        return text.isEmpty() ? null : text;
    }
}
