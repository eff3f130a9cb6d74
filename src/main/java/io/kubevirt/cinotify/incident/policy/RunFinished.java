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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Finding;

/**
 * A run that has come to a state. Those that have not ended are taken as well and settled as no result.
 *
 * @param id the identity under which the rulings speak of it
 * @param finding the run, and what it is
 * @param own what its job says of itself
 */
public record RunFinished(String id, Finding finding, OwnThresholds own) {

    /** The same run, known better. */
    RunFinished as(Diagnosis diagnosis) {
        return new RunFinished(id, new Finding(finding.run(), diagnosis, finding.required(), finding.origin()), own);
    }
}
