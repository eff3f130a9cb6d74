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

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The incidents that the plugin remembers. */
public interface Incidents {

    /** The open incident of a key. */
    Optional<Incident> openOf(IncidentKey key);

    /** Every incident of a key, open and resolved. */
    List<Incident> of(IncidentKey key);

    /** All open incidents of a kind, oldest first. */
    List<Incident> open(IncidentKind kind);

    /** When the last incident of each subject of a kind was resolved; subjects without one are missing. */
    Map<String, Instant> lastResolved(IncidentKind kind);

    /** Remembers an incident, in place of what was known of it. */
    void save(Incident incident);
}
