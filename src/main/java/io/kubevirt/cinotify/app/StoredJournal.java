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

import io.kubevirt.cinotify.intake.Acceptance;
import io.kubevirt.cinotify.intake.Delivery;
import io.kubevirt.cinotify.intake.Journal;
import io.kubevirt.cinotify.intake.JournalUnavailable;
import io.kubevirt.cinotify.store.Inbox;
import io.kubevirt.cinotify.store.Intake;
import io.kubevirt.cinotify.store.StoredDelivery;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The door's journal is the store; whatever is new in it rings the bell. */
@ApplicationScoped
public class StoredJournal implements Journal {

    private final Inbox inbox;
    private final Intake intake;
    private final MoveDeliveries mover;

    /** The size of the largest delivery that was refused since the store was last found well. */
    private final AtomicInteger refused = new AtomicInteger();

    StoredJournal(Inbox inbox, MoveDeliveries mover) {
        this.inbox = inbox;
        this.intake = new Intake(inbox);
        this.mover = mover;
    }

    @PreDestroy
    void close() {
        intake.close();
    }

    /**
     * Returns only if the store would take what it last refused, and has room for more: whoever is not ready gets no deliveries by which it
     * could find out.
     *
     * @throws io.kubevirt.cinotify.store.StoreUnavailable if it would not
     */
    public void probe() {
        int size = refused.get();
        inbox.probe(size);
        intake.checkRoom();
        refused.compareAndSet(size, 0);
    }

    @Override
    public Acceptance accept(Delivery delivery) throws JournalUnavailable {
        boolean isNew;
        try {
            isNew = intake.take(stored(delivery));
        } catch (RuntimeException e) {
            refused.accumulateAndGet(delivery.body().length, Math::max);
            throw new JournalUnavailable(String.valueOf(e.getMessage()), e);
        }
        if (isNew) {
            mover.ring();
        }
        return isNew ? Acceptance.NEW : Acceptance.KNOWN;
    }

    @Override
    public List<Acceptance> acceptAll(List<Delivery> deliveries) throws JournalUnavailable {
        List<Acceptance> acceptances;
        try {
            acceptances = intake
                    .takeAll(deliveries.stream().map(StoredJournal::stored).toList())
                    .stream()
                    .map(isNew -> isNew ? Acceptance.NEW : Acceptance.KNOWN)
                    .toList();
        } catch (RuntimeException e) {
            throw new JournalUnavailable(String.valueOf(e.getMessage()), e);
        }
        if (acceptances.contains(Acceptance.NEW)) {
            mover.ring();
        }
        return acceptances;
    }

    private static StoredDelivery stored(Delivery delivery) {
        return new StoredDelivery(delivery.id(), delivery.event(), delivery.receivedAt(), delivery.body(), 0);
    }
}
