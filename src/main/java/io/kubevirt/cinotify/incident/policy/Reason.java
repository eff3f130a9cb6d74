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

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why nothing is said. */
public enum Reason {
    /** The run has not ended, or somebody stopped it. */
    NOT_A_RESULT,
    /** A plugin of the cluster made the run to try something out. */
    EXCLUDED_JOB,
    /** It ended before the plugin began to watch. */
    KNOWN_AT_START,
    /** The run has been seen before. */
    DUPLICATE,
    /** The settings or the job itself ask for silence until a date. */
    MUTED,
    /** It passed. */
    SUCCESS,
    /** The same commit passed as well. */
    FLAKE,
    /** An open outage explains it. */
    FOLDED_INTO_OUTAGE,
    /** Somebody already cares for such failures, and asks for silence until a date. */
    KNOWN_ISSUE,
    /** A sick node explains it. */
    NODE,
    /** One pull request has many red lanes: its own affair. */
    ONE_PULL_MANY_LANES,
    /** The incident is open and told. */
    JOINED_OPEN_INCIDENT,
    /** The incident had just ended: it goes on, its message is edited. */
    RELAPSE,
    /** Waited for something larger, and is no longer enough by itself. */
    NO_LONGER_MET,
    /** Enough failures, but most runs of the lane pass. */
    BELOW_SHARE,
    /** Not enough failures. */
    BELOW_THRESHOLD,
    /** Over before anybody was told. */
    HEALED,
    /** What it is was found out before anybody was told: the message is another. */
    KNOWN_BETTER,
    /** Somebody took it on before it was said. */
    ACKNOWLEDGED;

    /** In kebab case, as stored and shown. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
