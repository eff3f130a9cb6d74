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

import io.kubevirt.cinotify.incident.policy.Problem;

/** What a look has shown. */
public sealed interface Sighting {

    /** Something is wrong from now on. */
    record Wrong(Problem problem) implements Sighting {}

    /**
     * It is over.
     *
     * @param key of the problem
     * @param why a sentence without the final stop
     */
    record Over(String key, String why) implements Sighting {}

    /** Something is wrong, but something wider explains it; counted once. */
    record Explained(Suppression why, String reason) implements Sighting {}
}
