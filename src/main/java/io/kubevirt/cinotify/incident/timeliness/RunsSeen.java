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
import java.util.List;
import java.util.Map;

/** What the plugin has seen of starts: the facts by which it knows whether jobs run in a timely manner. */
public interface RunsSeen {

    /** The newest run of each periodic job, by the job's name. */
    Map<String, LastRun> periodics();

    /**
     * The runs that have no pod yet.
     *
     * @param seenSince runs that were last seen before are left out: they may have ended while nobody looked
     */
    List<WaitingRun> waiting(Instant seenSince);

    /** When the newest pod of each cluster was started, by the cluster's alias. */
    Map<String, Instant> lastPods();
}
