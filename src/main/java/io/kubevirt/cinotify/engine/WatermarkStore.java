// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.prowjob.ProwJobReflector.ResourceVersionStore;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** How far the plugin has read its sources; survives restarts. */
@ApplicationScoped
public class WatermarkStore implements ResourceVersionStore {
    /** When the plugin first watched a source. Runs that ended earlier cause no notifications. */
    static final String WATCH_STARTED = "watch/began";

    private static final String RESOURCE_VERSION = "prowjobs/resource-version";
    private final Store store;
    private final InstantSource clock;

    WatermarkStore(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Records the first start; later calls change nothing. */
    public void recordWatchStart(Instant now) {
        store.inTransaction(transaction -> transaction.watermarks().getOrSet(WATCH_STARTED, "", now));
    }

    @Override
    public Optional<String> resourceVersion() throws JournalUnavailableException {
        try {
            return store.read(transaction -> transaction.watermarks().find(RESOURCE_VERSION))
                    .map(Watermark::value);
        } catch (RuntimeException e) {
            throw new JournalUnavailableException("cannot read the store", e);
        }
    }

    @Override
    public Set<String> names() throws JournalUnavailableException {
        try {
            return store.read(transaction -> transaction.runs(clock.instant()).unfinishedProwJobs());
        } catch (RuntimeException e) {
            throw new JournalUnavailableException("cannot read the store", e);
        }
    }

    @Override
    public void save(String resourceVersion) throws JournalUnavailableException {
        try {
            store.inTransaction(transaction -> {
                transaction.watermarks().set(RESOURCE_VERSION, new Watermark(resourceVersion, clock.instant()));
                return true;
            });
        } catch (RuntimeException e) {
            throw new JournalUnavailableException("cannot store the resource version of the watch", e);
        }
    }
}
