// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.kubevirt.cinotify.source.Delivery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * {@code onReady} runs once until the next {@link #drain} when there is something to drain; it must return at once.
     */
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
}
