// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.JsonProjection;
import io.kubevirt.cinotify.source.ProwJobSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded buffer between the HTTP client thread, which must not block, and the thread of the source. When it is full,
 * it stops reading from the API server until it is drained.
 */
final class WatchBuffer {
    private static final int MAX_BUFFERED = 500;

    /** A resource has up to 1.5 MB in etcd, and more as JSON. */
    private static final int MAX_LINE_BYTES = 8 << 20;

    private final InstantSource clock;
    private final Consumer<WatchBuffer> onReady;
    private final LineSplitter lineSplitter = new LineSplitter(MAX_LINE_BYTES, this::acceptLine);
    private List<Delivery> buffered = new ArrayList<>();
    private @Nullable String resourceVersion;
    private @Nullable AsyncBody pausedBody;
    private @Nullable KubernetesApiException failure;
    private boolean open;
    private boolean ended;
    private boolean notified;

    /** {@code onReady} must return at once; it runs once until the next {@link #drain}. */
    WatchBuffer(InstantSource clock, Consumer<WatchBuffer> onReady) {
        this.clock = clock;
        this.onReady = onReady;
    }

    /** The content since the last drain; the version is null if unchanged, the failure if the watch ended normally. */
    record Batch(
            List<Delivery> deliveries,
            @Nullable String resourceVersion,
            boolean open,
            boolean ended,
            @Nullable KubernetesApiException failure) {}

    synchronized Batch drain() {
        Batch batch = new Batch(buffered, resourceVersion, open, ended, failure);
        buffered = new ArrayList<>();
        resourceVersion = null;
        notified = false;
        return batch;
    }

    /** Continues reading, after the batch is in the journal. */
    synchronized void resume() {
        if (pausedBody != null) {
            pausedBody.consume();
            pausedBody = null;
        }
    }

    synchronized void open() {
        open = true;
        notifyReady();
    }

    synchronized void receive(List<ByteBuffer> chunks, AsyncBody body) {
        if (ended) {
            return;
        }
        try {
            for (ByteBuffer chunk : chunks) {
                lineSplitter.add(chunk);
            }
        } catch (KubernetesApiException e) {
            end(e);
        } catch (IOException e) {
            end(new KubernetesApiException(
                    KubernetesApiException.Kind.UNREADABLE, "invalid watch event: " + e.getMessage(), e));
        }
        if (ended) {
            body.cancel();
        } else if (buffered.size() < MAX_BUFFERED) {
            body.consume();
        } else {
            pausedBody = body;
        }
    }

    private void acceptLine(InputStream line) throws IOException, KubernetesApiException {
        WatchEvent event = WatchEvent.read(line);
        event.requireNoError();
        if (event.isState()) {
            buffered.add(event.prowJob().delivery(ProwJobReflector.NAME, clock.instant()));
        }
        if (event.isDeletion() && !event.prowJob().isCompleted()) {
            buffered.addAll(
                    ProwJobSummary.deletions(Set.of(event.prowJob().name()), ProwJobReflector.NAME, clock.instant()));
        }
        String newVersion = event.prowJob().resourceVersion();
        if (!newVersion.isEmpty()) {
            resourceVersion = newVersion;
        }
        notifyReady();
    }

    synchronized void end(@Nullable KubernetesApiException cause) {
        if (!ended) {
            ended = true;
            failure = cause;
            notifyReady();
        }
    }

    private void notifyReady() {
        if (!notified) {
            notified = true;
            onReady.accept(this);
        }
    }

    private static final class LineSplitter {
        private final int maxBytes;
        private final LineConsumer consumer;
        private ByteArrayOutputStream partialLine = new ByteArrayOutputStream();

        LineSplitter(int maxBytes, LineConsumer consumer) {
            this.maxBytes = maxBytes;
            this.consumer = consumer;
        }

        @FunctionalInterface
        interface LineConsumer {
            void accept(InputStream line) throws IOException, KubernetesApiException;
        }

        /** @throws IOException if a line exceeds the limit */
        void add(ByteBuffer bytes) throws IOException, KubernetesApiException {
            byte[] chunk = new byte[bytes.remaining()];
            bytes.get(chunk);
            int from = 0;
            for (int i = 0; i < chunk.length; i++) {
                if (chunk[i] == '\n') {
                    partialLine.write(chunk, from, i - from);
                    from = i + 1;
                    emitLine();
                }
            }
            partialLine.write(chunk, from, chunk.length - from);
            if (partialLine.size() > maxBytes) {
                throw new IOException("a line is longer than " + maxBytes + " bytes");
            }
        }

        private void emitLine() throws IOException, KubernetesApiException {
            byte[] line = partialLine.toByteArray();
            partialLine = new ByteArrayOutputStream();
            if (line.length > 0) {
                consumer.accept(new ByteArrayInputStream(line));
            }
        }
    }

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
            return type.equals("ADDED") || type.equals("MODIFIED") || isDeletion();
        }

        boolean isDeletion() {
            return type.equals("DELETED");
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
}
