// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.store.EvidenceRequest;
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

/** Fetches the evidence of a few runs at a time, beside everything else. */
@ApplicationScoped
public class ArtifactFetchScheduler {

    private static final Logger LOG = Logger.getLogger(ArtifactFetchScheduler.class);

    /** Each may hold the known parts of a log, some megabytes. */
    private static final int MAX_CONCURRENT = 4;

    private final ArtifactFetcher fetcher;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ArtifactFetchScheduler(ArtifactFetcher evidence) {
        this.fetcher = evidence;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        int room = permits.drainPermits();
        int taken = 0;
        try {
            for (EvidenceRequest wanted : room == 0 ? List.<EvidenceRequest>of() : fetcher.claim(room)) {
                threads.execute(() -> fetch(wanted));
                taken++;
            }
        } catch (StoreUnavailable e) {
            LOG.debugf("no evidence is fetched: %s", e.getMessage());
        } finally {
            permits.release(room - taken);
        }
    }

    /** What fails is due again when its claim ends. */
    private void fetch(EvidenceRequest wanted) {
        try {
            fetcher.fetch(wanted);
        } catch (StoreUnavailable e) {
            LOG.debugf("the evidence of %s is fetched again: %s", wanted.id(), e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "the evidence of %s could not be judged", wanted.id());
        } finally {
            permits.release();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }
}
