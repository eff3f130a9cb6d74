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

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.kubevirt.cinotify.intake.Delivery;
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
final class WatchFeed {

    private static final int FULL = 500;

    /** Resources have up to 1.5 MB in etcd, and more as text. */
    private static final int LONGEST_LINE = 8 << 20;

    private final InstantSource clock;
    private final Consumer<WatchFeed> bell;
    private final Lines lines = new Lines(LONGEST_LINE, this::take);
    private List<Delivery> waiting = new ArrayList<>();
    private @Nullable String version;
    private @Nullable AsyncBody held;
    private @Nullable ApiFailure failure;
    private boolean open;
    private boolean ended;
    private boolean rung;

    /** @param bell rung, once until it is emptied, when there is something to fetch; must return at once */
    WatchFeed(InstantSource clock, Consumer<WatchFeed> bell) {
        this.clock = clock;
        this.bell = bell;
    }

    /**
     * What has come since the last time.
     *
     * @param version up to which the deliveries are complete; null if nothing moved it
     * @param open whether the API server has accepted the watch
     * @param ended whether nothing will come after this
     * @param failure why it ended; null if the API server ended it in the usual way
     */
    record Batch(
            List<Delivery> deliveries,
            @Nullable String version,
            boolean open,
            boolean ended,
            @Nullable ApiFailure failure) {}

    /** The door fetches what waits. */
    synchronized Batch fetch() {
        Batch batch = new Batch(waiting, version, open, ended, failure);
        waiting = new ArrayList<>();
        version = null;
        rung = false;
        return batch;
    }

    /** The door has put it into the journal. */
    synchronized void more() {
        if (held != null) {
            held.consume();
            held = null;
        }
    }

    /** The API server has accepted the watch. */
    synchronized void open() {
        open = true;
        ring();
    }

    synchronized void receive(List<ByteBuffer> pieces, AsyncBody body) {
        if (ended) {
            return;
        }
        try {
            for (ByteBuffer piece : pieces) {
                lines.add(piece);
            }
        } catch (ApiFailure e) {
            end(e);
        } catch (IOException e) {
            end(new ApiFailure(ApiFailure.Kind.UNREADABLE, "the watch cannot be understood: " + e.getMessage(), e));
        }
        if (ended) {
            body.cancel();
        } else if (waiting.size() < FULL) {
            body.consume();
        } else {
            held = body;
        }
    }

    private void take(InputStream line) throws IOException, ApiFailure {
        WatchEvent event = WatchEvent.read(line);
        event.requireNoError();
        if (event.isState()) {
            waiting.add(event.prowJob().delivery(ProwJobDoor.NAME, clock.instant()));
        }
        String newVersion = event.prowJob().resourceVersion();
        if (!newVersion.isEmpty()) {
            version = newVersion;
        }
        ring();
    }

    /** Nothing will come any more. */
    synchronized void end(@Nullable ApiFailure why) {
        if (!ended) {
            ended = true;
            failure = why;
            ring();
        }
    }

    private void ring() {
        if (!rung) {
            rung = true;
            bell.accept(this);
        }
    }
}
