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

import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.WantedEvidence;
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
public class EvidenceThreads {

    private static final Logger LOG = Logger.getLogger(EvidenceThreads.class);

    /** Each may hold the known parts of a log, some megabytes. */
    private static final int AT_A_TIME = 4;

    private final FetchEvidence evidence;
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    EvidenceThreads(FetchEvidence evidence) {
        this.evidence = evidence;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        int room = free.drainPermits();
        int taken = 0;
        try {
            for (WantedEvidence wanted : room == 0 ? List.<WantedEvidence>of() : evidence.claim(room)) {
                threads.execute(() -> fetch(wanted));
                taken++;
            }
        } catch (StoreUnavailable e) {
            LOG.debugf("no evidence is fetched: %s", e.getMessage());
        } finally {
            free.release(room - taken);
        }
    }

    /** What fails is due again when its claim ends. */
    private void fetch(WantedEvidence wanted) {
        try {
            evidence.fetch(wanted);
        } catch (StoreUnavailable e) {
            LOG.debugf("the evidence of %s is fetched again: %s", wanted.id(), e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "the evidence of %s could not be judged", wanted.id());
        } finally {
            free.release();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }
}
