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
package io.kubevirt.cinotify.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;

/** Reads {@code {"items": [...]}} of any length, as the API server and deck write it, one ProwJob at a time. */
public final class ProwJobItems {

    private static final Sieve METADATA = Sieve.fields(Map.of("resourceVersion", Sieve.PLAIN, "continue", Sieve.PLAIN));

    private ProwJobItems() {}

    /** Takes the ProwJobs as they come. */
    @FunctionalInterface
    public interface Taker {

        /** @throws JournalUnavailable ends the reading */
        void take(ProwJobExcerpt prowJob) throws JournalUnavailable;
    }

    /**
     * Reads a list to the end of the stream; what stands behind it is not looked at, but fetched, so that a connection can be
     * used again. It is the caller who closes the stream.
     *
     * @return the list's own metadata: {@code resourceVersion} and {@code continue}, where it has them
     * @throws IOException if it does not come whole, or is not such a list
     */
    public static JsonNode read(InputStream in, Taker taker) throws IOException, JournalUnavailable {
        JsonNode metadata = MissingNode.getInstance();
        boolean found = false;
        try (JsonParser parser = ProwJobExcerpt.parser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is not a JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("items") && (token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL)) {
                    found = true;
                    items(parser, taker);
                } else if (name.equals("metadata")) {
                    metadata = Objects.requireNonNullElse(METADATA.read(parser), metadata);
                } else {
                    parser.skipChildren();
                }
            }
        }
        in.transferTo(OutputStream.nullOutputStream());
        if (!found) {
            throw new IOException("it has no list named \"items\"");
        }
        return metadata;
    }

    /** Go writes null for an empty list. */
    private static void items(JsonParser parser, Taker taker) throws IOException, JournalUnavailable {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            ProwJobExcerpt prowJob = ProwJobExcerpt.read(parser);
            if (prowJob != null) {
                taker.take(prowJob);
            }
        }
    }
}
