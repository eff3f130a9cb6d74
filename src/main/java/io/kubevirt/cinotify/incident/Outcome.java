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

import java.util.List;

/**
 * The new state and the decisions.
 *
 * @param changed the incidents as they are now, where the event touched any
 * @param decisions what follows, at least one
 */
public record Outcome(List<Incident> changed, List<Decision> decisions) {

    /** Copies the lists. */
    public Outcome {
        changed = List.copyOf(changed);
        decisions = List.copyOf(decisions);
    }

    static Outcome suppressed(Suppression why, String reason) {
        return suppressed(List.of(), why, reason);
    }

    static Outcome suppressed(List<Incident> changed, Suppression why, String reason) {
        return new Outcome(changed, List.of(new Decision.Suppress(why, List.of(reason))));
    }
}
