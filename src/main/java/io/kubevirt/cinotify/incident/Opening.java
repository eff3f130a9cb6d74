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
 * A problem that somebody must know of from now on.
 *
 * @param key what it is about
 * @param diagnosis what it is
 * @param blocking whether it keeps pull requests from merging
 * @param run the run that showed it; null where the problem is that none runs
 */
record Opening(
        IncidentKey key,
        Diagnosis diagnosis,
        boolean blocking,
        @Nullable JobRun run) {}
