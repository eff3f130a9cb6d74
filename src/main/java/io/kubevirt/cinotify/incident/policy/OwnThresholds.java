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
package io.kubevirt.cinotify.incident.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a job says of itself in its configuration; it wins over the settings.
 *
 * @param failures in a row, or distinct pull requests of a presubmit, before anybody is told
 * @param muteUntil nothing is said before this instant
 * @param daily whether it is a periodic with a day or more between two runs
 */
public record OwnThresholds(
        @Nullable Integer failures, @Nullable Instant muteUntil, boolean daily) {

    /** The job says nothing. */
    public static final OwnThresholds NONE = new OwnThresholds(null, null, false);
}
