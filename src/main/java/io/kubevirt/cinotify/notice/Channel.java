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
package io.kubevirt.cinotify.notice;

import java.util.List;
import java.util.Optional;

/**
 * A way to people: the only thing that speaks to the world. Methods block, for a bounded time, and may be called from
 * several threads, never twice at the same time for one place. None throws for a fault of the other side, and none takes
 * longer than a minute: whatever has not answered by then has an unknown outcome.
 */
public interface Channel {

    /** The name by which settings, the outbox and metrics know it. */
    String name();

    /** What it can do. */
    Abilities abilities();

    /** Where a content is to be said on this channel; empty if it is none of this channel's business. */
    List<String> places(Content content);

    /**
     * Where word of the plugin itself is to be said, such as that too much is said. Messages that call people are kept back
     * at channels that have such a place, and said together there.
     *
     * @return empty if nowhere on this channel, which then hears everything as it comes
     */
    default Optional<String> home() {
        return Optional.empty();
    }

    /** Writes the root of a thread, markers included. */
    Receipt post(Saying saying);

    /**
     * Makes a root show what is so now; doing it twice is doing it once.
     *
     * @param root what {@link #post} or {@link #find} gave
     */
    Receipt edit(Saying saying, String root);

    /** Writes below a root, marker included. */
    Receipt reply(Saying saying, String root);

    /** Looks for the root of the thread at the place, by {@link Saying#rootMarker}. */
    Lookup findRoot(Saying saying);

    /** Looks for a reply below a root, by {@link Saying#marker}. */
    Lookup findReply(Saying saying, String root);
}
