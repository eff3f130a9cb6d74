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
 */
public record Abilities(boolean edits, boolean replies, boolean finds, Duration every) {

    /** Without a limit on how often it is called. */
    public Abilities(boolean edits, boolean replies, boolean finds) {
        this(edits, replies, finds, Duration.ZERO);
    }
}
