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
package io.kubevirt.cinotify.prow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The three times of a run (prow-contract §6); the first two differ by the time spent in the queue.
 *
 * @param started when the ProwJob was created
 * @param pending when its pod was started
 * @param completed when it reached a final state
 */
public record RunTimes(
        @Nullable Instant started,
        @Nullable Instant pending,
        @Nullable Instant completed) {

    /** Nothing is known. */
    public static final RunTimes UNKNOWN = new RunTimes(null, null, null);
}
