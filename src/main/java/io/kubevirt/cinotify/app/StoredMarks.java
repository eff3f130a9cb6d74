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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.intake.JournalUnavailable;
import io.kubevirt.cinotify.intake.prowjobs.Resumption;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Watermark;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** How far the plugin has seen, over restarts. */
@ApplicationScoped
public class StoredMarks implements Resumption {

    /** When the plugin first began to watch: what ended before is past, and nobody is told of it. */
    static final String BEGAN = "watch/began";

    private static final String VERSION = "prowjobs/resource-version";

    private final Store store;
    private final InstantSource clock;

    StoredMarks(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Remembers the very first time. */
    void beginWatch(Instant now) {
        store.inTransaction(transaction -> transaction.watermarks().keep(BEGAN, "", now));
    }

    @Override
    public Optional<String> resourceVersion() throws JournalUnavailable {
        try {
            return store.read(transaction -> transaction.watermarks().find(VERSION))
                    .map(Watermark::value);
        } catch (RuntimeException e) {
            throw new JournalUnavailable("the store cannot be read", e);
        }
    }

    @Override
    public void remember(String resourceVersion) throws JournalUnavailable {
        try {
            store.inTransaction(transaction -> {
                transaction.watermarks().set(VERSION, new Watermark(resourceVersion, clock.instant()));
                return true;
            });
        } catch (RuntimeException e) {
            throw new JournalUnavailable("the store does not take how far the watch has come", e);
        }
    }
}
