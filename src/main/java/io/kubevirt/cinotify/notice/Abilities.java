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

import java.time.Duration;

/**
 * What a channel can do; the outbox does the rest.
 *
 * @param edits what was written can be changed: later news of a thread change its root
 * @param replies something can stand below the root, and calls people by itself
 * @param finds what was written can be looked for: an unknown outcome is looked up before anything is written again
 * @param every the least time from one call to the next at one place; zero for no limit
 * @param late how long after an attempt to write it may still come to be seen: until then what is not found may yet be there
 */
public record Abilities(boolean edits, boolean replies, boolean finds, Duration every, Duration late) {

    /**
     * A proxy that answers that it failed may have passed the request on, and the other side may carry out what it took
     * after the connection is gone. Both end with the timeout of a common proxy, most often well before its 30 seconds.
     */
    public static final Duration LATE = Duration.ofSeconds(30);

    /** Whether what may be there is looked for: only where something stands below which, or in place of which, more is said. */
    public boolean looks() {
        return finds && (edits || replies);
    }

    /** Whose writes are seen in the common time. */
    public Abilities(boolean edits, boolean replies, boolean finds, Duration every) {
        this(edits, replies, finds, every, LATE);
    }

    /** Without a limit on how often it is called. */
    public Abilities(boolean edits, boolean replies, boolean finds) {
        this(edits, replies, finds, Duration.ZERO);
    }
}
