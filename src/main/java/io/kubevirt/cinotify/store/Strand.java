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

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread stands at a place.
 *
 * @param root what stands there
 * @param closedUpTo the sequence of the newest word that it is over; zero if it never was
 * @param heard whether the last that was written there, or may have been, says that it is not over
 * @param doubt since when something that was given up may stand there all the same, unknown to us; null if there is none
 * @param rows what is due, in order; at least one
 */
public record Strand(
        StrandKey key,
        Root root,
        long closedUpTo,
        boolean heard,
        @Nullable Instant doubt,
        List<SayingRow> rows) {

    /** Copies the list. */
    public Strand {
        rows = List.copyOf(rows);
    }

    /** The same with other rows. */
    public Strand with(List<SayingRow> others) {
        return new Strand(key, root, closedUpTo, heard, doubt, others);
    }
}
