// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.store.EvidenceTable;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Fetches the artifacts of a few runs at a time on threads of its own. */
@ApplicationScoped
public class ArtifactFetchScheduler {

    private static final Logger LOG = Logger.getLogger(ArtifactFetchScheduler.class);

    /** Each fetch may hold some megabytes of log. */
    private static final int MAX_CONCURRENT = 4;

    private final ArtifactFetcher fetcher;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ArtifactFetchScheduler(ArtifactFetcher fetcher) {
        this.fetcher = fetcher;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        int limit = permits.drainPermits();
        int started = 0;
        try {
            for (EvidenceTable.Request request : limit == 0 ? List.<EvidenceTable.Request>of() : fetcher.claim(limit)) {
                threads.execute(() -> fetch(request));
                started++;
            }
        } catch (StoreUnavailable e) {
            LOG.debugf("not fetching artifacts: %s", e.getMessage());
        } finally {
            permits.release(limit - started);
        }
    }

    /** A failed fetch is due again when its claim expires. */
    private void fetch(EvidenceTable.Request request) {
        try {
            fetcher.fetch(request);
        } catch (StoreUnavailable e) {
            LOG.debugf("fetching the artifacts of %s again: %s", request.id(), e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "cannot diagnose the artifacts of %s", request.id());
        } finally {
            permits.release();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }
}
