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

/** Reads a list of ProwJobs, {@code {"items": [...]}}, one ProwJob at a time. */
public final class ProwJobListReader {
    private static final JsonProjection METADATA =
            JsonProjection.fields(Map.of("resourceVersion", JsonProjection.SCALAR, "continue", JsonProjection.SCALAR));

    private ProwJobListReader() {}

    @FunctionalInterface
    public interface ProwJobConsumer {
        /** @throws JournalUnavailableException ends the reading */
        void accept(ProwJobSummary prowJob) throws JournalUnavailableException;
    }

    /**
     * Reads a list to the end, so that the connection can be reused; returns its {@code resourceVersion} and {@code
     * continue}. The caller closes the stream.
     */
    public static JsonNode read(InputStream in, ProwJobConsumer consumer)
            throws IOException, JournalUnavailableException {
        JsonNode metadata = MissingNode.getInstance();
        boolean found = false;
        try (JsonParser parser = ProwJobSummary.parser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("items") && (token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL)) {
                    found = true;
                    readItems(parser, consumer);
                } else if (name.equals("metadata")) {
                    metadata = Objects.requireNonNullElse(METADATA.read(parser), metadata);
                } else {
                    parser.skipChildren();
                }
            }
        }
        in.transferTo(OutputStream.nullOutputStream());
        if (!found) {
            throw new IOException("no list \"items\"");
        }
        return metadata;
    }

    /** Go writes null for an empty list. */
    private static void readItems(JsonParser parser, ProwJobConsumer consumer)
            throws IOException, JournalUnavailableException {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            ProwJobSummary prowJob = ProwJobSummary.read(parser);
            if (prowJob != null) {
                consumer.accept(prowJob);
            }
        }
    }
}
