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
package io.kubevirt.cinotify.intake.prowjobs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.intake.ProwJobExcerpt;
import io.kubevirt.cinotify.intake.Sieve;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;

/**
 * A line of a watch.
 *
 * @param type ADDED, MODIFIED, DELETED, BOOKMARK or ERROR
 * @param object the ProwJob; of a bookmark only its version; of an error a status
 */
record WatchEvent(String type, ObjectNode object) {

    private static final Sieve LINE = Sieve.fields(Map.of("type", Sieve.PLAIN, "object", parts()));

    private static Sieve parts() {
        Map<String, Sieve> parts = new HashMap<>(ProwJobExcerpt.parts());
        parts.put("code", Sieve.PLAIN);
        parts.put("message", Sieve.PLAIN);
        return Sieve.fields(parts);
    }

    /** @throws IOException if it is none */
    static WatchEvent read(InputStream line) throws IOException {
        try (JsonParser parser = ProwJobExcerpt.parser(line)) {
            parser.nextToken();
            JsonNode event = LINE.read(parser);
            if (event == null || !(event.get("object") instanceof ObjectNode object)) {
                throw new IOException("a line of the watch is no event");
            }
            return new WatchEvent(event.path("type").asText(), object);
        }
    }

    /** The last state of a deleted ProwJob is a state like any other. */
    boolean isState() {
        return type.equals("ADDED") || type.equals("MODIFIED") || type.equals("DELETED");
    }

    ProwJobExcerpt prowJob() {
        return new ProwJobExcerpt(object);
    }

    /** @throws ApiFailure if it is an error */
    void requireNoError() throws ApiFailure {
        if (type.equals("ERROR")) {
            int code = object.path("code").asInt();
            throw new ApiFailure(
                    code == HttpURLConnection.HTTP_GONE ? ApiFailure.Kind.GONE : ApiFailure.Kind.AWAY,
                    "the API server ended the watch with " + code + ": "
                            + object.path("message").asText(),
                    null);
        }
    }
}
