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
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far to trust a diagnosis. */
public enum Confidence {
    /** Nothing but the default spoke, or what spoke is unclear. */
    LOW,
    /** The job's name or configuration spoke, or a hint in its log. */
    MEDIUM,
    /** Prow itself, the run's artifacts, or the job's owner by annotation spoke. */
    HIGH;

    /** In lower case, as in output. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
