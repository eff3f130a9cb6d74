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

/** What an incident of the policy is about. */
public enum CaseKind {
    /** A lane, or a family of lanes. */
    LANE,
    /** Something that explains many lanes. */
    OUTAGE,
    /** A node of a build cluster. */
    NODE,
    /** A periodic job does not start. */
    MISSING_RUN,
    /** A build cluster does not start what waits. */
    STALLED_CLUSTER,
    /** Nothing starts anywhere: Prow itself is silent. */
    SILENT_PROW,
    /** A pull request that brings in new versions. */
    BUMP,
    /** Somebody asks for help. */
    REQUEST;

    /** In kebab case, as stored and shown. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
