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
package io.kubevirt.cinotify.roster;

import java.time.Instant;

/**
 * Time in which a member asked not to be told anything.
 *
 * @param from the first instant of silence
 * @param until the first instant at which the member may be told again
 */
public record Pause(Instant from, Instant until) {

    /** @throws IllegalArgumentException if it ends before it begins */
    public Pause {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("the pause ends at " + until + ", before it begins at " + from);
        }
    }

    Span span() {
        return new Span(from, until);
    }
}
