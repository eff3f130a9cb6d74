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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.JobRun;
import org.jspecify.annotations.Nullable;

/**
 * A run as the incident core takes it in.
 *
 * @param run the run in the state it has reached
 * @param diagnosis what it is; null unless the run is red
 * @param required whether the lane keeps pull requests from merging
 * @param origin whose run it is, and when it is from
 */
public record Finding(JobRun run, @Nullable Diagnosis diagnosis, boolean required, Origin origin) {

    /** What decides, before anything else, whether a run can be anybody's failure. */
    public enum Origin {
        /** A run of a configured job. */
        ORDINARY,
        /** A plugin of the cluster made the run to try something out. */
        PLUGIN,
        /** It ended before the plugin began to watch. */
        PAST
    }
}
