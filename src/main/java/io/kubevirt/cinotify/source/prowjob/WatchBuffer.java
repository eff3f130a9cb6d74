// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.kubevirt.cinotify.source.Delivery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the client's thread, which must not wait, and the door's, which may wait for the journal. It holds only so
 * much: when it is full it asks the API server for no more until the door has emptied it.
 */
final class WatchBuffer {

    private static final int MAX_BUFFERED = 500;

    /** Resources have up to 1.5 MB in etcd, and more as text. */
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

    /** @param bell rung, once until it is emptied, when there is something to fetch; must return at once */
    WatchBuffer(InstantSource clock, Consumer<WatchBuffer> bell) {
        this.clock = clock;
        this.onReady = bell;
    }

    /**
     * What has come since the last time.
     *
     * @param resourceVersion up to which the deliveries are complete; null if nothing moved it
     * @param open whether the API server has accepted the watch
     * @param ended whether nothing will come after this
     * @param failure why it ended; null if the API server ended it in the usual way
     */
    record Batch(
            List<Delivery> deliveries,
            @Nullable String resourceVersion,
            boolean open,
            boolean ended,
            @Nullable KubernetesApiException failure) {}

    /** The door fetches what waits. */
    synchronized Batch drain() {
        Batch batch = new Batch(buffered, resourceVersion, open, ended, failure);
        buffered = new ArrayList<>();
        resourceVersion = null;
        notified = false;
        return batch;
    }

    /** The door has put it into the journal. */
    synchronized void resume() {
        if (pausedBody != null) {
            pausedBody.consume();
            pausedBody = null;
        }
    }

    /** The API server has accepted the watch. */
    synchronized void open() {
        open = true;
        notifyReady();
    }

    synchronized void receive(List<ByteBuffer> pieces, AsyncBody body) {
        if (ended) {
            return;
        }
        try {
            for (ByteBuffer piece : pieces) {
                lineSplitter.add(piece);
            }
        } catch (KubernetesApiException e) {
            end(e);
        } catch (IOException e) {
            end(new KubernetesApiException(
                    KubernetesApiException.Kind.UNREADABLE, "the watch cannot be understood: " + e.getMessage(), e));
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

    /** Nothing will come any more. */
    synchronized void end(@Nullable KubernetesApiException why) {
        if (!ended) {
            ended = true;
            failure = why;
            notifyReady();
        }
    }

    private void notifyReady() {
        if (!notified) {
            notified = true;
            onReady.accept(this);
        }
    }
}
