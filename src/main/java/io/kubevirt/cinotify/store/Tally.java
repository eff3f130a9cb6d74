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
package io.kubevirt.cinotify.store;

import java.util.Map;

/**
 * What became of all that was received. The first promise of the design: nothing is lost, so the parts are the whole.
 *
 * @param received everything in the journal
 * @param delivered led to a message that was sent
 * @param suppressed led to nothing, by reason
 * @param deferred led to a message that will be sent later
 * @param failed could not be understood or sent, and will not be tried again
 * @param inProgress is being worked on
 */
public record Tally(
        long received, long delivered, Map<String, Long> suppressed, long deferred, long failed, long inProgress) {

    /** Copies the map. */
    public Tally {
        suppressed = Map.copyOf(suppressed);
    }

    /** Whatever is in none of the parts, or in two: zero, or something is wrong. */
    public long difference() {
        long silent = suppressed.values().stream().mapToLong(Long::longValue).sum();
        return received - delivered - silent - deferred - failed - inProgress;
    }
}
