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
import java.util.concurrent.Semaphore;

/** How many may be at a channel at the same time, each at another place. */
final class Booth {

    private static final int AT_ONCE = 4;

    private final Channel channel;
    private final Semaphore room = new Semaphore(AT_ONCE);

    Booth(Channel channel) {
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    /** Whether there was room for one more, who must leave again. */
    boolean enter() {
        return room.tryAcquire();
    }

    void leave() {
        room.release();
    }
}
