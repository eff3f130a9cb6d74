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
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.store.Presence;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Empties the outbox, an errand at a time: claims it, does it, notes what became of it. May be used by several threads;
 * whoever dies in the middle leaves an unknown outcome, and the next one looks.
 */
final class Sender {

    private final Store store;
    private final InstantSource clock;
    private final Presence presence;
    private final Supplier<Patience> patience;

    /** What was done while the store could not note it: nothing else happens at its place until the store can. */
    private final Map<Errand, Note> unnoted = new ConcurrentHashMap<>();

    private record Note(Channel channel, Deed deed) {}

    Sender(Store store, InstantSource clock, Supplier<Patience> patience) {
        this.store = store;
        this.clock = clock;
        this.presence = store.presence();
        this.patience = patience;
    }

    /**
     * Shows that this process lives; what others that do not have left behind can be done.
     *
     * @throws StoreUnavailable if the store fails
     */
    void show() {
        presence.show();
    }

    /**
     * Takes the next thing to do on a channel.
     *
     * @throws StoreUnavailable if the store fails
     */
    Optional<Errand> claim(Channel channel) {
        return store.inTransaction(
                transaction -> new Claims(transaction, channel, presence.name(), clock.instant()).next());
    }

    /**
     * Does it and notes what became of it.
     *
     * @throws StoreUnavailable if the store cannot note it now; {@link #noteAll} will
     */
    void carryOut(Channel channel, Errand errand) {
        unnoted.put(errand, new Note(channel, Speech.act(channel, errand, presence::isSure)));
        note(errand);
    }

    /**
     * Notes whatever the store could not.
     *
     * @throws StoreUnavailable if it still cannot
     */
    void noteAll() {
        unnoted.keySet().forEach(this::note);
    }

    private void note(Errand errand) {
        Note note = unnoted.get(errand);
        if (note != null) {
            store.inTransaction(transaction -> {
                new Notes(transaction, note.channel().abilities(), patience.get(), clock.instant())
                        .note(errand, note.deed());
                return true;
            });
            unnoted.remove(errand);
        }
    }
}
