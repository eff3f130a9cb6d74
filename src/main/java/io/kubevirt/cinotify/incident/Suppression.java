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

/** Why nothing is said; the names are counted in metrics. */
public enum Suppression {
    /** The run has not ended yet. */
    RUNNING,
    /** It passed, and nothing was wrong before. */
    PASSED,
    /** It was stopped: nobody's fault. */
    ABORTED,
    /** A plugin of the cluster made the run to try something out. */
    PLUGIN_RUN,
    /** This state of this run has been seen before. */
    SEEN_BEFORE,
    /** It was there before the plugin began to watch: a cold start says nothing about the past. */
    KNOWN_AT_START,
    /** It was seen late: a later run of the lane has passed since. */
    OVER_ALREADY,
    /** The lane's incident is open and told: the run is recorded there. */
    INCIDENT_OPEN,
    /** It was over before anybody was told. */
    HEALED,
    /** The job does not start because nothing does: that is told, or about to be. */
    PROW_SILENT,
    /** The job does not start because its cluster does not: that is told. */
    CLUSTER_STALLED;

    /** In kebab case, as stored and shown. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
