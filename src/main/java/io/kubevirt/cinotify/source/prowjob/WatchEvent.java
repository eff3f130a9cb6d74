// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.source.JsonProjection;
import io.kubevirt.cinotify.source.ProwJobSummary;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;

/** One line of a watch; the object of a bookmark has only a version, that of an error is its status. */
record WatchEvent(String type, ObjectNode object) {

    private static final JsonProjection LINE =
            JsonProjection.fields(Map.of("type", JsonProjection.SCALAR, "object", fields()));

    private static JsonProjection fields() {
        Map<String, JsonProjection> parts = new HashMap<>(ProwJobSummary.fields());
        parts.put("code", JsonProjection.SCALAR);
        parts.put("message", JsonProjection.SCALAR);
        return JsonProjection.fields(parts);
    }

    /** @throws IOException if the line is not an event */
    static WatchEvent read(InputStream line) throws IOException {
        try (JsonParser parser = ProwJobSummary.parser(line)) {
            parser.nextToken();
            JsonNode event = LINE.read(parser);
            if (event == null || !(event.get("object") instanceof ObjectNode object)) {
                throw new IOException("not a watch event");
            }
            return new WatchEvent(event.path("type").asText(), object);
        }
    }

    /** The last state of a deleted ProwJob counts too. */
    boolean isState() {
        return type.equals("ADDED") || type.equals("MODIFIED") || type.equals("DELETED");
    }

    ProwJobSummary prowJob() {
        return new ProwJobSummary(object);
    }

    void requireNoError() throws KubernetesApiException {
        if (type.equals("ERROR")) {
            int code = object.path("code").asInt();
            throw new KubernetesApiException(
                    code == HttpURLConnection.HTTP_GONE
                            ? KubernetesApiException.Kind.GONE
                            : KubernetesApiException.Kind.UNAVAILABLE,
                    "the API server ended the watch with " + code + ": "
                            + object.path("message").asText(),
                    null);
        }
    }
}
