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
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an incident stands (design.md section 4). */
public enum IncidentState {
    /** Somebody has been told, or will be. */
    OPEN,
    /** Over. */
    RESOLVED,
    /** It turned out not to have been: what was seen late shows that. */
    RETRACTED;

    /** Whether nobody has to do anything about it any more. */
    public boolean isOver() {
        return this != OPEN;
    }

    /** In lower case, as stored and shown. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
