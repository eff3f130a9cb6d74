// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What ci-notify uses of a ProwJob (prow-contract §6), in the resource's own shape. Pod specs and the like, which are most of
 * its bytes, are gone before they are ever held.
 *
 * @param resource the parts that are used
 */
public record ProwJobSummary(ObjectNode resource) {

    /** The name by which deliveries of ProwJobs are told from GitHub's events. */
    public static final String EVENT = "prowjob";

    /** Where a delivery says by which door it came, beside the parts of the resource. */
    public static final String SOURCE_FIELD = "door";

    private static final int MOST_REFS = 20;
    private static final int MOST_PULLS = 100;
    private static final int MOST_LABELS = 100;
    private static final int LONGEST_LABEL = 1_000;

    /** Twice what a resource may have in etcd: longer texts come from nobody who means well. */
    private static final int MAX_READ_CHARS = 3_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_READ_CHARS)
                    .build())
            .build();

    private static final JsonProjection PROW_JOB = JsonProjection.fields(fields());

    /** A parser for documents of any length, whose texts are bounded. It does not close the stream. */
    public static JsonParser parser(InputStream in) throws IOException {
        return JSON.createParser(in);
    }

    /** The parts of a resource that are used, to be embedded into another document. */
    public static Map<String, JsonProjection> fields() {
        JsonProjection labels = JsonProjection.texts(MOST_LABELS, LONGEST_LABEL);
        Map<String, JsonProjection> refs = scalarFields("org", "repo", "base_ref", "base_sha");
        refs.put(
                "pulls",
                JsonProjection.elements(MOST_PULLS, JsonProjection.fields(scalarFields("number", "author", "sha"))));
        Map<String, JsonProjection> metadata = scalarFields("name", "creationTimestamp", "resourceVersion");
        metadata.put("labels", labels);
        metadata.put("annotations", labels);
        Map<String, JsonProjection> spec = scalarFields("type", "job", "cluster", "report", "context");
        spec.put("refs", JsonProjection.fields(refs));
        spec.put("extra_refs", JsonProjection.elements(MOST_REFS, JsonProjection.fields(refs)));
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

    /**
     * Reads the next value as a ProwJob.
     *
     * @return null if it is no object
     * @throws IOException if the text is not JSON or does not come
     */
    public static @Nullable ProwJobSummary read(JsonParser parser) throws IOException {
        return PROW_JOB.read(parser) instanceof ObjectNode resource ? new ProwJobSummary(resource) : null;
    }

    /** The version of the resource, from which a watch goes on; empty if the door does not tell. */
    public String resourceVersion() {
        return resource.path("metadata").path("resourceVersion").asText();
    }

    /**
     * The state of the ProwJob as a delivery. The same state has the same identity whenever and by whatever door it is seen;
     * having completed is a state of its own, because a run is aborted before it ends (prow-contract §6).
     *
     * @param door that saw it
     */
    public Delivery delivery(String door, Instant receivedAt) {
        ObjectNode body = resource.deepCopy();
        if (body.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("resourceVersion");
        }
        JsonNode status = body.path("status");
        String name = body.path("metadata").path("name").asText();
        // Kubernetes lets no resource be without a name; whatever has none is told apart by all that it says.
        String identity = name.isEmpty() ? "unnamed-" + UUID.nameUUIDFromBytes(bytes(body)) : name;
        String completed = status.path("completionTime").asText().isEmpty() ? "" : "/completed";
        String id = EVENT + "/" + identity + "/" + status.path("state").asText() + completed;
        body.put(SOURCE_FIELD, door);
        return new Delivery(id, EVENT, receivedAt, bytes(body));
    }

    private static byte[] bytes(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
