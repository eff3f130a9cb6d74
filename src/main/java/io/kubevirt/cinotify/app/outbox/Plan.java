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

import io.kubevirt.cinotify.store.SayingRow;
import io.kubevirt.cinotify.store.SayingState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is next in a thread at a place.
 *
 * @param settled what needs not be said any more, by its sequence
 * @param step what is to be done; null for nothing
 */
record Plan(Map<Long, SayingState> settled, @Nullable Step step) {

    /** Copies the map. */
    Plan {
        settled = Map.copyOf(settled);
    }

    /**
     * One call to a channel.
     *
     * @param row what it is for
     */
    record Step(Act act, SayingRow row) {}
}
