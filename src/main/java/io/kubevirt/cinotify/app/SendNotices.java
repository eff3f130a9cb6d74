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

import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.notice.Delivery;
import io.kubevirt.cinotify.notice.console.ConsoleChannel;
import io.kubevirt.cinotify.store.NoticeTable;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.WaitingNotice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Empties the outbox: says what is due, and shows what will be said later. Only one thread at a time may use it. */
@ApplicationScoped
public class SendNotices {

    private static final Logger LOG = Logger.getLogger(SendNotices.class);
    private static final int AT_ONCE = 50;

    private final Store store;
    private final ConsoleChannel console;
    private final InstantSource clock;

    /** What was said while the store could not note it: it must not be said again until the store can. */
    private final Map<String, Delivery> said = new HashMap<>();

    private final Set<String> announced = new HashSet<>();

    SendNotices(Store store, ConsoleChannel console, InstantSource clock) {
        this.store = store;
        this.console = console;
        this.clock = clock;
    }

    /**
     * Everything that is due now; what fails has a later hour, so that this comes to an end.
     *
     * @throws StoreUnavailable if the store fails
     */
    public void sendAll() {
        Instant now = clock.instant();
        ask(outbox -> outbox.unannounced(now, AT_ONCE)).forEach(this::announce);
        List<String> due = ask(outbox -> outbox.due(now, AT_ONCE));
        while (!due.isEmpty() && !Thread.currentThread().isInterrupted()) {
            due.forEach(this::send);
            due = ask(outbox -> outbox.due(now, AT_ONCE));
        }
    }

    private void announce(String id) {
        if (!announced.contains(id) && attempt(id, console::announce) instanceof Delivery.Retry) {
            return;
        }
        announced.add(id);
        note(outbox -> outbox.announced(id));
        announced.remove(id);
    }

    private void send(String id) {
        Delivery delivery = said.computeIfAbsent(id, unsaid -> attempt(unsaid, console::send));
        note(outbox -> {
            switch (delivery) {
                case Delivery.Sent sent -> outbox.sent(id, clock.instant());
                case Delivery.Retry retry ->
                    outbox.retry(id, retry.why(), clock.instant().plus(retry.after()));
                case Delivery.Rejected rejected -> outbox.failed(id, rejected.why());
            }
        });
        said.remove(id);
    }

    /** A notice that breaks the program must not stop those behind it. */
    private Delivery attempt(String id, BiFunction<Message, List<String>, Delivery> saying) {
        try {
            WaitingNotice waiting = ask(outbox -> outbox.get(id));
            return saying.apply(waiting.notice(), waiting.trace());
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "notice %s could not be said", id);
            return new Delivery.Rejected("the program failed: " + e);
        }
    }

    private <T> T ask(Function<NoticeTable, T> question) {
        return store.inTransaction(transaction -> question.apply(transaction.notices()));
    }

    private void note(Consumer<NoticeTable> change) {
        store.inTransaction(transaction -> {
            change.accept(transaction.notices());
            return true;
        });
    }
}
