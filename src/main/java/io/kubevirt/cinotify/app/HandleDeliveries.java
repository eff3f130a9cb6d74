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

import io.kubevirt.cinotify.prow.RunReading;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.StoredDelivery;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/** Takes deliveries out of the journal, one transaction each: what is decided and that it was decided go together. */
@ApplicationScoped
public class HandleDeliveries {

    private static final Logger LOG = Logger.getLogger(HandleDeliveries.class);
    private static final int AT_ONCE = 50;
    private static final int MOST_ATTEMPTS = 3;

    private final Store store;
    private final LiveSettings settings;
    private final InstantSource clock;
    private final Instant awake;

    HandleDeliveries(Store store, LiveSettings settings, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.awake = clock.instant();
    }

    /**
     * Until none waits, or the thread is interrupted.
     *
     * @throws StoreUnavailable if the store fails: no delivery is to blame for that
     */
    public void handleAll() {
        List<String> waiting = next();
        while (!waiting.isEmpty()) {
            for (String id : waiting) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                handle(id);
            }
            waiting = next();
        }
    }

    private List<String> next() {
        return store.inTransaction(transaction -> transaction.deliveries().inProgress(AT_ONCE));
    }

    private void handle(String id) {
        try (RunInLog lines = RunInLog.ofDelivery(id)) {
            Settings current = settings.get();
            StoredDelivery delivery =
                    store.inTransaction(transaction -> transaction.deliveries().get(id));
            RunReading reading = HandleDelivery.read(delivery, current);
            lines.speaksOf(delivery.event(), reading);
            store.inTransaction(transaction -> {
                new HandleDelivery(current, transaction, awake, clock.instant()).handle(delivery, reading);
                return true;
            });
            RunCounter.count(delivery.event(), reading);
            LOG.debug("handled");
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            setAside(id, e);
        }
    }

    /** A delivery that breaks the program must not stop those behind it, nor be tried for ever. */
    private void setAside(String id, Throwable failure) {
        LOG.errorf(failure, "delivery %s could not be handled", id);
        store.inTransaction(transaction -> {
            if (transaction.deliveries().attempted(id) >= MOST_ATTEMPTS) {
                transaction
                        .deliveries()
                        .failed(id, "defect", List.of("the program failed: " + failure), clock.instant());
            }
            return true;
        });
    }
}
