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

import java.time.Instant;

/** Remembers since when each periodic job has been on its schedule. */
public interface Schedules {

    /**
     * Since when the job has been on this schedule; from now on if it is new or was on another. A new job, and one that
     * is to run more often, is not late on its first day.
     */
    Instant inForceSince(String job, String schedule, Instant now);
}
