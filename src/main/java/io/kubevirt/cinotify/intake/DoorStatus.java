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
package io.kubevirt.cinotify.intake;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a door that goes out by itself is doing, for health and metrics.
 *
 * @param connected whether the last thing heard from the other side was good
 * @param heardAt when the other side last gave a sign of life, even with nothing new
 * @param newsAt when it last told something that the journal did not know
 * @param problem what is wrong, as a sentence; the last one, if it is over
 * @param troubledSince since when something is wrong; null if nothing is
 * @param offered how many states were handed to the journal
 * @param fresh how many of them were new to it
 */
public record DoorStatus(
        boolean connected,
        @Nullable Instant heardAt,
        @Nullable Instant newsAt,
        @Nullable String problem,
        @Nullable Instant troubledSince,
        long offered,
        long fresh) {

    /** Before anything was tried. */
    static final DoorStatus NEVER = new DoorStatus(false, null, null, null, null, 0, 0);

    /** How long nothing has been heard; zero before the first sign of life. */
    public Duration silence(Instant now) {
        return heardAt == null || heardAt.isAfter(now) ? Duration.ZERO : Duration.between(heardAt, now);
    }
}
