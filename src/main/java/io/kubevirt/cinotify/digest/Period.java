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
package io.kubevirt.cinotify.digest;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a digest looks back on.
 *
 * @param from its first instant
 * @param until the first instant after it: when the digest is made
 */
public record Period(Instant from, Instant until) {

    /** Refuses one that ends before it begins. */
    public Period {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a period ends at " + until + ", before it begins at " + from);
        }
    }

    /** The time of a length before an instant. */
    public static Period before(Instant until, Duration length) {
        return new Period(until.minus(length), until);
    }

    /** Whether an instant lies in it; never one that is not known. */
    public boolean has(@Nullable Instant at) {
        return at != null && !at.isBefore(from) && at.isBefore(until);
    }
}
