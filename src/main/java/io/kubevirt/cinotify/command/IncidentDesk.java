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
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.Command;
import java.util.Optional;

/** What commands want of the incidents; everything is done at once and together with the answer. */
public interface IncidentDesk {

    /** Opens an incident for a request, which blocks somebody; one that is open under its key stays as it is. */
    Raised raise(Call call);

    /** Does what a person wants of an incident; empty if it was done, else why not, in a sentence. */
    Optional<String> carryOut(Command command);

    /**
     * What came of a request.
     *
     * @param incident its identity
     * @param to who is told, and when
     */
    record Raised(String incident, Addressee to) {}
}
