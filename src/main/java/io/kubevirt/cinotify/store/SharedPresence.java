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
package io.kubevirt.cinotify.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One of several: a row shows that it lives. A call that it had begun just before it seemed dead may still be under way; the
 * length leaves time for its end.
 */
final class SharedPresence implements Presence {

    private static final String BEGINNING = "present/";

    private final Store store;
    private final String name;
    private final Duration length;

    /** By the machine's own stroke, which goes on while the process stands still; null until it has shown itself. */
    private volatile @Nullable Long shown;

    SharedPresence(Store store, String name, Duration length) {
        this.store = store;
        this.name = name;
        this.length = length;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void show() {
        long begun = System.nanoTime();
        store.inTransaction(transaction -> {
            transaction.leases().take(BEGINNING + name, name, length);
            transaction.leases().expire(BEGINNING).forEach(transaction.places()::endLeasesOf);
            return true;
        });
        shown = begun;
    }

    @Override
    public boolean isSure() {
        // A call that begins in the first half has the other one for its end.
        Long last = shown;
        return last != null && System.nanoTime() - last < length.toNanos() / 2;
    }
}
