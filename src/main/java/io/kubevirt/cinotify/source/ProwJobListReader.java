// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

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
public final class ProwJobListReader {

    private static final JsonProjection METADATA =
            JsonProjection.fields(Map.of("resourceVersion", JsonProjection.SCALAR, "continue", JsonProjection.SCALAR));

    private ProwJobListReader() {}

    /** Takes the ProwJobs as they come. */
    @FunctionalInterface
    public interface ProwJobConsumer {

        /** @throws JournalUnavailableException ends the reading */
        void accept(ProwJobSummary prowJob) throws JournalUnavailableException;
    }

    /**
     * Reads a list to the end of the stream; what stands behind it is not looked at, but fetched, so that a connection can be
     * used again. It is the caller who closes the stream.
     *
     * @return the list's own metadata: {@code resourceVersion} and {@code continue}, where it has them
     * @throws IOException if it does not come whole, or is not such a list
     */
    public static JsonNode read(InputStream in, ProwJobConsumer taker) throws IOException, JournalUnavailableException {
        JsonNode metadata = MissingNode.getInstance();
        boolean found = false;
        try (JsonParser parser = ProwJobSummary.parser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is not a JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("items") && (token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL)) {
                    found = true;
                    readItems(parser, taker);
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
    private static void readItems(JsonParser parser, ProwJobConsumer taker)
            throws IOException, JournalUnavailableException {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            ProwJobSummary prowJob = ProwJobSummary.read(parser);
            if (prowJob != null) {
                taker.accept(prowJob);
            }
        }
    }
}
