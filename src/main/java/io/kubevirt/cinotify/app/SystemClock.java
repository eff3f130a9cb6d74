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

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The one place where time enters the program. */
public final class SystemClock {

    /** The clock of the machine, in milliseconds: what is stored comes back as it was. */
    public static final InstantSource INSTANCE = Clock.tickMillis(ZoneOffset.UTC);

    private SystemClock() {}

    /** The same, going before or after by so much. */
    static InstantSource ahead(Duration offset) {
        return offset.isZero() ? INSTANCE : InstantSource.offset(INSTANCE, offset);
    }
}
