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
package io.kubevirt.cinotify.intake.hook;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies are held at once. They are held before anybody has shown a signature, so there must be an end
 * to it: memory that has run out takes the whole plugin with it.
 */
public final class BytesInFlight {

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /** @param limit in bytes */
    public BytesInFlight(long limit) {
        this.limit = limit;
    }

    /** A quarter of what the process may ever have: a body is held about twice. */
    public static BytesInFlight ofThisProcess() {
        return new BytesInFlight(Runtime.getRuntime().maxMemory() / 4);
    }

    /** Takes room, if there is any left; one body is always let in. */
    boolean take(long bytes) {
        long before = held.getAndAdd(bytes);
        if (before > 0 && before + bytes > limit) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }
}
