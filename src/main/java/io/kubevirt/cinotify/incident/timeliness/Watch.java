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
package io.kubevirt.cinotify.incident.timeliness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when the plugin watches Prow.
 *
 * @param began the first instant ever; nothing is said about what was before
 * @param unbrokenSince since when it sees every run, what it had missed included; null while it is blind
 * @param lastLook when it last looked whether something is missing
 */
public record Watch(Instant began, @Nullable Instant unbrokenSince, Instant lastLook) {

    /** Whether conclusions can be drawn from what is not seen: it sees, and has done so for a while. */
    boolean isSteady(Duration settling, Instant now) {
        return unbrokenSince != null && !now.isBefore(unbrokenSince.plus(settling));
    }

    /** Whether an instant has come since the last look: what is only counted is counted once. */
    boolean isNew(Instant instant) {
        return instant.isAfter(lastLook);
    }
}
