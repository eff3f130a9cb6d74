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

import org.jspecify.annotations.Nullable;

/**
 * What stands at a place for a thread.
 *
 * @param reference by what the channel knows it; null once somebody has deleted it
 * @param shown the sequence of the newest saying that it shows
 * @param lost how often somebody has deleted it
 */
public record Root(@Nullable String reference, long shown, int lost) {

    /** Where nothing has been written. */
    public static final Root NONE = new Root(null, 0, 0);
}
