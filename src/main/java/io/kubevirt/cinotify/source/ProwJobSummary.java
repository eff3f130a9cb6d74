// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.prow.JobState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a ProwJob that ci-notify uses (prow-contract §6), in the structure of the resource. Pod specs, which
 * are most of a ProwJob, are never held in memory.
 */
public record ProwJobSummary(ObjectNode resource) {
    /** The event name of ProwJob deliveries. */
    public static final String EVENT = "prowjob";

    /** The field of a delivery body with the name of its source. The value is stored, so it must not change. */
    public static final String SOURCE_FIELD = "door";

    private static final int MAX_REFS = 20;
    private static final int MAX_PULLS = 100;
    private static final int MAX_LABELS = 100;
    private static final int MAX_LABEL_CHARS = 1_000;

    /** Twice the size limit of a resource in etcd. */
    private static final int MAX_READ_CHARS = 3_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_READ_CHARS)
                    .build())
            .build();

    private static final JsonProjection PROW_JOB = JsonProjection.fields(fields());

    /** A parser for documents of any length with limited strings. It does not close the stream. */
    public static JsonParser parser(InputStream in) throws IOException {
        return JSON.createParser(in);
    }

    /** The used fields, to be embedded in another document. */
    public static Map<String, JsonProjection> fields() {
        JsonProjection labels = JsonProjection.texts(MAX_LABELS, MAX_LABEL_CHARS);
        Map<String, JsonProjection> refs = scalarFields("org", "repo", "base_ref", "base_sha");
        refs.put(
                "pulls",
                JsonProjection.elements(MAX_PULLS, JsonProjection.fields(scalarFields("number", "author", "sha"))));
        Map<String, JsonProjection> metadata = scalarFields("name", "creationTimestamp", "resourceVersion");
        metadata.put("labels", labels);
        metadata.put("annotations", labels);
        Map<String, JsonProjection> spec = scalarFields("type", "job", "cluster", "report", "context", "hidden");
        spec.put(
                "decoration_config",
                JsonProjection.fields(Map.of(
                        "gcs_configuration",
                        JsonProjection.fields(scalarFields(
                                "bucket",
                                "path_prefix",
                                "path_strategy",
                                "default_org",
                                "default_repo",
                                "job_url_prefix")))));
        spec.put("refs", JsonProjection.fields(refs));
        spec.put("extra_refs", JsonProjection.elements(MAX_REFS, JsonProjection.fields(refs)));
        Map<String, JsonProjection> status =
                scalarFields("state", "description", "url", "build_id", "startTime", "pendingTime", "completionTime");
        return Map.of(
                "metadata",
                JsonProjection.fields(metadata),
                "spec",
                JsonProjection.fields(spec),
                "status",
                JsonProjection.fields(status));
    }

    private static Map<String, JsonProjection> scalarFields(String... names) {
        Map<String, JsonProjection> fields = new HashMap<>();
        for (String name : names) {
            fields.put(name, JsonProjection.SCALAR);
        }
        return fields;
    }

    /** Reads the next value as a ProwJob; null if it is not an object. */
    public static @Nullable ProwJobSummary read(JsonParser parser) throws IOException {
        return PROW_JOB.read(parser) instanceof ObjectNode resource ? new ProwJobSummary(resource) : null;
    }

    public String name() {
        return resource.path("metadata").path("name").asText();
    }

    /** A deleted ProwJob without completion never ends otherwise. */
    public boolean isCompleted() {
        return !resource.path("status").path("completionTime").asText().isEmpty();
    }

    public boolean isFailed() {
        return JobState.named(resource.path("status").path("state").asText())
                .filter(JobState::isRed)
                .isPresent();
    }

    /** The deletions of unfinished ProwJobs as deliveries; the ids are the same for every source. */
    public static List<Delivery> deletions(Collection<String> names, String source, Instant receivedAt) {
        return names.stream().map(name -> deletion(name, source, receivedAt)).toList();
    }

    private static Delivery deletion(String name, String source, Instant receivedAt) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("metadata").put("name", name).put("deletionTimestamp", receivedAt.toString());
        body.put(SOURCE_FIELD, source);
        return new Delivery(EVENT + "/" + name + "/deleted", EVENT, receivedAt, bytes(body));
    }

    /** Empty if the source does not report it. */
    public String resourceVersion() {
        return resource.path("metadata").path("resourceVersion").asText();
    }

    /**
     * The state of the ProwJob as a delivery. The id is the same for every source. Completion is a state of its own,
     * because a run is aborted before it completes (prow-contract §6).
     */
    public Delivery delivery(String source, Instant receivedAt) {
        ObjectNode body = resource.deepCopy();
        if (body.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("resourceVersion");
        }
        JsonNode status = body.path("status");
        String name = name();
        // Kubernetes requires a name; an object without one is identified by its content.
        String identity = name.isEmpty() ? "unnamed-" + UUID.nameUUIDFromBytes(bytes(body)) : name;
        String id = EVENT + "/" + identity + "/" + status.path("state").asText() + (isCompleted() ? "/completed" : "");
        body.put(SOURCE_FIELD, source);
        return new Delivery(id, EVENT, receivedAt, bytes(body));
    }

    private static byte[] bytes(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
