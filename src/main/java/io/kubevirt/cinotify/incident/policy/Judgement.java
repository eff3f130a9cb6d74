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

/**
 * Whether a family has reached a threshold.
 *
 * @param isMet whether it has
 * @param otherwise by what name a run is counted if not
 * @param words what was found, as a sentence without the final stop
 */
record Judgement(boolean isMet, Reason otherwise, String words) {

    static Judgement met(String words) {
        return new Judgement(true, Reason.BELOW_THRESHOLD, words);
    }

    static Judgement below(Reason reason, String words) {
        return new Judgement(false, reason, words);
    }
}
